import { defaultLogLimits, LogBuffer, type LogBufferLimits } from './log-buffer.ts';
import type { LogLine } from './log-line.ts';

export { containerStream } from './log-watch.ts';

/** The ring buffers of all streams that were looked at, beside the state. */
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

	/** Forgets what was read of a stream. */
	clear(stream: string): void {
		this.#buffers.get(stream)?.clear();
		for (const listener of this.#listeners) listener(stream);
	}

	/** Gives the memory of a stream back. */
	forget(stream: string): void {
		this.#buffers.delete(stream);
	}

	/** @param at now, ms since the epoch */
	push(stream: string, lines: readonly LogLine[], at: number | null = null): void {
		this.buffer(stream).push(lines, at);
		for (const listener of this.#listeners) listener(stream);
	}

	/** Calls back when lines arrive; returns how to stop. */
	onLines(listener: (stream: string) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}
}
