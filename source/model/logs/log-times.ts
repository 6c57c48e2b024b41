import { lineHead, timeOfStamp } from './log-format.ts';
import type { LogLine } from './log-line.ts';

/**
 * Gives lines without a stamp the time in their text; lines without one, as in a traceback, get that of the previous
 * line. For the logs of tasks, which are files.
 */
export class LineTimes {
	#last: number | null = null;

	read(lines: readonly LogLine[]): LogLine[] {
		return lines.map(line => {
			if (line.loggedAt !== null) return line;
			const stamp = lineHead(line.text)?.stamp;
			const at = stamp ? timeOfStamp(stamp) : null;
			if (at !== null) this.#last = at;
			return { ...line, loggedAt: this.#last };
		});
	}
}
