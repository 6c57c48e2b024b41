import type { StackState } from '../../model/state.ts';
import type { Text } from '../../words/language.ts';
import type { ActionContext } from '../actions/action.ts';
import type { Browse, ViewState } from '../conversation.ts';
import type { Face } from '../face.ts';
import type { PaneInput, PlaceContract } from '../panes/pane.ts';
import type { ListId } from '../place.ts';
import type { BrowseColumn } from './columns.ts';

/** A list over the whole screen. Its rows are known to its own folder only. */
export type List = PlaceContract & {
	readonly id: ListId;
	/** Columns that it can be sorted by; none: its order is its own. */
	readonly sortable: readonly { readonly id: string; readonly heading: Text }[];
	/** The column that it is sorted by at first. */
	readonly sort: string;
	readonly filterTitle: Text;
	readonly filterHint: Text;
	/** Ids of the rows that are shown, in order, and the selected one. */
	readonly ids: (
		state: StackState,
		view: ViewState,
	) => { readonly ids: readonly string[]; readonly selected: string | null };
	/** What Enter does with the row of that id; left out: it is an action of the list's own. */
	readonly open?: (context: ActionContext, id: string) => ViewState;
};

/** What a list is made of, for rows of one kind. */
export type ListDefinition<Row> = Pick<
	List,
	| 'id'
	| 'name'
	| 'shortName'
	| 'sort'
	| 'filterTitle'
	| 'filterHint'
	| 'open'
	| 'crumbs'
	| 'copy'
	| 'address'
	| 'actions'
> & {
	readonly title: (input: PaneInput) => string;
	readonly face: (state: StackState, view: ViewState) => Face;
	/** The server that the rows come from. */
	readonly asks: string;
	/** When it was last asked for, where its rows may be old. */
	readonly seenAt?: (state: StackState) => number | undefined;
	/** What to do where it has no row. */
	readonly empty: (input: PaneInput) => string;
	/** What its marks begin with; left out: rows cannot be marked. */
	readonly markKind?: string;
	/** The rows that filter, state and order leave. */
	readonly rows: (state: StackState, view: ViewState, browse: Browse) => readonly Row[];
	readonly idOf: (row: Row) => string;
	readonly columns: readonly BrowseColumn<Row>[];
	/** The order is the rows' own. */
	readonly isUnsorted?: true;
	/** News come at its end. */
	readonly isReadFromEnd?: true;
	/** The action that shows the rows of one state only, and how a state is called. */
	readonly stateAction?: string;
	readonly stateWord?: (state: string) => Text;
};
