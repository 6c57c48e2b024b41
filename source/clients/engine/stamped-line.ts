import type { LineMask } from '../../model/line-mask.ts';
import type { LogChannel, LogLine } from '../../model/log-line.ts';
import { styledText } from '../../model/log-styles.ts';

/** A time is within so many bytes: `2026-11-24T08:00:00.000000001+09:00 `. */
export const stampLimitBytes = 36;

const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)(?= )/;

/** The time that a line begins with, followed by a space; empty where it begins with none. */
export function stampOf(beginning: string): string {
	// jsonmessage.RFC3339NanoFixed, which is what Docker sends, needs no expression.
	if (
		beginning.charCodeAt(30) === 0x20 &&
		beginning.charCodeAt(29) === 0x5a &&
		beginning.charCodeAt(10) === 0x54 &&
		beginning.charCodeAt(19) === 0x2e &&
		beginning.charCodeAt(4) === 0x2d
	)
		return beginning.slice(0, 30);
	return timestamp.exec(beginning)?.[0] ?? '';
}

/** A line that came whole: time, text, and what a terminal would show of it. */
export function lineOf(raw: string, channel: LogChannel, mask: LineMask): LogLine {
	const stamp = stampOf(raw);
	let text = stamp === '' ? raw : raw.slice(stamp.length + 1);
	if (text.includes('\r')) {
		text = text.replace(/(?<!\r)\r+$/, '');
		text = text.slice(text.lastIndexOf('\r') + 1);
	}
	return stampedLine(stamp, text, channel, mask, '');
}

export function stampedLine(stamp: string, raw: string, channel: LogChannel, mask: LineMask, cut: string): LogLine {
	const { text, styles } = styledText(raw);
	const shown = mask.mask(text);
	const line: LogLine = {
		stamp: stamp === '' ? null : stamp,
		loggedAt: stamp === '' ? null : msOf(stamp),
		channel,
		text: shown + cut,
	};
	// Styles are places in the text as it was.
	return styles && shown === text ? { ...line, styles } : line;
}

/** A memo of the last second that was read: what a text means does not change. */
let second = '';
let secondMs = 0;

/** ms since the epoch of an RFC 3339 time. Of a firehose nearly all lines are of the same second. */
function msOf(stamp: string): number | null {
	if (stamp.length !== 30) {
		const ms = Date.parse(stamp);
		return Number.isFinite(ms) ? ms : null;
	}
	const of = stamp.slice(0, 19);
	if (of !== second) {
		const ms = Date.parse(`${of}Z`);
		if (!Number.isFinite(ms)) return null;
		second = of;
		secondMs = ms;
	}
	return secondMs + Number(stamp.slice(20, 26)) / 1000;
}
