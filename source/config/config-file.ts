import * as z from 'zod/mini';
import type { $ZodIssue } from 'zod/v4/core';
import { readRegularFile } from '../clients/regular-file.ts';
import { ConfigError } from '../model/config-error.ts';
import { didYouMean } from '../model/nearest.ts';
import { type ConfigFile, configFileSchema } from './schema.ts';
import { parseYaml, valuesOf, YamlProblem } from './yaml-document.ts';

export type ReadConfigFile = {
	readonly path: string;
	/** As it was read. */
	readonly text: string;
	readonly content: ConfigFile;
	/** Line, from 1, of the key at the end of a path such as `airflow`, `url`; null where it cannot be told. */
	readonly lineOf: (keys: readonly PropertyKey[]) => number | null;
};

/** Reads and checks a `laketop.yaml`. Throws ConfigError with the line of what cannot be understood. */
export async function readConfigFile(path: string): Promise<ReadConfigFile> {
	let text: string;
	try {
		text = readRegularFile(path, { limitBytes });
	} catch (error) {
		throw new ConfigError(
			`${path}: cannot be read (${error instanceof Error ? error.message : error})`,
			'Check the path and its permissions',
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
	const { keys, words } = issue ? issueWords(issue) : { keys: [], words: 'not understood' };
	const line = lineOf(keys);
	throw new ConfigError(
		`${path}${line === null ? '' : `:${line}`}: ${keys.map(String).join('.') || 'the whole file'}: ${words}`,
		fix,
	);
}

/** Some 700 lines: a file of anybody's may lie in the current folder, and is parsed before it is trusted. */
const limitBytes = 32_000;

/** Of a file's YAML. Throws ConfigError with the place of what cannot be understood. */
async function understood<Result>(path: string, work: () => Result | Promise<Result>): Promise<Result> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof YamlProblem)) throw error;
		const place = [path, error.line, error.column].filter(part => part !== null).join(':');
		throw new ConfigError(`${place}: ${error.message}`, fix);
	}
}

const fix = 'docs/configuration.md lists the options';

/** What is wrong, without the value itself, which may be a secret; and where. */
export function issueWords(issue: $ZodIssue): { readonly keys: readonly PropertyKey[]; readonly words: string } {
	const keys = issue.path;
	switch (issue.code) {
		case 'unrecognized_keys': {
			const unknown = issue.keys[0] ?? '';
			return {
				keys: [...keys, unknown],
				words: `there is no such option${didYouMean(unknown, namesBeside(keys))}`,
			};
		}
		case 'invalid_type':
			return { keys, words: `it has to be ${typeWords[issue.expected] ?? issue.expected}` };
		case 'invalid_value':
			return { keys, words: `choose ${issue.values.map(String).join(', ')}` };
		case 'too_small':
			return { keys, words: issue.origin === 'number' ? `at least ${issue.minimum}` : 'it must not be empty' };
		case 'too_big':
			return { keys, words: `at most ${issue.maximum}` };
		default:
			return { keys, words: issue.message };
	}
}

const typeWords: Readonly<Record<string, string>> = {
	string: 'a text (put numbers and yes/no in quotes)',
	number: 'a number',
	int: 'a whole number',
	boolean: 'true or false',
	object: 'a group of options, each on a line of its own',
	record: 'a group of names, each on a line of its own',
	array: 'a list',
};

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
