/**
 * The most frequent characters of a screen: printable ASCII, lines and blocks, Braille, the signs that laketop draws,
 * in SGR sequences. Each of them takes one cell, which `string-width` would compute grapheme by grapheme.
 */
const narrow =
	'\\x20-\\x7e\\xb1\\xb7\\xbb\\u2016\\u2026\\u2190-\\u2193\\u21bb\\u21c4\\u21e1\\u2212\\u221e\\u2500-\\u25a0\\u25b8\\u25c2\\u25c6\\u25c7\\u25cb\\u25cc\\u25cf\\u25d4\\u2714\\u2716\\u27f3\\u2800-\\u28ff';
const other = new RegExp(`[^${narrow}]`);
const otherInRows = new RegExp(`[^\\n${narrow}]`);
const sgr = /\x1b\[[\d;]*m/g;

const withoutColours = (text: string) => (text.includes('\x1b') ? text.replace(sgr, '') : text);

/** Cells of a text that consists of such characters; null for any other text. */
export function narrowWidth(text: string): number | null {
	const plain = withoutColours(text);
	return other.test(plain) ? null : plain.length;
}

/** Whether a text of one or more rows consists of such characters, without other control sequences. */
export function isNarrowText(text: string): boolean {
	return !otherInRows.test(withoutColours(text));
}
