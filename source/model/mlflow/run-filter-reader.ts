import { type Message, phrase, quoted } from '../../words/message.ts';
import {
	datasetKeys,
	type FilterKind,
	kindsByName,
	nameAttributes,
	textAttributes,
	timeAttributes,
} from './run-filter-words.ts';

/** Reads the names of MLflow's filter language, which its order clauses have too. */

/** A mistake in a filter: the characters before it, and what to write instead. */
export type FilterProblem = { readonly at: number; readonly why: Message };

/** Ends the reading. */
export class FilterMistake extends Error {
	readonly problem: FilterProblem;

	constructor(at: number, why: Message) {
		super('invalid filter');
		this.problem = { at, why };
	}
}

/** Words of ASCII, as MLflow's own names are. */
export const wordPattern = /[A-Za-z_]\w*/y;
const quotedNamePattern = /`[^`]+`|"[^"]+"/y;
/** What sqlparse reads as one name behind a dot; others need quotes. */
const bareNamePattern = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/uy;

/** Reads a text from its start to its end. */
export class FilterReader {
	readonly #text: string;
	#at = 0;

	constructor(text: string) {
		this.#text = text;
	}

	/** Moves over blanks; returns the number of characters before the next one. */
	skipBlanks(): number {
		while (/\s/.test(this.#text.charAt(this.#at))) this.#at++;
		return this.#at;
	}

	isAtEnd(): boolean {
		return this.skipBlanks() >= this.#text.length;
	}

	/** The text of the pattern after blanks; null if something else is there. */
	take(pattern: RegExp): string | null {
		this.skipBlanks();
		return this.takeHere(pattern);
	}

	/** The same without blanks before it. */
	takeHere(pattern: RegExp): string | null {
		pattern.lastIndex = this.#at;
		const found = pattern.exec(this.#text)?.[0] ?? null;
		if (found !== null) this.#at += found.length;
		return found;
	}

	/** The next character, without moving. */
	peek(): string {
		return this.#text.charAt(this.#at);
	}

	/** The text from here to the next one of these characters; null if there is none. */
	takeUntil(mark: string): string | null {
		const end = this.#text.indexOf(mark, this.#at);
		if (end < 0) return null;
		const found = this.#text.slice(this.#at, end);
		this.#at = end + mark.length;
		return found;
	}
}

/** `metrics.accuracy`, or an attribute without a word before it. Throws FilterMistake. */
export function identifier(reader: FilterReader): { readonly kind: FilterKind; readonly key: string } {
	const at = reader.skipBlanks();
	const quotedWord = reader.take(quotedNamePattern);
	const word = quotedWord?.slice(1, -1) ?? reader.take(wordPattern);
	if (word === null)
		throw new FilterMistake(
			at,
			phrase([
				"expected a comparison, such as metrics.accuracy > 0.9 or params.layer = 'gold'",
				"비교식이 필요합니다. 예: metrics.accuracy > 0.9, params.layer = 'gold'",
			]),
		);
	if (quotedWord !== null || reader.peek() !== '.') {
		if (isAttribute(word)) return { kind: 'attribute', key: word };
		throw new FilterMistake(
			at,
			phrase(
				[
					'write metrics.{word}, params.{word} or tags.{word}. Without such a word: {attributes}',
					'metrics.{word}, params.{word}, tags.{word} 중 하나로 쓰세요. 접두어 없이 쓰는 속성: {attributes}',
				],
				{ word: quoted(word), attributes },
			),
		);
	}
	const kind = Object.hasOwn(kindsByName, word) ? kindsByName[word] : undefined;
	if (kind === undefined)
		throw new FilterMistake(
			at,
			phrase([
				'before the dot stands metrics, params, tags, attributes or datasets, in lower case',
				'점 앞에는 metrics, params, tags, attributes, datasets 중 하나를 소문자로 씁니다',
			]),
		);
	return { kind, key: keyOf(reader, kind) };
}

const isAttribute = (word: string) =>
	[...textAttributes, ...timeAttributes, ...nameAttributes].some(name => name === word);
const attributes = [...textAttributes, 'start_time', 'end_time'].join(', ');

/** The name after `metrics.`. */
function keyOf(reader: FilterReader, kind: FilterKind): string {
	reader.takeHere(/\./y);
	const at = reader.skipBlanks();
	const key = reader.takeHere(quotedNamePattern)?.slice(1, -1) ?? reader.takeHere(bareNamePattern);
	// `metrics.val-loss` would be a subtraction.
	if (key === null || !/^[\s=<>!~]?$/.test(reader.peek()))
		throw new FilterMistake(
			at,
			phrase([
				'put a name with other characters between backticks: metrics.`val-loss`',
				'다른 문자가 있는 이름은 백틱으로 감싸세요: metrics.`val-loss`',
			]),
		);
	if (kind === 'attribute' && !isAttribute(key))
		throw new FilterMistake(
			at,
			phrase(['the attributes are {attributes}', '속성은 {attributes}입니다'], { attributes }),
		);
	if (kind === 'dataset' && !datasetKeys.includes(key))
		throw new FilterMistake(
			at,
			phrase(['of a dataset there are {keys}', '데이터셋의 항목은 {keys}입니다'], { keys: datasetKeys.join(', ') }),
		);
	return key;
}
