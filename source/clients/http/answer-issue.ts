import type { $ZodIssue } from 'zod/v4/core';
import type { Text } from '../../words/language.ts';
import { type Message, phrase, quoted } from '../../words/message.ts';

/**
 * Where a response differs from its schema, and how: `runs[0].info.run_id is missing`. Values are left out: they may be
 * long, or secret.
 *
 * @param answer what the schema was given
 */
export function issueWords(issue: $ZodIssue, answer: unknown): Message {
	const found = furthest(issue);
	const field = fieldName(found.path);
	const words = problemOf(found, valueAt(answer, found.path));
	return field === '' ? words : phrase(['{field} {words}', '{field} {words}'], { field, words });
}

/** `runs[0].info.run_id`; names that are no words in quotes; empty for the response itself. */
function fieldName(path: readonly PropertyKey[]): string {
	return path
		.map((key, index) => {
			if (typeof key === 'number') return `[${key}]`;
			const name = String(key);
			if (!/^[\w-]{1,100}$/.test(name)) return `[${JSON.stringify(name.slice(0, 100))}]`;
			return index === 0 ? name : `.${name}`;
		})
		.join('');
}

/** Of a union that fits nowhere, the problem of the alternative that came furthest; a mere choice of types stays one. */
function furthest(issue: $ZodIssue): $ZodIssue {
	if (issue.code !== 'invalid_union') return issue;
	const [inside] = issue.errors
		.flatMap(([first]) => (first ? [furthest(first)] : []))
		.toSorted((one, other) => other.path.length - one.path.length);
	return inside === undefined || inside.path.length === 0
		? issue
		: { ...inside, path: [...issue.path, ...inside.path] };
}

function valueAt(answer: unknown, path: readonly PropertyKey[]): unknown {
	return path.reduce<unknown>(
		(value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
		answer,
	);
}

function problemOf(issue: $ZodIssue, value: unknown): Message {
	if (value === undefined) return phrase(['is missing', '없음']);
	if (issue.code === 'too_big') {
		const text = issue.origin === 'array' ? longList : issue.origin === 'string' ? longText : largeNumber;
		return phrase(text, { most: issue.maximum.toLocaleString('en-US') });
	}
	const wanted = wantedBy(issue);
	if (wanted === null) return phrase(['has an unexpected value', '값이 예상과 다름']);
	return phrase(['must be {wanted}, not {actual}', '형식이 {wanted}이(가) 아니라 {actual}'], {
		wanted,
		actual: kindOf(value),
	});
}

const longList = ['has more than {most} entries', '항목이 {most}개보다 많음'] as const satisfies Text;
const longText = ['has more than {most} characters', '길이가 {most}자보다 김'] as const satisfies Text;
const largeNumber = ['is more than {most}', '값이 {most}보다 큼'] as const satisfies Text;

/** What a field may be; null if the issue does not say. */
function wantedBy(issue: $ZodIssue): Message | null {
	switch (issue.code) {
		case 'invalid_type':
			return kind(issue.expected);
		case 'invalid_value':
			return quoted(issue.values.map(String).join(', '));
		case 'invalid_union':
			return issue.errors
				.map(([first]) => (first ? wantedBy(first) : null))
				.reduce(
					(left, right) => left && right && phrase(['{left} or {right}', '{left} 또는 {right}'], { left, right }),
				);
		default:
			return null;
	}
}

/** Kinds of JSON values, by zod's names. */
const kinds: Readonly<Record<string, Text>> = {
	string: ['text', '문자열'],
	number: ['a number', '숫자'],
	int: ['a whole number', '정수'],
	boolean: ['true or false', 'true/false'],
	array: ['a list', '목록'],
	object: ['an object', '객체'],
	record: ['an object', '객체'],
	null: ['null', 'null'],
};

function kind(name: string): Message {
	const text = kinds[name];
	return text === undefined ? quoted(name) : phrase(text);
}

function kindOf(value: unknown): Message {
	return kind(value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
}
