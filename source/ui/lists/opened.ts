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

/** A row of a list; without rows, the index is -1. */
export type Selection<Row> = { readonly row: Row | undefined; readonly index: number };

/** The selected row while it exists, else the first (or the last). */
export function selectedRow<Row>(
	rows: readonly Row[],
	idOf: (row: Row) => string,
	{ selected }: Pick<Browse, 'selected'>,
	isReadFromEnd = false,
): Selection<Row> {
	const found = selected === null ? -1 : indexOf(rows, selected, idOf);
	const index = found !== -1 ? found : isReadFromEnd ? rows.length - 1 : Math.min(0, rows.length - 1);
	return { row: rows[index], index };
}

/** Where each list was looked at last: several parts of the screen ask for the selected one of 10,000 rows in each frame. */
const lastIndexes = new WeakMap<readonly unknown[], number>();

function indexOf<Row>(rows: readonly Row[], id: string, idOf: (row: Row) => string): number {
	const last = lastIndexes.get(rows);
	const atLast = last === undefined ? undefined : rows[last];
	if (last !== undefined && atLast !== undefined && idOf(atLast) === id) return last;
	const index = rows.findIndex(row => idOf(row) === id);
	if (index !== -1) lastIndexes.set(rows, index);
	return index;
}
