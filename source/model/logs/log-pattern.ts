import { compilePattern, isPattern, literalPattern, type Pattern, patternLimit } from '../text/pattern.ts';

/** A pattern to search, keep or exclude: as it was typed, and compiled. */
export type LogPattern = Pattern & {
	readonly typed: string;
	/** Set if the typed text is not a valid regular expression and is searched literally. */
	readonly isPlain: boolean;
};

/**
 * The pattern of a typed text; null if it is empty. A regular expression if it is valid, else plain text. Capitals make
 * it case-sensitive (smart case, as in vim and ripgrep), except those of `\S` and `\W`.
 */
export function logPattern(typed: string): LogPattern | null {
	if (typed === '') return null;
	const short = typed.slice(0, patternLimit);
	const hasCapitals = /\p{Lu}/u.test(short.replace(/\\(?:[pPkuxc]\{?[\w<>=]*\}?|.)/gs, ''));
	const compiled = compilePattern(typed, !hasCapitals);
	if (isPattern(compiled)) return { typed, ...compiled, isPlain: false };
	return { typed, ...literalPattern(short, !hasCapitals), isPlain: true };
}

export function matches(pattern: LogPattern, text: string): boolean {
	return pattern.test(text);
}

/** Start and end of the matches in a text, up to a number of them. Empty matches do not count. */
export function matchesIn(pattern: LogPattern, text: string, limit = 500): [start: number, end: number][] {
	const found: [number, number][] = [];
	for (let from = 0; found.length < limit && from <= text.length; ) {
		const match = pattern.find(text, from);
		if (!match) break;
		const [start, end] = match;
		if (end > start) found.push([start, end]);
		// After an empty match, continue at the next character, which has two units if it is wide: from its middle an
		// engine may step back, and match nothing at the same place for ever.
		from = end > start ? end : start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
		if (from <= start) from = start + 1;
	}
	return found;
}
