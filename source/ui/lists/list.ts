import type { StackState } from '../../model/state.ts';
import type { ActionContext } from '../actions/action.ts';
import type { ViewState } from '../conversation.ts';
import { movedIndex } from '../panes/pane.ts';
import type { List, ListDefinition } from './definition.ts';
import { listView } from './list-view.ts';
import { selectedRow } from './opened.ts';

export function listOf<Row>(definition: ListDefinition<Row>): List {
	const { id, columns, markKind, rows, idOf, isReadFromEnd = false } = definition;
	const { sortableOf, columnsOf } = definition;
	const shownIn = (state: StackState, view: ViewState) => {
		const { browse } = view;
		const all = browse?.kind === id ? rows(state, view, browse) : [];
		return { all, ...selectedRow(all, idOf, browse ?? { selected: null }, isReadFromEnd) };
	};
	const selecting = (view: ViewState, row: Row | undefined): ViewState =>
		view.browse && row !== undefined ? { ...view, browse: { ...view.browse, selected: idOf(row) } } : view;
	return {
		...definition,
		sortable: (state, view) => {
			const shown = view.browse && columnsOf ? columnsOf(state, view, view.browse) : columns;
			const others = sortableOf?.(state).filter(one => shown.every(column => column.id !== one.id)) ?? [];
			return [...shown, ...others];
		},
		selectedId: (state, view) => {
			const { row } = shownIn(state, view);
			return row === undefined ? null : idOf(row);
		},
		view: input => listView(definition, input),
		move: ({ state, view }, by) => {
			const { all, index } = shownIn(state, view);
			return selecting(view, all[movedIndex(Math.max(0, index), by, all.length)]);
		},
		...(markKind === undefined
			? {}
			: {
					mark: ({ state, view }: ActionContext) => {
						const { all, row, index } = shownIn(state, view);
						if (row === undefined) return null;
						return { name: `${markKind} ${idOf(row)}`, view: selecting(view, all[index + 1] ?? row) };
					},
				}),
	};
}
