/** Deeper levels are indented no further: nobody can follow them, and spaces would be most of the text. */
const deepestIndent = 40;

/** A text without its end is a token too: the search for the end would start again at each quote. */
const tokens = /"(?:[^"\\]|\\.)*"?|[{}[\]:,]|[^\s"{}[\]:,]+/g;

/**
 * JSON on lines of its own, with every number and name as it was written: parsed here, a whole number beyond 2^53 would
 * lose its last digits, and of a repeated name only the last value would stay (see `jsonLosses`).
 * @param text valid JSON
 * @param most lines at which it ends
 */
export function indentedJson(text: string, most: number): string[] {
	const lines: string[] = [];
	let line = '';
	let depth = 0;
	let before = '';
	const next = () => {
		lines.push(line);
		line = '  '.repeat(Math.min(depth, deepestIndent));
	};
	for (const [token] of text.matchAll(tokens)) {
		if (lines.length >= most) return lines;
		const isEnd = token === '}' || token === ']';
		const wasStart = before === '{' || before === '[';
		if (isEnd) depth--;
		if (before === ',' || (wasStart && !isEnd) || (isEnd && !wasStart)) next();
		line += token === ':' ? ': ' : token;
		if (token === '{' || token === '[') depth++;
		before = token;
	}
	return [...lines, line];
}
