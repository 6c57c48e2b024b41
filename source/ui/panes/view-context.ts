import type { StackState } from '../../model/state.ts';
import type { Glyphs } from '../../presentation/glyphs.ts';
import type { Line } from '../../presentation/text.ts';
import type { Language } from '../../words/language.ts';
import type { Writer } from '../../words/write.ts';

export type ViewContext = {
	readonly state: StackState;
	/** ms since the epoch. */
	readonly now: number;
	readonly glyphs: Glyphs;
	/** Cells inside the borders. */
	readonly width: number;
	/** Rows below the title. */
	readonly height: number;
	readonly focused: boolean;
	readonly zoomed: boolean;
	readonly language: Language;
	/** Writes a text in that language. */
	readonly say: Writer;
	/** The key of an action, as shown; null if none is bound. */
	readonly keyOf: (actionId: string) => string | null;
};

/** Parts of the title, and rows. The frame cuts rows that do not fit. */
export type PaneView = {
	readonly title: readonly Line[];
	readonly rows: readonly Line[];
};

/**
 * Index of the first shown row of a long list: as many rows as fit are shown, the selected one among them.
 */
export function firstVisible(count: number, selected: number, height: number): number {
	if (count <= height || height <= 0) return 0;
	return Math.min(count - height, Math.max(0, selected - Math.floor(height / 2)));
}

/** The index after a move within a list, stopping at its ends. */
export function movedIndex(index: number, by: number, count: number): number {
	return Math.max(0, Math.min(count - 1, index + by));
}
