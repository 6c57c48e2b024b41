import * as z from 'zod/mini';
import type { $ZodIssue } from 'zod/v4/core';
import { readRegularFile } from '../clients/regular-file.ts';
import { ConfigError } from '../model/failures/config-error.ts';
import { describe } from '../model/failures/described-error.ts';
import { withSuggestion } from '../model/text/nearest.ts';
import type { Text } from '../words/language.ts';
import { type Message, phrase, quoted } from '../words/message.ts';
import { fieldProblem } from './fields.ts';
import { type ConfigFile, configFileSchema } from './schema.ts';
import { parseYaml, valuesOf, YamlProblem } from './yaml-document.ts';

export type ReadConfigFile = {
	readonly path: string;
	/** The unchanged text. */
	readonly text: string;
	readonly content: ConfigFile;
	/** Line, from 1, of the key at the end of a path such as `airflow`, `url`; null if unknown. */
	readonly lineOf: (keys: readonly PropertyKey[]) => number | null;
};

/** Reads and checks a `laketop.yaml`. Throws ConfigError with the line of the error. */
export async function readConfigFile(path: string): Promise<ReadConfigFile> {
	let text: string;
	try {
		text = readRegularFile(path, { limitBytes });
	} catch (error) {
		throw new ConfigError(
			phrase(['{path}: cannot be read ({reason})', '{path}: 읽을 수 없습니다({reason})'], {
				path,
				reason: describe(error),
			}),
			phrase(['Check the path and its permissions', '경로와 권한을 확인하세요']),
		);
	}
	const { isAlias, isMap, isScalar, isSeq } = await import('yaml');
	const { document, lines } = await understood(path, () => parseYaml(text));
	const lineOf = (keys: readonly PropertyKey[]): number | null => {
		let node: unknown = document.contents;
		let start = isMap(node) || isScalar(node) || isSeq(node) ? node.range?.[0] : undefined;
		for (const key of keys) {
			if (isAlias(node)) node = node.resolve(document);
			if (isMap(node)) {
				const pair = node.items.find(item => isScalar(item.key) && String(item.key.value) === String(key));
				if (!pair) break;
				if (isScalar(pair.key)) start = pair.key.range?.[0] ?? start;
				node = pair.value;
			} else if (isSeq(node)) {
				node = node.items[Number(key)];
				if (isMap(node) || isScalar(node)) start = node.range?.[0] ?? start;
			} else break;
		}
		return start === undefined ? null : lines.linePos(start).line;
	};
	const content = await understood(path, () => valuesOf(document));
	const parsed = configFileSchema.safeParse(content);
	if (parsed.success) return { path, text, content: parsed.data, lineOf };
	const issue = parsed.error.issues[0];
	const { keys, words } = issue ? issueWords(issue) : { keys: [], words: unclear };
	const line = lineOf(keys);
	const place = line === null ? path : `${path}:${line}`;
	const key = keys.map(String).join('.');
	throw new ConfigError(
		key === ''
			? phrase(['{place}: the whole file: {words}', '{place}: 파일 전체: {words}'], { place, words })
			: phrase(['{place}: {key}: {words}', '{place}: {key}: {words}'], { place, key, words }),
		seeOptions,
	);
}

/** About 700 lines: the current folder may hold anybody's file, which is parsed before it is trusted. */
const limitBytes = 32_000;

/** Parses a file's YAML. Throws ConfigError with the place of the error. */
async function understood<Result>(path: string, work: () => Result | Promise<Result>): Promise<Result> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof YamlProblem)) throw error;
		const place = [path, error.line, error.column].filter(part => part !== null).join(':');
		throw new ConfigError(
			phrase(['{place}: {problem}', '{place}: {problem}'], { place, problem: error.description }),
			seeOptions,
		);
	}
}

export const seeOptions = phrase([
	'docs/configuration.md lists the options',
	'옵션 목록은 docs/configuration.md에 있습니다',
]);
export const unclear = phrase(['invalid value', '잘못된 값입니다']);

/** The problem and its place, without the value itself, which may be a secret. */
export function issueWords(issue: $ZodIssue): { readonly keys: readonly PropertyKey[]; readonly words: Message } {
	const keys = issue.path;
	switch (issue.code) {
		case 'unrecognized_keys': {
			const unknown = issue.keys[0] ?? '';
			return {
				keys: [...keys, unknown],
				words: withSuggestion(phrase(['unknown option', '알 수 없는 옵션입니다']), unknown, namesBeside(keys)),
			};
		}
		case 'invalid_type':
			return {
				keys,
				words: phrase(['it must be {type}', '{type}이어야 합니다'], { type: typeOf(issue.expected) }),
			};
		case 'invalid_value':
			return {
				keys,
				words: phrase(['choose one of {values}', '{values} 중 하나를 선택하세요'], {
					values: issue.values.map(String).join(', '),
				}),
			};
		case 'too_small':
			return {
				keys,
				words:
					issue.origin === 'number'
						? phrase(['at least {least}', '{least} 이상이어야 합니다'], { least: String(issue.minimum) })
						: phrase(['it must not be empty', '비워 둘 수 없습니다']),
			};
		case 'too_big':
			return { keys, words: phrase(['at most {most}', '{most} 이하여야 합니다'], { most: String(issue.maximum) }) };
		default:
			return { keys, words: phrase(fieldProblem(issue.message)) };
	}
}

const typeWords: Readonly<Record<string, Text>> = {
	string: ['a string (put numbers and yes/no in quotes)', '문자열(숫자와 yes/no는 따옴표로 묶음)'],
	number: ['a number', '숫자'],
	int: ['a whole number', '정수'],
	boolean: ['true or false', 'true 또는 false'],
	object: ['a group of options, one per line', '한 줄에 하나씩 쓴 옵션 그룹'],
	record: ['a group of names, one per line', '한 줄에 하나씩 쓴 이름 그룹'],
	array: ['a list', '목록'],
};

function typeOf(expected: string): Message {
	const text = typeWords[expected];
	return text === undefined ? quoted(expected) : phrase(text);
}

/** Names of the options in the group at this path. */
function namesBeside(path: readonly PropertyKey[]): string[] {
	let at: unknown = configFileSchema;
	for (const key of [...path, null]) {
		while (at instanceof z.ZodMiniOptional || at instanceof z.ZodMiniNullable) at = at.def.innerType;
		if (key === null) break;
		if (at instanceof z.ZodMiniObject) at = Reflect.get(at.shape, key);
		else if (at instanceof z.ZodMiniArray) at = at.def.element;
		else if (at instanceof z.ZodMiniRecord) at = at.def.valueType;
	}
	return at instanceof z.ZodMiniObject ? Object.keys(at.shape) : [];
}
