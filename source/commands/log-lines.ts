import type { LogLine } from '../model/log-line.ts';

/** Bytes of a line that are printed: a screen shows less, a pipe wants all. */
export const lineLimit = 16 * 1024 * 1024;

/** The lines of the log itself; marks are said. */
export function withoutMarks(lines: readonly LogLine[], say: (text: string) => void): readonly LogLine[] {
	if (!lines.some(line => line.mark)) return lines;
	for (const line of lines) if (line.mark) say(line.text);
	return lines.filter(line => !line.mark);
}
