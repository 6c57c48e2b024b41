import type { Text } from '../../words/language.ts';
import { type Message, phrase, quoted } from '../../words/message.ts';
import { FilterMistake, type FilterProblem, FilterReader, identifier, wordPattern } from './run-filter-reader.ts';
import { type Compared, comparedAs } from './run-filter-words.ts';

/**
 * MLflow's filter language for runs: comparisons joined by AND, such as `metrics.accuracy > 0.9 and params.layer =
 * 'gold'` (mlflow/utils/search_utils.py, SearchUtils.parse_search_filter, which reads it with sqlparse). Filters are
 * checked before they are sent, so that the message says where the mistake is; MLflow only quotes the filter.
 */

/**
 * The first mistake; null if MLflow can read the filter. Without comparisons it selects all runs. Names that sqlparse
 * splits without quotes are a mistake, so that a few that some of its versions accept are refused.
 * @param hasNull whether this MLflow knows `IS NULL`: MLflow 3
 */
export function filterProblem(filter: string, hasNull = true): FilterProblem | null {
	try {
		const reader = new FilterReader(filter);
		if (reader.isAtEnd()) return null;
		for (;;) {
			comparison(reader, hasNull);
			if (reader.isAtEnd()) return null;
			const at = reader.skipBlanks();
			const word = reader.take(wordPattern)?.toUpperCase();
			if (word === 'AND') continue;
			throw new FilterMistake(at, phrase(word === 'OR' ? orText : andText));
		}
	} catch (error) {
		if (error instanceof FilterMistake) return error.problem;
		throw error;
	}
}

/** `character 9 ("> x"): a metric is compared with a number, such as 0.9` */
export function filterProblemText(filter: string, { at, why }: FilterProblem): Message {
	const near = filter.slice(at, at + nearLength).trim();
	return near === ''
		? phrase(['at the end: {why}', '끝부분: {why}'], { why })
		: phrase(['character {place} ("{near}"): {why}', '{place}번째 문자("{near}"): {why}'], {
				place: at + 1,
				near: quoted(near),
				why,
			});
}

const nearLength = 16;
const orText: Text = [
	'MLflow has no OR: only AND joins comparisons',
	'MLflow에는 OR가 없습니다. AND만 사용할 수 있습니다',
];
const andText: Text = ['expected AND or the end of the filter', 'AND 또는 필터의 끝이 와야 합니다'];

const comparatorPattern = /[<>=~!]+/y;
const wordComparatorPattern = /NOT\s+(?:IN|LIKE|ILIKE)\b|IS\s+NOT\s+NULL\b|IS\s+NULL\b|[A-Za-z]+/iy;
/** As sqlparse reads numbers: an exponent has no plus. */
const numberPattern = /-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE]-?\d+)?(?![\w.])/y;

function comparison(reader: FilterReader, hasNull: boolean): void {
	const name = identifier(reader);
	const compared = comparedAs(name.kind, name.key, hasNull);
	const at = reader.skipBlanks();
	const comparator = (reader.take(comparatorPattern) ?? reader.take(wordComparatorPattern) ?? '')
		.toUpperCase()
		.replaceAll(/\s+/g, ' ');
	const allowed = compared.comparators.join(' ');
	if (comparator === '')
		throw new FilterMistake(
			at,
			phrase(['expected a comparator: {allowed}', '비교 연산자가 필요합니다: {allowed}'], { allowed }),
		);
	if (!compared.comparators.includes(comparator))
		throw new FilterMistake(
			at,
			phrase(['{kind} are compared with {allowed}', '{kind} 비교 연산자: {allowed}'], {
				kind: phrase(compared.name),
				allowed,
			}),
		);
	if (comparator.startsWith('IS ')) return;
	if (comparator.endsWith('IN')) list(reader);
	else value(reader, compared);
}

function value(reader: FilterReader, { values }: Compared): void {
	const at = reader.skipBlanks();
	if (values === 'text') return text(reader, `'"`);
	if (reader.take(numberPattern) !== null) return;
	throw new FilterMistake(
		at,
		phrase(
			values === 'time'
				? [
						'a time is a number of milliseconds since 1970, such as 1764547200000',
						'시각은 1970년부터의 밀리초입니다. 예: 1764547200000',
					]
				: ['a metric is compared with a number, such as 0.9', '메트릭은 숫자와 비교합니다. 예: 0.9'],
		),
	);
}

/** A text in quotes. MLflow cuts off the quotes and nothing else, so that no quote can stand in its own kind. */
function text(reader: FilterReader, quotes: string): void {
	const at = reader.skipBlanks();
	const quote = reader.peek();
	if (quote === '' || !quotes.includes(quote))
		throw new FilterMistake(
			at,
			phrase(["expected a text in quotes, such as 'gold'", "따옴표로 감싼 값이 필요합니다. 예: 'gold'"]),
		);
	reader.takeHere(/['"]/y);
	const found = reader.takeUntil(quote);
	if (found === null) throw new FilterMistake(at, phrase(['the quote is not closed', '따옴표가 닫히지 않았습니다']));
	// sqlparse reads both as a quote inside the text, which MLflow then does not undo.
	if (found.endsWith('\\') || reader.peek() === quote)
		throw new FilterMistake(
			at,
			phrase([
				'MLflow knows no quote inside quotes: use the other kind around it',
				'따옴표 안에 같은 따옴표를 쓸 수 없습니다. 다른 종류의 따옴표로 감싸세요',
			]),
		);
}

/** `('a', 'b')`: MLflow 2 reads only single quotes here. */
function list(reader: FilterReader): void {
	const at = reader.skipBlanks();
	if (reader.take(/\(/y) === null) throw new FilterMistake(at, phrase(listText));
	do text(reader, "'");
	while (reader.take(/,/y) !== null);
	const end = reader.skipBlanks();
	if (reader.take(/\)/y) === null) throw new FilterMistake(end, phrase(listText));
}

const listText: Text = ["expected a list, such as ('a', 'b')", "목록이 필요합니다. 예: ('a', 'b')"];
