import type { LogLine } from '../../model/logs/log-line.ts';
import type { Message } from '../../words/message.ts';

/** Maximum bytes of a printed line: pipes need whole lines. */
export const lineLimit = 16 * 1024 * 1024;

/** The lines of the log; marks go to standard error. */
export function withoutMarks(lines: readonly LogLine[], say: (words: Message | string) => void): readonly LogLine[] {
	if (!lines.some(line => line.mark)) return lines;
	for (const line of lines) if (line.mark) say(line.message ?? line.text);
	return lines.filter(line => !line.mark);
}
