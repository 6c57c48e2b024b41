import { RE2JS } from 're2js';
import { type Message, phrase, quoted } from '../../words/message.ts';
import { DescribedError } from '../failures/described-error.ts';

/** A compiled expression takes a thousand times its length in memory; nobody types longer ones. */
export const patternLimit = 1000;
/** Characters of a line that are searched; the rest is not. */
export const searchedLength = 16_000;

/** A user's expression that is safe to use: no text makes it slow. */
export type Pattern = {
	/** Start and end of the first match at or after an index; null if there is none. May be empty. */
	readonly find: (text: string, from: number) => readonly [start: number, end: number] | null;
	readonly test: (text: string) => boolean;
};

/**
 * An expression without repetition, groups and back-references: V8 matches it without backtracking, and much faster
 * than RE2 in JavaScript.
 */
const simple = /^(?:[^*+?{}()\\]|\\[^0-9kpPux])*$/;

/**
 * Compiles a typed expression. Expressions that could make a backtracking engine slow, such as `(a+)+$`, are matched by
 * RE2, whose time grows linearly with the text. Never throws; `problem` says why there is no pattern.
 */
export function compilePattern(typed: string, ignoreCase = false): Pattern | { readonly problem: Message } {
	if (typed.length > patternLimit) {
		return { problem: phrase(['longer than {limit} characters', '{limit}자를 넘습니다'], { limit: patternLimit }) };
	}
	try {
		return simple.test(typed) ? byV8(new RegExp(typed, `g${ignoreCase ? 'i' : ''}u`)) : byRe2(typed, ignoreCase);
	} catch (error) {
		if (error instanceof DescribedError) return { problem: error.description };
		const words = error instanceof Error ? error.message : String(error);
		return { problem: quoted(words.replace(/^(error parsing regexp|Invalid regular expression): /, '')) };
	}
}

export function isPattern(compiled: Pattern | { readonly problem: Message }): compiled is Pattern {
	return 'find' in compiled;
}

/** A pattern for literal text. */
export function literalPattern(text: string, ignoreCase = false): Pattern {
	const escaped = text.slice(0, patternLimit).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
	return byV8(new RegExp(escaped, `g${ignoreCase ? 'i' : ''}u`));
}

function byV8(expression: RegExp): Pattern {
	const find: Pattern['find'] = (text, from) => {
		expression.lastIndex = from;
		const match = expression.exec(text.slice(0, searchedLength));
		return match && [match.index, match.index + match[0].length];
	};
	return { find, test: text => find(text, 0) !== null };
}

function byRe2(typed: string, ignoreCase: boolean): Pattern {
	// RE2 would match the letter k.
	if (/\\k</.test(typed))
		throw new DescribedError(phrase(['back-references are not supported', '역참조는 지원하지 않습니다']));
	const expression = RE2JS.compile(RE2JS.translateRegExp(typed), ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
	const find: Pattern['find'] = (text, from) => {
		const searched = text.slice(0, searchedLength);
		if (from > searched.length) return null;
		const matcher = expression.matcher(searched);
		return matcher.find(from) ? [matcher.start(), matcher.end()] : null;
	};
	return { find, test: text => expression.test(text.slice(0, searchedLength)) };
}
