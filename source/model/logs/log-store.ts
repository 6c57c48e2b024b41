import { defaultLogLimits, LogBuffer, type LogBufferLimits } from './log-buffer.ts';
import type { LogLine } from './log-line.ts';

export { containerStream } from './log-watch.ts';

/** The ring buffers of all opened streams, beside the state. */
export class LogStore {
	readonly #buffers = new Map<string, LogBuffer>();
	readonly #listeners = new Set<(stream: string) => void>();
	readonly #limits: LogBufferLimits;

	constructor(limits: LogBufferLimits = defaultLogLimits) {
		this.#limits = limits;
	}

	buffer(stream: string): LogBuffer {
		let buffer = this.#buffers.get(stream);
		if (!buffer) {
			buffer = new LogBuffer(this.#limits);
			this.#buffers.set(stream, buffer);
		}
		return buffer;
	}

	/** Drops the lines of a stream. */
	clear(stream: string): void {
		this.#buffers.get(stream)?.clear();
		for (const listener of this.#listeners) listener(stream);
	}

	/** Frees the memory of a stream. */
	forget(stream: string): void {
		this.#buffers.delete(stream);
	}

	/** @param at now, ms since the epoch */
	push(stream: string, lines: readonly LogLine[], at: number | null = null): void {
		this.buffer(stream).push(lines, at);
		for (const listener of this.#listeners) listener(stream);
	}

	/** Calls back when lines arrive; returns a function that unsubscribes. */
	onLines(listener: (stream: string) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}
}
