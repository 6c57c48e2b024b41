/**
 * The words of a command that runs without a shell: split at blanks, with the quotes and backslashes of a POSIX shell.
 * null for an open quote, or for what only a shell could do, such as `|`, `$NAME` or `*`; in single quotes it is text.
 */
export function commandWords(text: string): string[] | null {
	const words: string[] = [];
	let word: string | null = null;
	for (const [piece] of text.matchAll(piecesOfWords)) {
		if (piece.trim() === '') {
			if (word !== null) words.push(word);
			word = null;
			continue;
		}
		const plain = unquoted(piece);
		// A shell would write the home folder there.
		if (plain === null || (word === null && piece.startsWith('~'))) return null;
		word = (word ?? '') + plain;
	}
	if (word !== null) words.push(word);
	return words.length === 0 ? null : words;
}

/** Blanks, a quoted text, an escaped character, plain text, or any other single character. */
const piecesOfWords = /\s+|'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\|&;<>()$`*?]+|./gsu;

/** The text of a piece; null if it has a meaning in a shell only. */
function unquoted(piece: string): string | null {
	if (piece.length > 1 && piece.startsWith("'")) return piece.slice(1, -1);
	if (piece.length > 1 && piece.startsWith('"')) {
		const inner = piece.slice(1, -1);
		return /(?<!\\)(?:\\\\)*[$`]/.test(inner) ? null : inner.replaceAll(/\\([\\"$`])/g, '$1');
	}
	if (piece.length > 1 && piece.startsWith('\\')) return piece.slice(1);
	return /^['"\\|&;<>()$`*?]$/.test(piece) ? null : piece;
}
