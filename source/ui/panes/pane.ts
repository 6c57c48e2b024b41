import type { Text } from '../../words/language.ts';
import type { Action, ActionContext } from '../actions/action.ts';
import type { Address } from '../actions/addresses.ts';
import type { ViewState } from '../conversation.ts';
import type { Area } from '../layout.ts';
import type { PaneId, Place } from '../place.ts';
import type { LogReader } from './logs/log-reader.ts';
import type { PaneView, ViewContext } from './view-context.ts';

/** What a pane or a list may draw from: it takes what it needs of it. */
export type PaneInput = ViewContext & {
	readonly view: ViewState;
	/** Compose project of the stack. */
	readonly ownProject: string | null;
	/** The configured experiment. */
	readonly experimentName: string;
	readonly reader: LogReader;
};

/** What the layout asks before there is a rectangle. */
export type RowsInput = Pick<PaneInput, 'state' | 'view' | 'now' | 'ownProject'> & {
	/** Columns of the whole screen. */
	readonly columns: number;
};

export type CrumbsInput = Pick<PaneInput, 'state' | 'view' | 'now' | 'experimentName' | 'say'>;

/** A text that can be copied, and what it is. */
export type Copyable = { readonly what: string; readonly text: string };

/** What a pane and a list have in common: all that the rest of the screen asks of either. */
export type PlaceContract = {
	readonly id: Place;
	/** In sentences, without an article: `services pane`, `DAG list`. */
	readonly name: Text;
	/** Where there is little room, as in the help: `services`, `the DAG list`. */
	readonly shortName: Text;
	/** What it draws; pure. */
	readonly view: (input: PaneInput) => PaneView;
	/** The way here, for the header: the opened pane or list, and what is picked in it. */
	readonly crumbs: (input: CrumbsInput) => readonly string[];
	/** The view after the selection moved by so many rows; ±Infinity: to the end. */
	readonly move: (context: ActionContext, by: number) => ViewState;
	/** The same by pages; left out: by as many rows as fit, less one. */
	readonly movePage?: (context: ActionContext, by: 1 | -1) => ViewState;
	/** Marks what is selected, as `service NAME`, and where the selection then goes; left out: nothing can be marked. */
	readonly mark?: (
		context: ActionContext,
	) => { readonly name: string; readonly view: ViewState } | { hint: string } | null;
	/** What Esc takes back here before it closes the pane; null: nothing. */
	readonly back?: (context: ActionContext) => ViewState | null;
	/** What can be copied of what is selected, what is meant most often first. */
	readonly copy: (context: ActionContext) => readonly Copyable[];
	/** The web page of what is selected; null: there is none. */
	readonly address: (context: ActionContext) => Address | null;
	/** Keys of this place alone. Those that several places share are in `actions/table`. */
	readonly actions: readonly Action[];
};

/** A pane of the overview. Its number, which is its key, is its place in `panes.ts`. */
export type Pane = PlaceContract & {
	readonly id: PaneId;
	/** In its frame. */
	readonly title: Text;
	readonly area: Area;
	/** Rows that it would like to have, without its title. */
	readonly rows: (input: RowsInput) => number;
	/**
	 * What it draws from, besides its size, focus, keys and the time: as long as all of it is the same as before, it is
	 * not viewed again. Left out: it is viewed for each frame.
	 */
	readonly drawsFrom?: (input: PaneInput) => readonly unknown[];
	/** What it shows of the time, as it shows it; null, or left out: a part that changes each second. */
	readonly timesShown?: (input: PaneInput) => string | null;
};

/** Texts to copy, without those that there are none of. */
export function copyableTexts(
	...texts: readonly (readonly [what: string, text: string | null | undefined | false])[]
): Copyable[] {
	return texts.flatMap(([what, text]) => (text ? [{ what, text }] : []));
}

/** The index after a move within a list, stopping at its ends. */
export function movedIndex(index: number, by: number, count: number): number {
	return Math.max(0, Math.min(count - 1, index + by));
}
