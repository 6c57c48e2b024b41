import type { Browse, ViewState } from '../conversation.ts';
import type { ListId } from '../place.ts';

export function withList(view: ViewState, kind: ListId): ViewState {
	return {
		...view,
		zoomed: false,
		browse: {
			kind,
			filter: '',
			sort: null,
			state: null,
			selected: kind === 'dags' ? view.dagId : kind === 'runs' ? view.dagRunId : null,
			back: null,
		},
	};
}

export function nextState(states: readonly (string | null)[]): (context: { readonly view: ViewState }) => ViewState {
	return ({ view }) => {
		const { browse } = view;
		if (!browse) return view;
		const state = states[(states.indexOf(browse.state) + 1) % states.length] ?? null;
		return { ...view, browse: { ...browse, state, selected: null } };
	};
}

/** The selected row while it exists, else the first (or the last). */
export function selectedIn(
	ids: readonly string[],
	browse: Pick<Browse, 'selected'>,
	isReadFromEnd = false,
): string | null {
	const first = isReadFromEnd ? ids.at(-1) : ids[0];
	return browse.selected !== null && ids.includes(browse.selected) ? browse.selected : (first ?? null);
}
