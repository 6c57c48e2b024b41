/** What is searched for, or kept, or left out: as it was typed, and as it is looked for. */
export type LogPattern = {
	readonly typed: string;
	/** Global; its `lastIndex` belongs to whoever uses it, and is to be set before. */
	readonly expression: RegExp;
	/** Set where what was typed is no regular expression, and is looked for as it stands. */
	readonly isPlain: boolean;
};

/**
 * The pattern for what was typed; null for nothing. A regular expression where it is one, else plain text. Capitals
 * matter when there are any (smart case, as in vim and ripgrep): those of `\S` and `\W` do not count.
 */
export function logPattern(typed: string): LogPattern | null {
	if (typed === '') return null;
	const hasCapitals = /\p{Lu}/u.test(typed.replace(/\\(?:[pPkuxc]\{?[\w<>=]*\}?|.)/gs, ''));
	const flags = hasCapitals ? 'g' : 'gi';
	// With `u` a wide character is one; without it expressions that `u` refuses are understood all the same.
	for (const one of [`${flags}u`, flags]) {
		try {
			return { typed, expression: new RegExp(typed, one), isPlain: false };
		} catch {
			// Not an expression in this mode.
		}
	}
	const escaped = typed.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
	return { typed, expression: new RegExp(escaped, flags), isPlain: true };
}

export function matches(pattern: LogPattern, text: string): boolean {
	pattern.expression.lastIndex = 0;
	return pattern.expression.test(text);
}

/** The places of all matches in a text, at most so many: start and end. Empty matches are no place. */
export function matchesIn(pattern: LogPattern, text: string, limit = 500): [start: number, end: number][] {
	const found: [number, number][] = [];
	const { expression } = pattern;
	expression.lastIndex = 0;
	while (found.length < limit) {
		const match = expression.exec(text);
		if (!match) break;
		if (match[0] === '') {
			// On to the next character, which takes two units where it is a wide one: from its middle an expression with `u`
			// would step back, and match nothing at the same place for ever.
			expression.lastIndex += (text.codePointAt(expression.lastIndex) ?? 0) > 0xffff ? 2 : 1;
			if (expression.lastIndex > text.length) break;
			continue;
		}
		found.push([match.index, match.index + match[0].length]);
	}
	return found;
}
