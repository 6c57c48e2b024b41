import type { StackState } from '../../model/state.ts';
import type { Text } from '../../words/language.ts';
import type { Message } from '../../words/message.ts';
import type { ActionContext } from '../actions/action.ts';
import type { Browse, ViewState } from '../conversation.ts';
import type { Face } from '../face.ts';
import type { PaneInput, PlaceContract } from '../panes/pane.ts';
import type { ListId } from '../place.ts';
import type { BrowseColumn, Sortable } from './columns.ts';

/** A full-screen list. Only its own folder knows the type of its rows. */
export type List = PlaceContract & {
	readonly id: ListId;
	readonly sortable: (state: StackState, view: ViewState) => readonly Sortable[];
	/** The default sort column. */
	readonly sort: string;
	readonly filterTitle: Text;
	readonly filterHint: Text;
	/** ID of the selected row; null: there is none. */
	readonly selectedId: (state: StackState, view: ViewState) => string | null;
	/** What Enter does; left out where the list has its own action for it. */
	readonly open?: (context: ActionContext, id: string) => ViewState;
};

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
	/** Why there are fewer rows than on the server; null or left out: there are not. */
	readonly cut?: (state: StackState, view: ViewState) => Message | null;
	/** The server that the rows come from. */
	readonly server: string;
	/** When the rows were fetched, ms since the epoch. */
	readonly seenAt?: (state: StackState) => number | undefined;
	/** Shown without rows: what to do. */
	readonly empty: (input: PaneInput) => string;
	/** The prefix of its marks; left out: rows cannot be marked. */
	readonly markKind?: string;
	/** Filtered and sorted; the same object for the same facts, as each frame and key asks for them several times. */
	readonly rows: (state: StackState, view: ViewState, browse: Browse) => readonly Row[];
	/** Rows that the server has in all, if only some are fetched; undefined: unknown. */
	readonly total?: (state: StackState, view: ViewState, browse: Browse) => number | undefined;
	readonly idOf: (row: Row) => string;
	readonly columns: readonly BrowseColumn<Row>[];
	/** The same where they depend on what is shown. */
	readonly columnsOf?: (state: StackState, view: ViewState, browse: Browse) => readonly BrowseColumn<Row>[];
	/** More to sort by than the columns. */
	readonly sortableOf?: (state: StackState) => readonly Sortable[];
	/** More parts of the title, such as a filter of its own. */
	readonly titleParts?: (input: PaneInput) => readonly string[];
	/** New rows come at the end. */
	readonly isReadFromEnd?: true;
	/** The action that filters by state, and the name of a state. */
	readonly stateAction?: string;
	readonly stateWord?: (state: string) => Text;
};
