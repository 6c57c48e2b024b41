import type { Text } from '../../words/language.ts';
import type { ActionContext } from '../actions/action.ts';
import type { Browse, ViewState } from '../conversation.ts';
import type { ViewContext } from './view-context.ts';

/** Filter and order of the rows of a pane. */
export type Arrangement = Pick<Browse, 'filter' | 'sort'>;

type SortColumn = { readonly id: string; readonly heading: Text; readonly descends?: true };

/** Sort and filter of a pane of rows; those of lists are in `lists/definition.ts`. */
export type Arranged = {
	readonly sortable: readonly SortColumn[];
	/** The default sort column. */
	readonly sort: string;
	readonly filterTitle: Text;
	readonly filterHint: Text;
	readonly of: (view: ViewState) => Arrangement;
	readonly with: (view: ViewState, arrangement: Partial<Arrangement>) => ViewState;
	/** The view with the row selected that the context shows as selected: it stays so in another order. */
	readonly holding: (view: ViewState, context: ActionContext) => ViewState;
};

/** `filter "words"` for the title; nothing without a filter. */
export function filterWords(filter: string, { glyphs, say }: Pick<ViewContext, 'glyphs' | 'say'>): string[] {
	return filter === '' ? [] : [say(['filter "{words}"', '필터 "{words}"'], { words: glyphs.fold(filter) })];
}

/** `by age ↑` for the title; nothing in the default order. */
export function sortWords(
	sort: string | null,
	{ sortable, sort: usual }: Pick<Arranged, 'sortable' | 'sort'>,
	{ glyphs, say }: Pick<ViewContext, 'glyphs' | 'say'>,
): string[] {
	const column = sort === null || sort === usual ? undefined : sortable.find(({ id }) => id === sort.replace(/^-/, ''));
	if (column === undefined) return [];
	const descends = (column.descends === true) !== (sort?.startsWith('-') === true);
	const mark = descends ? glyphs.sort.descending : glyphs.sort.ascending;
	return [say(['by {column} {mark}', '{column}순 {mark}'], { column: say(column.heading), mark })];
}
