import { defaultLogLimits, LogBuffer, type LogBufferLimits } from './log-buffer.ts';
import type { LogLine } from './log-line.ts';

/** The key of a container's log: by name, so that a recreated container's lines follow its predecessor's. */
export function containerStream(name: string): string {
	return `container/${name}`;
}

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

	push(stream: string, lines: readonly LogLine[]): void {
		this.buffer(stream).push(lines);
		for (const listener of this.#listeners) listener(stream);
	}

	/** Calls back when lines arrive; returns how to stop. */
	onLines(listener: (stream: string) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}
}
