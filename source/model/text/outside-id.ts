import { cleanText, printableAscii } from './clean-text.ts';

/**
 * An identifier from outside, safe to show and still exact: characters that `cleanText` would remove or change are
 * written as `\u{1b}`. Ids are sent back to their server, and a cleaned one could be the id of another object;
 * `exactId` restores it.
 */
export function cleanId(id: string): string {
	if (printableAscii.test(id) && !id.includes(escapeStart)) return id;
	const escaped = Array.from(id.replaceAll(escapeStart, `\\u{5c}u{`), one =>
		cleanText(one) === one ? one : escapedCharacter(one),
	).join('');
	// Letters that are composed differently are compared as a whole.
	return cleanText(escaped) === escaped
		? escaped
		: Array.from(id, one => (printableAscii.test(one) && one !== '\\' ? one : escapedCharacter(one))).join('');
}

/** The original of an id that `cleanId` escaped. */
export function exactId(id: string): string {
	return id.replace(/\\u\{([0-9a-f]{1,6})\}/g, (all, digits: string) => {
		const code = Number.parseInt(digits, 16);
		return code <= 0x10ffff ? String.fromCodePoint(code) : all;
	});
}

const escapeStart = '\\u{';

function escapedCharacter(one: string): string {
	return `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`;
}

/** An id as a path segment of an address. */
export function inPath(id: string): string {
	return encodeURIComponent(exactId(id).toWellFormed());
}
