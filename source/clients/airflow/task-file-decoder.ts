import type { LogLine } from '../../model/logs/log-line.ts';
import { LogDecoder } from '../engine/log-frames.ts';
import { lineText } from './task-log-events.ts';

/** A longer line of JSON is shown unchanged: an event with a traceback of a thousand frames has a tenth of it. */
const eventLimitBytes = 1024 * 1024;
const newline = 0x0a;
const brace = 0x7b;

/** Turns the bytes of a task's log file into lines: those of Airflow 2 are text, those of Airflow 3 events in JSON. */
export class TaskFileDecoder {
	readonly #lines: LogDecoder;
	/** The beginning of a line that may be an event. */
	#held: Buffer | null = null;
	/** Within a line that is not JSON. */
	#isInText = false;

	constructor(lineLimit: number | undefined) {
		this.#lines = new LogDecoder(true, lineLimit, false);
	}

	push(bytes: Buffer): LogLine[] {
		const lines: LogLine[] = [];
		for (let at = 0; at < bytes.length; ) {
			if (this.#held !== null || (!this.#isInText && bytes[at] === brace)) {
				const found = bytes.indexOf(newline, at);
				const end = found === -1 ? bytes.length : found;
				const held = Buffer.concat([this.#held ?? Buffer.alloc(0), bytes.subarray(at, end)]);
				this.#held = null;
				at = end + 1;
				if (found !== -1) lines.push(...this.#lines.push(Buffer.from(`${lineText(held.toString('utf8'))}\n`)));
				else if (held.length <= eventLimitBytes) this.#held = held;
				else {
					this.#isInText = true;
					lines.push(...this.#lines.push(held));
				}
				continue;
			}
			const found = bytes.indexOf('\n{', at);
			const end = found === -1 ? bytes.length : found + 1;
			this.#isInText = bytes[end - 1] !== newline;
			lines.push(...this.#lines.push(bytes.subarray(at, end)));
			at = end;
		}
		return lines;
	}

	/** The rest at the end of the file: a last line without a line break, `unfinished`. */
	end(): LogLine[] {
		const held = this.#held;
		this.#held = null;
		const lines = held === null ? [] : this.#lines.push(Buffer.from(lineText(held.toString('utf8'))));
		return [...lines, ...this.#lines.end()];
	}
}
