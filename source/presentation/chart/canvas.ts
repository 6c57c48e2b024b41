import type { Glyphs } from '../glyphs.ts';

/** Dots of a Braille pattern by column and row (Unicode, U+2800 block: dots 1, 2, 3, 7 and 4, 5, 6, 8). */
const brailleBits = [
	[0x01, 0x02, 0x04, 0x40],
	[0x08, 0x10, 0x20, 0x80],
] as const;

/** What a cell shows, and of which series: its index, -1 for none. */
export type Cell = { readonly text: string; readonly series: number };

/**
 * A grid of cells that lines are drawn into: of 2 × 4 dots as Braille patterns, whose width all terminals agree on, or of
 * one dot each on terminals without them. A cell that several series share has the dots of all, and the colour of the last.
 */
export class Canvas {
	/** Dots in each direction. */
	readonly width: number;
	readonly height: number;
	readonly #columns: number;
	readonly #rows: number;
	readonly #dotsAcross: 1 | 2;
	readonly #dotsDown: 1 | 4;
	readonly #bits: Uint8Array;
	/** Index of the series + 1. */
	readonly #owners: Uint8Array;

	constructor(columns: number, rows: number, glyphs: Pick<Glyphs, 'name'>) {
		const isPlain = glyphs.name === 'ascii';
		this.#dotsAcross = isPlain ? 1 : 2;
		this.#dotsDown = isPlain ? 1 : 4;
		this.#columns = columns;
		this.#rows = rows;
		this.width = columns * this.#dotsAcross;
		this.height = rows * this.#dotsDown;
		this.#bits = new Uint8Array(columns * rows);
		this.#owners = new Uint8Array(columns * rows);
	}

	/** Sets the dots of a column from one row to another, both within the grid or not, from the top. */
	column(x: number, from: number, to: number, series: number): void {
		if (x < 0 || x >= this.width) return;
		const top = Math.max(0, Math.min(from, to));
		const bottom = Math.min(this.height - 1, Math.max(from, to));
		const cellColumn = Math.floor(x / this.#dotsAcross);
		const bits = brailleBits[x % this.#dotsAcross === 1 ? 1 : 0];
		for (let y = top; y <= bottom; y++) {
			const cell = Math.floor(y / this.#dotsDown) * this.#columns + cellColumn;
			this.#bits[cell] = (this.#bits[cell] ?? 0) | (bits[y % this.#dotsDown] ?? 1);
			this.#owners[cell] = series + 1;
		}
	}

	/** The cells of a row; `mark` is what a plain terminal shows of a series. */
	row(row: number, mark: (series: number) => string): Cell[] {
		return Array.from({ length: this.#columns }, (_, column): Cell => {
			const cell = row * this.#columns + column;
			const bits = this.#bits[cell] ?? 0;
			const series = (this.#owners[cell] ?? 0) - 1;
			if (bits === 0) return { text: ' ', series: -1 };
			return { text: this.#dotsDown === 1 ? mark(series) : String.fromCodePoint(0x2800 + bits), series };
		});
	}

	/** The cell column of a dot column. */
	cellOf(x: number): number {
		return Math.max(0, Math.min(this.#columns - 1, Math.floor(x / this.#dotsAcross)));
	}

	/** The cell row of a dot row. */
	rowOf(y: number): number {
		return Math.max(0, Math.min(this.#rows - 1, Math.floor(y / this.#dotsDown)));
	}
}

/** The dot of a position from 0 to 1 among this many. */
export function dotAt(position: number, dots: number): number {
	return Math.round(position * (dots - 1));
}
