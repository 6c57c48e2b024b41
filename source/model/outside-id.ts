import { cleanText, printableAscii } from './clean-text.ts';

/**
 * An identifier from outside, harmless and still exact: what `cleanText` would remove or change is written as `\u{1b}`.
 * Ids go back to the server that sent them, and a cleaned one could be the id of something else; `exactId` reads it back.
 */
export function cleanId(id: string): string {
	if (printableAscii.test(id) && !id.includes(escapeStart)) return id;
	const escaped = Array.from(id.replaceAll(escapeStart, `\\u{5c}u{`), one =>
		cleanText(one) === one ? one : escapedCharacter(one),
	).join('');
	// Letters that are composed differently are looked at together.
	return cleanText(escaped) === escaped
		? escaped
		: Array.from(id, one => (printableAscii.test(one) && one !== '\\' ? one : escapedCharacter(one))).join('');
}

/** The id that `cleanId` made harmless, as the server knows it. */
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

/** An id as a part of an address that its server gets. */
export function inPath(id: string): string {
	return encodeURIComponent(exactId(id).toWellFormed());
}
