/**
 * Outside text (log lines, names, params, errors) is hostile until it was cleaned here: afterwards it holds no control
 * character, no part of a control sequence that a terminal would act on, nothing that reorders or hides text, and its
 * width is the same in every terminal. Complete control sequences are removed; of an incomplete one only the control
 * characters, so that the text after it is not lost.
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
			// Flags are two letters that only some terminals join into one picture: as letters they have the same width
			// everywhere.
			.replace(regionalIndicator, letter => String.fromCharCode((letter.codePointAt(0) ?? 0) - 0x1f1e6 + 0x41))
			// Many terminals draw decomposed Hangul and accents separately (and all measure them so).
			.replace(marksPiledUp, '$1')
			.normalize('NFC')
			// Some marks decompose into two.
			.replace(marksPiledUp, '$1')
	);
}

/** Like `cleanText`, for several lines: line breaks stay. */
export function cleanLines(text: string): string {
	return text
		.split(/\r\n|\n|\r/)
		.map(cleanText)
		.join('\n');
}

/** JSON of the same value without anything that a terminal would act on. */
export function cleanJson(value: unknown): string {
	const text = JSON.stringify(value) ?? 'null';
	if (cleanText(text) === text) return text;
	// Everything that is not ASCII is escaped, because letters may be composed.
	return text.replace(/[^\x20-\x7e]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * JSON that is safe to print on a terminal: characters that it would act on or hide are escaped. `JSON.stringify`
 * escapes only the control characters below U+0020, but U+009B starts a control sequence too. The value stays the same.
 */
export function printableJson(value: unknown, indent?: string | number): string {
	return JSON.stringify(value, null, indent).replace(hiddenInJson, text =>
		Array.from({ length: text.length }, (_, unit) => text.charCodeAt(unit))
			.map(code => `\\u${code.toString(16).padStart(4, '0')}`)
			.join(''),
	);
}

const hiddenInJson = /[\u007f-\u009f\u2028\u2029\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** Needs no cleaning. */
export const printableAscii = /^[\x20-\x7e]*$/;

/**
 * ECMA-48 control sequences: CSI with parameters and final byte; OSC, DCS, SOS, PM, APC strings up to their terminator
 * (BEL or ST); two-character escapes. In their 7-bit and their C1 forms. No part may contain the start of another
 * sequence: each character is then read once, however many unterminated starts a text has.
 */
const terminalSequence =
	/(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x90\x98\x9b-\x9f]*(?:\x07|\x1b\\|\x9c)|\x1b[\x20-\x2f]*[\x30-\x5a\x5c\x60-\x7e]/g;

/**
 * More marks on one letter than any script uses. Normalisation sorts the marks of a letter in quadratic time: 160,000
 * of them took 45 s. Unicode's Stream-Safe Text Format (UAX #15) stops at 30.
 */
const marksPiledUp = /((?<!\p{M})\p{M}{30})\p{M}+/gu;

const lineBreaks = /[\r\n\v\f\u0085\u2028\u2029]+/g;

/**
 * Control characters (C0, DEL, C1), format characters (bidi overrides and isolates, zero-width, tags, byte order
 * marks), characters that Unicode allows displays to ignore (variation selectors, fillers), the enclosing keycap, skin
 * tones.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u20e3\u{1f3fb}-\u{1f3ff}]/gu;

const regionalIndicator = /[\u{1f1e6}-\u{1f1ff}]/gu;
