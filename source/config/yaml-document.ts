import type { Document, LineCounter } from 'yaml';
import { DescribedError, describe } from '../model/failures/described-error.ts';
import { type Message, phrase, quoted } from '../words/message.ts';

/** Levels of nesting; the options themselves need four. The parser's time grows faster than the depth. */
const deepest = 50;

export type YamlDocument = { readonly document: Document; readonly lines: LineCounter };

/** Invalid YAML; `line` and `column` count from 1, null if the parser reports none. */
export class YamlProblem extends DescribedError {
	override name = 'YamlProblem';
	readonly line: number | null;
	readonly column: number | null;

	constructor(description: Message, line: number | null = null, column: number | null = null) {
		super(description);
		this.line = line;
		this.column = column;
	}
}

/**
 * Parses a text of any origin, in linear time: it is rejected if its nesting is too deep, before it reaches the parser,
 * which is synchronous and recursive. Throws YamlProblem.
 */
export async function parseYaml(text: string): Promise<YamlDocument> {
	const { isScalar, Lexer, LineCounter, parseDocument, visit } = await import('yaml');
	const line = tooDeepAt(new Lexer().lex(text));
	if (line !== null) throw new YamlProblem(tooDeep, line);
	const lines = new LineCounter();
	// Its own check for unique keys compares each with all others.
	const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'error' } as const;
	const document = withoutStacks(() => parseDocument(text, options));
	const at = (offset: number | undefined, message: Message) => {
		const place = offset === undefined ? null : lines.linePos(offset);
		return new YamlProblem(message, place?.line, place?.col);
	};
	const syntax = document.errors[0];
	if (syntax) throw at(syntax.pos[0], syntax.code === 'RESOURCE_EXHAUSTION' ? tooDeep : quoted(syntax.message));
	visit(document, {
		Map: (_key, map) => {
			const seen = new Set<unknown>();
			for (const { key } of map.items) {
				if (!isScalar(key)) continue;
				if (seen.has(key.value))
					throw at(key.range?.[0], phrase(['Map keys must be unique', '같은 키를 두 번 쓸 수 없습니다']));
				seen.add(key.value);
			}
		},
	});
	return { document, lines };
}

/** The values of a document. Throws YamlProblem if aliases would expand without end. */
export function valuesOf(document: Document): unknown {
	try {
		return document.toJS() ?? {};
	} catch (error) {
		if (error instanceof RangeError) throw new YamlProblem(tooDeep);
		throw new YamlProblem(describe(error));
	}
}

const tooDeep = phrase(['it is nested deeper than {deepest} levels', '중첩이 {deepest}단계보다 깊습니다'], { deepest });

/**
 * The line on which brackets, or the signs of lists and keys beside each other, are nested too deep; null if there is
 * none.
 */
function tooDeepAt(tokens: Iterable<string>): number | null {
	let line = 1;
	let brackets = 0;
	let signs = 0;
	for (const token of tokens) {
		if (token === '[' || token === '{') brackets++;
		else if (token === ']' || token === '}') brackets = Math.max(0, brackets - 1);
		else if (brackets === 0 && (token === '-' || token === '?' || token === ':')) signs++;
		if (brackets > deepest || signs > deepest) return line;
		const breaks = token.split('\n').length - 1;
		if (breaks > 0) signs = 0;
		line += breaks;
	}
	return null;
}

/**
 * The parser creates an error for each mistake, tens of thousands at worst; their stack traces would take most of the
 * time.
 */
function withoutStacks<Result>(work: () => Result): Result {
	const { stackTraceLimit } = Error;
	Error.stackTraceLimit = 0;
	try {
		return work();
	} finally {
		Error.stackTraceLimit = stackTraceLimit;
	}
}
