import { compilePattern, isPattern, literalPattern, type Pattern, patternLimit } from './pattern.ts';

/** What is searched for, or kept, or left out: as it was typed, and as it is looked for. */
export type LogPattern = Pattern & {
	readonly typed: string;
	/** Set where what was typed is no regular expression, and is looked for as it stands. */
	readonly isPlain: boolean;
};

/**
 * The pattern for what was typed; null for nothing. A regular expression where it is one, else plain text. Capitals
 * matter when there are any (smart case, as in vim and ripgrep): those of `\S` and `\W` do not count.
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

/** The places of all matches in a text, at most so many: start and end. Empty matches are no place. */
export function matchesIn(pattern: LogPattern, text: string, limit = 500): [start: number, end: number][] {
	const found: [number, number][] = [];
	for (let from = 0; found.length < limit && from <= text.length; ) {
		const match = pattern.find(text, from);
		if (!match) break;
		const [start, end] = match;
		if (end > start) found.push([start, end]);
		// After an empty one, on to the next character, which takes two units where it is a wide one: from its middle an
		// engine may step back, and match nothing at the same place for ever.
		from = end > start ? end : start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
		if (from <= start) from = start + 1;
	}
	return found;
}
