import type { Text } from '../../words/language.ts';
import type { Action, ActionContext } from '../actions/action.ts';
import type { Address } from '../actions/addresses.ts';
import type { ViewState } from '../conversation.ts';
import type { Area } from '../layout.ts';
import type { PaneId, Place } from '../place.ts';
import type { Arranged } from './arranged.ts';
import type { LogReader } from './logs/log-reader.ts';
import type { PaneView, ViewContext } from './view-context.ts';

export { movedIndex } from './view-context.ts';

export type PaneInput = ViewContext & {
	readonly view: ViewState;
	/** Compose project of the stack. */
	readonly ownProject: string | null;
	/** The configured experiment. */
	readonly experimentName: string;
	readonly reader: LogReader;
};

/** Facts for the number of rows, before the layout has made a rectangle. */
export type RowsInput = Pick<PaneInput, 'state' | 'view' | 'now' | 'ownProject'> & {
	/** Columns of the whole screen. */
	readonly columns: number;
};

export type CrumbsInput = Pick<PaneInput, 'state' | 'view' | 'now' | 'experimentName' | 'say'>;

export type Copyable = { readonly what: string; readonly text: string };

/** The contract of panes and lists with the rest of the screen. */
export type PlaceContract = {
	readonly id: Place;
	/** In sentences, without an article: `services pane`, `DAG list`. */
	readonly name: Text;
	/** Used if space is short, as in the help: `services`, `the DAG list`. */
	readonly shortName: Text;
	/** Pure. */
	readonly view: (input: PaneInput) => PaneView;
	/** The trail in the header: the opened pane or list, and the selection in it. */
	readonly crumbs: (input: CrumbsInput) => readonly string[];
	/** The view after the selection moved by this number of rows; ±Infinity: to the end. */
	readonly move: (context: ActionContext, by: number) => ViewState;
	/** The same by pages; without it, a page is one row less than fits. */
	readonly movePage?: (context: ActionContext, by: 1 | -1) => ViewState;
	/** The mark of the selection, `service NAME`, and the view after it; without it, nothing can be marked. */
	readonly mark?: (
		context: ActionContext,
	) => { readonly name: string; readonly view: ViewState } | { hint: string } | null;
	/** Sort and filter of the rows; lists have their own. */
	readonly arranged?: Arranged;
	/** The view after Esc undid something here; null: Esc closes the pane. */
	readonly back?: (context: ActionContext) => ViewState | null;
	/** Texts of the selection to copy, the most wanted first. */
	readonly copy: (context: ActionContext) => readonly Copyable[];
	/** The web page of the selection; null if there is none. */
	readonly address: (context: ActionContext) => Address | null;
	/** Actions of this place only. Actions that places share are in `actions/table`. */
	readonly actions: readonly Action[];
};

/** A pane of the overview. Its number, which is also its key, is its position in `panes.ts`. */
export type Pane = PlaceContract & {
	readonly id: PaneId;
	/** In its frame. */
	readonly title: Text;
	readonly area: Area;
	/** Only for stacks with a container engine: it shows containers. */
	readonly needsEngine?: true;
	/** Rows to show, without the title. */
	readonly rows: (input: RowsInput) => number;
	/**
	 * The facts that the view depends on, besides size, focus, keys and time. The view is made again only when one of them
	 * changed. Without it, the view is made for each frame.
	 */
	readonly drawsFrom?: (input: PaneInput) => readonly unknown[];
	/** The times and ages in the view as text; null, or without it: they change each second. */
	readonly timesShown?: (input: PaneInput) => string | null;
};

/** Texts to copy, without empty ones. */
export function copyableTexts(
	...texts: readonly (readonly [what: string, text: string | null | undefined | false])[]
): Copyable[] {
	return texts.flatMap(([what, text]) => (text ? [{ what, text }] : []));
}
