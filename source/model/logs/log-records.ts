import { type LineHead, lineHead } from './log-format.ts';
import type { LogLevel } from './log-level.ts';
import type { LogLine } from './log-line.ts';

/** The position of a line in its record: a message and everything that belongs to it, such as a traceback. */
export type LineOfRecord = {
	/** Whether it starts a record. */
	readonly isHead: boolean;
	/** The record's level, as far as it is known. */
	readonly level: LogLevel | null;
};

/** Maximum lines of a record: a wrong guess must not swallow a log. */
const recordLines = 2000;
/** Lines of one record are written together: they are at most this far apart by the engine's clock, ms. */
const sameMomentMs = 1000;

const tracebackBegins = /^\s*(?:[+|]\s+)?(?:Exception Group )?Traceback \(most recent call last\):/;
const tracebackGoesOn =
	/^(?:During handling of the above exception, another exception occurred:|The above exception was the direct cause of)/;
const javaGoesOn = /^(?:Caused by: |Suppressed: |\.\.\. \d+ (?:more|common frames))/;

/**
 * Joins the lines of one stream (one channel of one source, in order) to records. The result for a line depends only on
 * the lines before it, so that it is known when the line arrives.
 */
export class RecordReader {
	#open: {
		level: LogLevel | null;
		takesBareLines: boolean;
		lines: number;
		lastAt: number | null;
	} | null = null;
	/** In a traceback: its frames, or after the line that names the exception. */
	#traceback: 'no' | 'frames' | 'named' = 'no';

	read(line: LogLine): LineOfRecord {
		if (line.mark) {
			this.#open = null;
			return { isHead: true, level: null };
		}
		const head = lineHead(line.text);
		const open = this.#open;
		if (open && this.#belongs(line, head, open)) {
			open.lines++;
			open.lastAt = line.loggedAt;
			if (this.#traceback !== 'no' && open.level === null) open.level = 'error';
			return { isHead: false, level: open.level };
		}
		this.#traceback = tracebackBegins.test(line.text) ? 'frames' : 'no';
		const level = head?.level ?? null;
		this.#open = { level, takesBareLines: head?.takesBareLines ?? false, lines: 1, lastAt: line.loggedAt };
		return { isHead: true, level };
	}

	#belongs(
		line: LogLine,
		head: LineHead | null,
		open: { takesBareLines: boolean; lines: number; lastAt: number | null },
	) {
		if (open.lines >= recordLines) return false;
		if (line.loggedAt !== null && open.lastAt !== null && Math.abs(line.loggedAt - open.lastAt) > sameMomentMs)
			return false;
		const { text } = line;
		if (tracebackBegins.test(text)) {
			// A line with a head after plain words is an event of its own.
			if (this.#traceback === 'no' && !open.takesBareLines && !/^\s/.test(text)) return false;
			this.#traceback = 'frames';
			return true;
		}
		const indented = /^\s/.test(text);
		const blank = text.trim() === '';
		if (this.#traceback === 'frames') {
			// The first line that is not indented names the exception; a program's next message does not.
			if (indented || blank) return true;
			if (head && head.stamp !== null && !head.continues) return false;
			this.#traceback = 'named';
			return true;
		}
		if (this.#traceback === 'named' && (blank || tracebackGoesOn.test(text))) return true;
		if (head) return head.continues;
		return indented || javaGoesOn.test(text) || open.takesBareLines;
	}
}
