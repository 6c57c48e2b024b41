import type { LineMask } from '../../model/logs/line-mask.ts';
import type { LogChannel, LogLine } from '../../model/logs/log-line.ts';
import { styledText } from '../../model/logs/log-styles.ts';

/** Maximum bytes of a time: `2026-11-24T08:00:00.000000001+09:00 `. */
export const stampLimitBytes = 36;

const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)(?= )/;

/** The time at the start of a line, followed by a space; empty if there is none. */
export function stampOf(beginning: string): string {
	// Docker's format, jsonmessage.RFC3339NanoFixed, needs no expression.
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

/** A complete line: time and cleaned text. */
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
	// Styles are positions in the unmasked text.
	return styles && shown === text ? { ...line, styles } : line;
}

/** A cache of the last second that was parsed. */
let second = '';
let secondMs = 0;

/** ms since the epoch of an RFC 3339 time. In a burst nearly all lines are of the same second. */
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
