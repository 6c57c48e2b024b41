/**
 * Text from outside (log lines, names, params, errors) is hostile until it went through here: afterwards it holds no
 * control character, no part of a control sequence that a terminal would act on, nothing that reorders or hides text,
 * and its width is the same in every terminal. Control sequences are removed whole where they are whole; of a broken
 * one only the control characters go, so that the text behind it is not lost.
 */
export function cleanText(text: string): string {
	if (printableAscii.test(text)) return text;
	return (
		text
			// Lone surrogates would be written as garbage bytes.
			.toWellFormed()
			.replace(terminalSequence, '')
			.replace(lineBreaks, ' ')
			.replaceAll('\t', '    ')
			.replace(invisible, '')
			// Flags are two letters that only some terminals join into one picture: letters have one width everywhere.
			.replace(regionalIndicator, letter => String.fromCharCode((letter.codePointAt(0) ?? 0) - 0x1f1e6 + 0x41))
			// Decomposed Hangul and accents are drawn apart by many terminals (and measured apart by all).
			.replace(marksPiledUp, '$1')
			.normalize('NFC')
			// Some marks are written as two.
			.replace(marksPiledUp, '$1')
	);
}

/** Like `cleanText`, for text of several lines: line breaks stay. */
export function cleanLines(text: string): string {
	return text
		.split(/\r\n|\n|\r/)
		.map(cleanText)
		.join('\n');
}

/** JSON text of the same value in which nothing is left that a terminal would act on. */
export function cleanJson(value: unknown): string {
	const text = JSON.stringify(value) ?? 'null';
	if (cleanText(text) === text) return text;
	// All that is not ASCII, as letters may be composed: JSON has an escape for each.
	return text.replace(/[^\x20-\x7e]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * JSON that may be printed on a terminal: what a terminal would act on or hide is escaped. `JSON.stringify` escapes only
 * the control characters below U+0020; U+009B begins a control sequence as well. The value stays the same.
 */
export function printableJson(value: unknown, indent?: string | number): string {
	return JSON.stringify(value, null, indent).replace(hiddenInJson, text =>
		Array.from({ length: text.length }, (_, unit) => text.charCodeAt(unit))
			.map(code => `\\u${code.toString(16).padStart(4, '0')}`)
			.join(''),
	);
}

const hiddenInJson = /[\u007f-\u009f\u2028\u2029\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** Nothing in it needs cleaning. */
export const printableAscii = /^[\x20-\x7e]*$/;

/**
 * ECMA-48 control sequences: CSI with parameters and final byte; OSC, DCS, SOS, PM, APC strings up to their terminator
 * (BEL or ST); two-character escapes. In their 7-bit and their C1 forms. No part may hold what begins a sequence: each
 * character is then looked at once, however many beginnings without an end a text has.
 */
const terminalSequence =
	/(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x90\x98\x9b-\x9f]*(?:\x07|\x1b\\|\x9c)|\x1b[\x20-\x2f]*[\x30-\x5a\x5c\x60-\x7e]/g;

/**
 * More marks on one letter than any script writes. Normalisation sorts the marks of a letter in quadratic time: 160,000
 * of them took 45 s. Unicode's Stream-Safe Text Format (UAX #15) stops at 30.
 */
const marksPiledUp = /((?<!\p{M})\p{M}{30})\p{M}+/gu;

const lineBreaks = /[\r\n\v\f\u0085\u2028\u2029]+/g;

/**
 * Control characters (C0, DEL, C1), format characters (bidi overrides and isolates, zero-width, tags, byte order marks),
 * what Unicode says may be ignored in display (variation selectors, fillers), the enclosing keycap, skin tones.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u20e3\u{1f3fb}-\u{1f3ff}]/gu;

const regionalIndicator = /[\u{1f1e6}-\u{1f1ff}]/gu;
