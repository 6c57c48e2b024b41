import { textWidth } from '../../../presentation/text.ts';

const printableAscii = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter();

/**
 * The cells of a text: one a character for plain ASCII, else measured once, so that a long line can be cut at any cell
 * without another measurement.
 */
export class Cells {
	readonly text: string;
	/** Starts of the graphemes, and the cells before each; null for plain ASCII. */
	readonly #starts: readonly number[] | null;
	readonly #before: readonly number[];
	readonly width: number;

	constructor(text: string) {
		this.text = text;
		if (printableAscii.test(text)) {
			this.#starts = null;
			this.#before = [];
			this.width = text.length;
			return;
		}
		const starts: number[] = [];
		const before: number[] = [];
		let width = 0;
		for (const { segment, index } of graphemes.segment(text)) {
			starts.push(index);
			before.push(width);
			width += textWidth(segment);
		}
		this.#starts = starts;
		this.#before = before;
		this.width = width;
	}

	/** End of the part from `start` that fits into `width` cells; at least one character. */
	endOf(start: number, width: number): number {
		if (this.#starts === null) return Math.min(this.text.length, start + Math.max(1, width));
		const first = this.#indexOf(start);
		const from = this.#before[first] ?? this.width;
		for (let index = first + 1; index < this.#starts.length; index++) {
			if ((this.#before[index + 1] ?? this.width) - from > width) {
				const fits = (this.#before[index] ?? 0) - from <= width;
				return this.#starts[fits ? index : index - 1] ?? this.text.length;
			}
		}
		if (this.width - from > width && first + 1 < this.#starts.length)
			return this.#starts[first + 1] ?? this.text.length;
		return this.text.length;
	}

	/** The first index at or behind a cell, and the cells between where a wide character lies across. */
	at(cell: number): { start: number; gap: number } {
		if (this.#starts === null) return { start: Math.min(this.text.length, cell), gap: 0 };
		let low = 0;
		let high = this.#starts.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.#before[middle] ?? 0) < cell) low = middle + 1;
			else high = middle;
		}
		const start = this.#starts[low];
		return start === undefined
			? { start: this.text.length, gap: 0 }
			: { start, gap: (this.#before[low] ?? cell) - cell };
	}

	/** Cells before an index of the text. */
	before(place: number): number {
		if (this.#starts === null) return Math.min(place, this.text.length);
		const index = this.#indexOf(place);
		return this.#before[index] ?? this.width;
	}

	/** Number of the first grapheme at or behind an index of the text. */
	#indexOf(place: number): number {
		const starts = this.#starts ?? [];
		let low = 0;
		let high = starts.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((starts[middle] ?? 0) < place) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	/** Breaks the text into at most `limit` parts of at most `width` cells, at spaces where possible. */
	wrapped(width: number, limit: number): [start: number, end: number][] {
		const parts: [number, number][] = [];
		let start = 0;
		while (parts.length < limit) {
			let end = this.endOf(start, width);
			if (end < this.text.length && this.text[end] !== ' ') {
				const space = this.text.lastIndexOf(' ', end - 1);
				if (space > start) end = space;
			}
			parts.push([start, end]);
			if (end >= this.text.length) break;
			start = this.text[end] === ' ' ? end + 1 : end;
		}
		return parts;
	}
}
