import type { StackState } from '../../model/state.ts';
import type { Glyphs } from '../../presentation/glyphs.ts';
import type { Line } from '../../presentation/text.ts';
import type { Language } from '../../words/language.ts';
import type { Writer } from '../../words/write.ts';

/** What every pane's view is made from, besides what it selects itself. */
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
	/** The key of an action as it is written; null where there is none. */
	readonly keyOf: (actionId: string) => string | null;
};

/** What a pane draws: the words in its title, and rows. Rows that do not fit are cut by the frame. */
export type PaneView = {
	readonly title: readonly Line[];
	readonly rows: readonly Line[];
};

/**
 * The part of a long list that is shown: as many rows as fit, with the selected one among them.
 * Returns the index of the first.
 */
export function firstVisible(count: number, selected: number, height: number): number {
	if (count <= height || height <= 0) return 0;
	return Math.min(count - height, Math.max(0, selected - Math.floor(height / 2)));
}
