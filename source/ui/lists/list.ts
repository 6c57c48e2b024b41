import type { StackState } from '../../model/state.ts';
import type { ActionContext } from '../actions/action.ts';
import type { ViewState } from '../conversation.ts';
import { movedIndex } from '../panes/pane.ts';
import type { List, ListDefinition } from './definition.ts';
import { listView } from './list-view.ts';
import { selectedIn } from './opened.ts';

export function listOf<Row>(definition: ListDefinition<Row>): List {
	const { id, columns, markKind, rows, idOf, isReadFromEnd = false } = definition;
	const { sortableOf, columnsOf } = definition;
	const idsIn = (state: StackState, view: ViewState): ReturnType<List['ids']> => {
		const { browse } = view;
		if (browse?.kind !== id) return { ids: [], selected: null };
		const ids = rows(state, view, browse).map(idOf);
		return { ids, selected: selectedIn(ids, browse, isReadFromEnd) };
	};
	const selecting = (view: ViewState, selected: string | undefined): ViewState =>
		view.browse && selected !== undefined ? { ...view, browse: { ...view.browse, selected } } : view;
	return {
		...definition,
		sortable: (state, view) => {
			const shown = view.browse && columnsOf ? columnsOf(state, view, view.browse) : columns;
			const others = sortableOf?.(state).filter(one => shown.every(column => column.id !== one.id)) ?? [];
			return [...shown, ...others];
		},
		ids: idsIn,
		view: input => listView(definition, input),
		move: ({ state, view }, by) => {
			const { ids, selected } = idsIn(state, view);
			const index = selected === null ? 0 : ids.indexOf(selected);
			return selecting(view, ids[movedIndex(index, by, ids.length)]);
		},
		...(markKind === undefined
			? {}
			: {
					mark: ({ state, view }: ActionContext) => {
						const { ids, selected } = idsIn(state, view);
						if (selected === null) return null;
						const below = ids[ids.indexOf(selected) + 1] ?? selected;
						return { name: `${markKind} ${selected}`, view: selecting(view, below) };
					},
				}),
	};
}
