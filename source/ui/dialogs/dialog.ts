import type { ActionState } from '../../model/action-state.ts';
import type { Glyphs } from '../../presentation/glyphs.ts';
import type { ImageFile } from '../../presentation/image/shown-image.ts';
import type { Line } from '../../presentation/text.ts';
import type { Language } from '../../words/language.ts';
import type { Writer } from '../../words/write.ts';
import type { Action } from '../actions/action.ts';
import type { Effect } from '../conversation.ts';
import type { Rectangle } from '../layout.ts';
import type { Place } from '../place.ts';

/** The result of a key or paste: the next state (null: closed) and an effect. */
export type Turn<State> = { readonly dialog: State | null; readonly effect?: Effect };

/** The visible rows of a dialog, and how far it can be scrolled. */
export type Room = { readonly page: number; readonly limit: number };

export type DialogKey<State> = {
	readonly keys: readonly string[];
	readonly turn: (key: string) => Turn<State>;
};

export type DrawContext = {
	readonly actions: readonly Action[];
	/** The help lists the keys of this place first. */
	readonly place: Place;
	/** Actions in progress. */
	readonly running: readonly ActionState[];
	readonly now: number;
	/** Whether a key answers the question now; answers are shown only then. */
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
	/** Whether title, text and answers of a question are completely visible. */
	readonly isWhole: boolean;
	/** Number of choices outside the screen. */
	readonly hidden: number;
	/** An image over blank cells, from the upper left corner of the dialog. */
	readonly image?: { readonly rectangle: Rectangle; readonly file: ImageFile } | undefined;
};

/** Pure functions of the state. */
export type DialogContract<State> = {
	/** Each key is in one entry only. */
	readonly keys: (dialog: State, room: Room) => readonly DialogKey<State>[];
	/** Other keys: typed, or ignored. */
	readonly otherKey: (dialog: State, key: string) => Turn<State>;
	/** Only fields take pasted text: a paste into the wrong window must do nothing. */
	readonly paste?: (dialog: State, text: string) => Turn<State>;
	/** Whether letters are typed as text. */
	readonly isTypedIn?: (dialog: State) => boolean;
	/**
	 * The question whose answer acts, as an object that stays the same while the question is open. null if a key typed
	 * too early does no harm, because the answer is only shown, typed, or confirmed again.
	 */
	readonly question?: (dialog: State) => object | null;
	readonly draw: (dialog: State, context: DrawContext) => DialogView;
};

export const stays = <State>(dialog: State): Turn<State> => ({ dialog });
export const closes = (effect?: Effect): Turn<never> => ({ dialog: null, ...(effect ? { effect } : {}) });

/** Names of containers, DAGs and experiments have up to 250 characters. */
export const nameLimit = 250;

/** Rows by which keys move while text is typed. */
const typedMoves = (page: number): Readonly<Record<string, number>> => ({
	up: -1,
	down: 1,
	'ctrl-p': -1,
	'ctrl-n': 1,
	pageup: -page,
	pagedown: page,
});

/** Letters move too if nothing is typed. */
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

/** `page`: rows of a page; `to`: the turn for a distance in rows (±Infinity: to the end). */
export function movingKeys<State>(
	page: number,
	letters: boolean,
	to: (by: number) => Turn<State>,
): DialogKey<State> & { readonly keys: readonly string[] } {
	const moves = letters ? letterMoves(page) : typedMoves(page);
	return { keys: Object.keys(moves), turn: key => to(moves[key] ?? 0) };
}

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
