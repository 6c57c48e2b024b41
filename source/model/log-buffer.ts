import type { LogLine } from './log-line.ts';

export type LogBufferLimits = { readonly lines: number; readonly bytes: number };

export const defaultLogLimits: LogBufferLimits = { lines: 50_000, bytes: 16 * 1024 * 1024 };

/**
 * The last lines of one stream: a ring bounded in lines and in bytes (of text, two a character). Each line has a number
 * that never changes, so that a reader can hold a place while old lines are dropped; what was dropped is counted.
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

	/** Number of the oldest line that is still here; as many were dropped before it. */
	get first(): number {
		return this.#first;
	}

	/** Number that the next line will have: lines seen in all. */
	get next(): number {
		return this.#next;
	}

	get length(): number {
		return this.#next - this.#first;
	}

	/** Changes with every push and clear: what a view compares to know whether to draw. */
	get version(): number {
		return this.#version;
	}

	/** Approximate memory of the lines held, bytes. */
	get bytes(): number {
		return this.#bytes;
	}

	/** When lines came last, ms since the epoch; null before any came, and where nobody says. */
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

	/** At most so many lines are held. */
	get limit(): number {
		return this.#limits.lines;
	}

	/** The line of that number; undefined where it was dropped or has not come yet. */
	at(number: number): LogLine | undefined {
		return number < this.#first || number >= this.#next ? undefined : this.#ring[number % this.#limits.lines];
	}

	/** The lines numbered from `from` up to, not including, `to`, as far as they are held. */
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

/** What a line costs besides its text: the object, its stamp, its places in the ring and in an index. */
const lineBytes = 160;

function sizeOf(line: LogLine): number {
	return line.text.length * 2 + (line.styles?.length ?? 0) * 8 + lineBytes;
}
