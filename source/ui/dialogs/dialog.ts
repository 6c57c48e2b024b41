import type { ActionState } from '../../model/state.ts';
import type { Glyphs } from '../../presentation/glyphs.ts';
import type { Line } from '../../presentation/text.ts';
import type { Language } from '../../words/language.ts';
import type { Writer } from '../../words/write.ts';
import type { Action } from '../actions/action.ts';
import type { Effect } from '../conversation.ts';
import type { Rectangle } from '../layout.ts';
import type { Place } from '../place.ts';

/** What a key or a paste comes to: the dialog from then on, null where it is closed, and what happens besides. */
export type Turn<State> = { readonly dialog: State | null; readonly effect?: Effect };

/** What was drawn of a dialog: the rows of content that are seen at once, and how far the content can be scrolled. */
export type Room = { readonly page: number; readonly limit: number };

/** Keys of one meaning. */
export type DialogKey<State> = {
	readonly keys: readonly string[];
	readonly turn: (key: string) => Turn<State>;
};

/** What a dialog is drawn from, besides its state. */
export type DrawContext = {
	readonly actions: readonly Action[];
	/** Where the user is: its keys come first in the help. */
	readonly place: Place;
	/** What is under way, for its progress. */
	readonly running: readonly ActionState[];
	readonly now: number;
	/** Whether a key that is pressed now answers the question; the answers are shown from then on. */
	readonly isAnswerable: boolean;
	readonly columns: number;
	readonly rows: number;
	readonly glyphs: Glyphs;
	readonly language: Language;
	/** Writes texts in that language. */
	readonly say: Writer;
};

export type DialogView = Room & {
	readonly rectangle: Rectangle;
	readonly rows: readonly Line[];
	/** Of a question: whether its title, what it is about and the row of the answer are on the screen in full. */
	readonly isWhole: boolean;
	/** Choices that are not on the screen. */
	readonly hidden: number;
};

/** What every dialog is. Pure: the state holds all that it shows. */
export type DialogContract<State> = {
	/** Keys that mean something here. None is in two of them. */
	readonly keys: (dialog: State, room: Room) => readonly DialogKey<State>[];
	/** What all other keys do: they are typed, or ignored. */
	readonly otherKey: (dialog: State, key: string) => Turn<State>;
	/** A pasted text goes where something is typed, and nowhere else: a paste into the wrong window must not do anything. */
	readonly paste?: (dialog: State, text: string) => Turn<State>;
	/** Whether letters are text there. */
	readonly isTypedIn?: (dialog: State) => boolean;
	/**
	 * The question whose answer acts, as an object of its own: the same one as long as it is asked. null where a key that
	 * was typed too early does no harm: what it leads to is looked at, typed, or asked again.
	 */
	readonly question?: (dialog: State) => object | null;
	readonly draw: (dialog: State, context: DrawContext) => DialogView;
};

/** The dialog goes on, in this state. */
export const stays = <State>(dialog: State): Turn<State> => ({ dialog });
/** The dialog is closed, and this happens, if anything. */
export const closes = (effect?: Effect): Turn<never> => ({ dialog: null, ...(effect ? { effect } : {}) });

/** Names of containers, DAGs and experiments have up to 250 characters. */
export const nameLimit = 250;

/** Keys that move by rows where something is typed, and the rows, of which a page is `page`. */
const typedMoves = (page: number): Readonly<Record<string, number>> => ({
	up: -1,
	down: 1,
	'ctrl-p': -1,
	'ctrl-n': 1,
	pageup: -page,
	pagedown: page,
});

/** The same where nothing is typed: letters move too. */
const letterMoves = (page: number): Readonly<Record<string, number>> => ({
	...typedMoves(page),
	k: -1,
	j: 1,
	space: page,
	'ctrl-b': -page,
	'ctrl-f': page,
	home: Number.NEGATIVE_INFINITY,
	g: Number.NEGATIVE_INFINITY,
	end: Number.POSITIVE_INFINITY,
	G: Number.POSITIVE_INFINITY,
});

/** The keys that move by rows; `page` is how far a page goes, `to` the turn for a distance in rows (±Infinity: to the end). */
export function movingKeys<State>(
	page: number,
	letters: boolean,
	to: (by: number) => Turn<State>,
): DialogKey<State> & { readonly keys: readonly string[] } {
	const moves = letters ? letterMoves(page) : typedMoves(page);
	return { keys: Object.keys(moves), turn: key => to(moves[key] ?? 0) };
}

/** The same for what is scrolled. */
export function scrollingKeys<State extends { readonly scroll: number }>(
	dialog: State,
	{ page, limit }: Room,
	letters = true,
): DialogKey<State> {
	return movingKeys(page, letters, by =>
		stays({ ...dialog, scroll: clamped(Math.min(limit, dialog.scroll) + by, limit) }),
	);
}

/** Within 0 and the limit. */
export const clamped = (value: number, limit: number): number => Math.max(0, Math.min(limit, value));
