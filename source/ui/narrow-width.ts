/**
 * What most of a screen is made of: printable ASCII, lines and blocks, Braille, the signs that laketop draws, in SGR
 * sequences. Each of these characters takes one cell, which `string-width` would find out grapheme by grapheme.
 */
const narrow =
	/^(?:[\x20-\x7e\xb7\u2026\u2190-\u2193\u2212\u221e\u2500-\u259f\u25b8\u25cb\u25cc\u25cf\u25d4\u2714\u2716\u2800-\u28ff]|\x1b\[[\d;]*m)*$/;
const sgr = /\x1b\[[\d;]*m/g;

/** Cells of a text of such characters alone; null for any other text. */
export function narrowWidth(text: string): number | null {
	if (!narrow.test(text)) return null;
	return text.includes('\x1b') ? text.replace(sgr, '').length : text.length;
}
