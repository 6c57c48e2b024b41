import type { LogBuffer } from './log-buffer.ts';
import type { LogLine } from './log-line.ts';

/** A source of lines, with its name to distinguish it from others. */
export type LogSource = { readonly name: string; readonly buffer: LogBuffer };

/**
 * Lines in reading order: positions grow, and are dropped at the front. A line keeps its id, but its position may
 * change when lines of another source turn out to belong before it.
 */
export interface LogSequence {
	readonly sources: readonly LogSource[];
	/** The first position in the sequence. */
	readonly first: number;
	/** The position after the last. */
	readonly next: number;
	/** Adds new lines of the sources. */
	update(): void;
	/** The source of the line, and its number there. */
	sourceAt(position: number): number;
	numberAt(position: number): number;
	/** The line; undefined if its source has dropped it. */
	lineAt(position: number): LogLine | undefined;
	idAt(position: number): number;
	/** null if the line is no longer there. */
	positionOf(id: number): number | null;
}

/** The id of a line: its source and its number there. */
const sourceFactor = 2 ** 44;

export function lineId(source: number, number: number): number {
	return source * sourceFactor + number;
}

export function sourceOfId(id: number): number {
	return Math.floor(id / sourceFactor);
}

export function numberOfId(id: number): number {
	return id % sourceFactor;
}

export function sequenceOf(sources: readonly LogSource[]): LogSequence {
	const [only] = sources;
	return only && sources.length === 1 ? new SingleSequence(only) : new MergedSequence(sources);
}

/** One source: positions are the numbers of its lines. */
class SingleSequence implements LogSequence {
	readonly sources: readonly LogSource[];
	readonly #buffer: LogBuffer;

	constructor(source: LogSource) {
		this.sources = [source];
		this.#buffer = source.buffer;
	}

	get first() {
		return this.#buffer.first;
	}

	get next() {
		return this.#buffer.next;
	}

	update() {}

	sourceAt() {
		return 0;
	}

	numberAt(position: number) {
		return position;
	}

	lineAt(position: number) {
		return this.#buffer.at(position);
	}

	idAt(position: number) {
		return position;
	}

	positionOf(id: number) {
		return id >= this.first && id < this.next ? id : null;
	}
}

/** Maximum lines of several sources together: the newest by time. */
export const mergedLines = 2 ** 17;
const mask = mergedLines - 1;

/**
 * Several sources in the order of time. Each source keeps its own order, even if its clock was set back. A line that
 * arrives after later ones of another source is inserted in its place.
 */
class MergedSequence implements LogSequence {
	readonly sources: readonly LogSource[];
	readonly #taken: number[];
	readonly #lastAt: number[];
	readonly #times = new Float64Array(mergedLines);
	readonly #ids = new Float64Array(mergedLines);
	#first = 0;
	#next = 0;

	constructor(sources: readonly LogSource[]) {
		this.sources = sources;
		this.#taken = sources.map(() => 0);
		this.#lastAt = sources.map(() => 0);
	}

	get first() {
		return this.#first;
	}

	get next() {
		return this.#next;
	}

	update() {
		const times: number[] = [];
		const ids: number[] = [];
		let contributing = 0;
		for (const [index, { buffer }] of this.sources.entries()) {
			const from = Math.max(this.#taken[index] ?? 0, buffer.first, buffer.next - mergedLines);
			if (from < buffer.next) contributing++;
			let lastAt = this.#lastAt[index] ?? 0;
			for (let number = from; number < buffer.next; number++) {
				const line = buffer.at(number);
				const at = Math.max(lastAt, line?.loggedAt ?? 0);
				// Lines that laketop adds have its own clock, which says nothing about the following lines.
				if (!line?.mark) lastAt = at;
				times.push(at);
				ids.push(lineId(index, number));
			}
			this.#lastAt[index] = lastAt;
			this.#taken[index] = buffer.next;
		}
		if (ids.length === 0) return;
		const order = ids.map((_, index) => index);
		if (contributing > 1) order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
		this.#insert(
			order.map(index => times[index] ?? 0),
			order.map(index => ids[index] ?? 0),
		);
		// Lines that their source has dropped are dropped here too.
		while (this.#first < this.#next && !this.lineAt(this.#first)) this.#first++;
	}

	/** Merges sorted lines with the end of the sequence. */
	#insert(times: readonly number[], ids: readonly number[]) {
		let place = this.#next;
		const earliest = times[0] ?? 0;
		while (place > this.#first && (this.#times[(place - 1) & mask] ?? 0) > earliest) place--;
		const later: [number, number][] = [];
		for (let position = place; position < this.#next; position++)
			later.push([this.#times[position & mask] ?? 0, this.#ids[position & mask] ?? 0]);
		this.#next = place;
		let index = 0;
		for (const [time, id] of later) {
			for (; index < ids.length && (times[index] ?? 0) < time; index++) this.#add(times[index] ?? 0, ids[index] ?? 0);
			this.#add(time, id);
		}
		for (; index < ids.length; index++) this.#add(times[index] ?? 0, ids[index] ?? 0);
	}

	#add(time: number, id: number) {
		this.#times[this.#next & mask] = time;
		this.#ids[this.#next & mask] = id;
		this.#next++;
		if (this.#next - this.#first > mergedLines) this.#first++;
	}

	sourceAt(position: number) {
		return sourceOfId(this.idAt(position));
	}

	numberAt(position: number) {
		return numberOfId(this.idAt(position));
	}

	lineAt(position: number) {
		return this.sources[this.sourceAt(position)]?.buffer.at(this.numberAt(position));
	}

	idAt(position: number) {
		return this.#ids[position & mask] ?? 0;
	}

	positionOf(id: number) {
		for (let position = this.#next - 1; position >= this.#first; position--)
			if (this.#ids[position & mask] === id) return position;
		return null;
	}
}
