import type { LogLine } from './log-line.ts';

export type LogBufferLimits = { readonly lines: number; readonly bytes: number };

export const defaultLogLimits: LogBufferLimits = { lines: 50_000, bytes: 16 * 1024 * 1024 };

/**
 * The last lines of one stream: a ring limited in lines and in bytes (of text, two a character). Each line has a
 * permanent number, so that a reader keeps its place while old lines are dropped; dropped lines are counted.
 */
export class LogBuffer {
	readonly #limits: LogBufferLimits;
	#ring: (LogLine | undefined)[] = [];
	#first = 0;
	#next = 0;
	#bytes = 0;
	#version = 0;
	#pushedAt: number | null = null;
	#arrivingSince: number | null = null;

	constructor(limits: LogBufferLimits = defaultLogLimits) {
		this.#limits = limits;
	}

	/** Number of the oldest line in the buffer; as many were dropped before it. */
	get first(): number {
		return this.#first;
	}

	/** Number of the next line, which is the number of lines seen so far. */
	get next(): number {
		return this.#next;
	}

	get length(): number {
		return this.#next - this.#first;
	}

	/** Changes with every push and clear, so that a view knows whether to draw. */
	get version(): number {
		return this.#version;
	}

	/** Approximate memory of the lines held, bytes. */
	get bytes(): number {
		return this.#bytes;
	}

	/** When lines arrived last, ms since the epoch; null before the first, and if the time is unknown. */
	get pushedAt(): number | null {
		return this.#pushedAt;
	}

	/** How long lines have been arriving without a pause of a second, ms. */
	get arrivingMs(): number {
		return this.#pushedAt === null || this.#arrivingSince === null ? 0 : this.#pushedAt - this.#arrivingSince;
	}

	/** @param at now, ms since the epoch */
	push(lines: readonly LogLine[], at: number | null = null): void {
		if (lines.length === 0) return;
		if (this.#pushedAt === null || at === null || at - this.#pushedAt > 1000) this.#arrivingSince = at;
		this.#pushedAt = at;
		for (const line of lines) {
			if (this.length === this.#limits.lines) this.#drop();
			this.#ring[this.#next % this.#limits.lines] = line;
			this.#next++;
			this.#bytes += sizeOf(line);
			while (this.#bytes > this.#limits.bytes && this.length > 1) this.#drop();
		}
		this.#version++;
	}

	/** Maximum number of lines. */
	get limit(): number {
		return this.#limits.lines;
	}

	/** The line of that number; undefined if it was dropped or has not arrived. */
	at(number: number): LogLine | undefined {
		return number < this.#first || number >= this.#next ? undefined : this.#ring[number % this.#limits.lines];
	}

	/** The lines from `from` up to, not including, `to` that are in the buffer. */
	slice(from: number, to: number): LogLine[] {
		const lines: LogLine[] = [];
		for (let number = Math.max(from, this.#first); number < Math.min(to, this.#next); number++) {
			const line = this.#ring[number % this.#limits.lines];
			if (line) lines.push(line);
		}
		return lines;
	}

	/** The newest lines, oldest first. */
	tail(count: number): LogLine[] {
		return this.slice(this.#next - count, this.#next);
	}

	clear(): void {
		this.#ring = [];
		this.#first = this.#next;
		this.#bytes = 0;
		this.#version++;
	}

	#drop(): void {
		const index = this.#first % this.#limits.lines;
		const line = this.#ring[index];
		if (line) this.#bytes -= sizeOf(line);
		this.#ring[index] = undefined;
		this.#first++;
	}
}

/** Memory of a line besides its text: the object, its stamp, its places in the ring and in an index. */
const lineBytes = 160;

function sizeOf(line: LogLine): number {
	return line.text.length * 2 + (line.styles?.length ?? 0) * 8 + lineBytes;
}
