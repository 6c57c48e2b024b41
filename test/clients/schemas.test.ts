import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { kept } from '../../source/clients/airflow/kept-sessions.ts';
import { rawLog } from '../../source/clients/airflow/run-answers.ts';
import { secret } from '../../source/config/fields.ts';
import { configFileSchema } from '../../source/config/schema.ts';
import {
	ignored,
	linesLimit,
	objectText,
	outsideJson,
	outsideList,
	outsideText,
	shortList,
} from '../../source/model/text/outside-text.ts';
import { auditEntrySchema } from '../../source/operations/plan/audit.ts';

/** Everything that a terminal acts on, or that hides, reorders or garbles text. */
const harmful = /[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\x00-\x09\x0b-\x1f\x7f-\x9f]/u;

const hostile = [
	'a\x1b[31mb\x1b]52;c;ZXZpbA==\x07c',
	'\x9b2J\x9d0;t\x9c',
	'a\u202eb\u2066c\u200b\ufeff',
	'\ud800',
	'a\r\nb\tc\0',
	'\x1b',
	'한글'.normalize('NFD'),
	'\x1b[1m'.repeat(300_000),
	'x'.repeat(2_000_000),
];

type Schema = z.core.$ZodType;
type Leaf = { readonly path: string; readonly schema: Schema };

/** Strings, and schemas that accept anything, in a schema and all its parts. */
function leavesOf(schema: Schema, path: string, seen = new Set<Schema>()): Leaf[] {
	if (seen.has(schema) || wholes.has(schema)) return [];
	seen.add(schema);
	const { def } = schema._zod;
	const inner = (one: Schema, name = '') => leavesOf(one, path + name, seen);
	switch (def.type) {
		case 'string':
		case 'unknown':
		case 'any':
			return [{ path, schema }];
		default:
			return childrenOf(def).flatMap(([name, child]) => inner(child, name));
	}
}

/** The schemas that a definition is made of: `zod/v4/core/schemas.d.ts`, the `$Zod…Def` types. */
function childrenOf(def: object): [string, Schema][] {
	return Object.entries(def).flatMap(([name, value]): [string, Schema][] => {
		if (name === 'getter' && typeof value === 'function') return [['', value()]];
		if (name === 'shape' && isObject(value)) {
			return Object.entries(value).flatMap(([field, one]): [string, Schema][] =>
				isSchema(one) ? [[`.${field}`, one]] : [],
			);
		}
		if (isSchema(value)) return [[name === 'keyType' ? '{name}' : name === 'catchall' ? '.*' : '', value]];
		if (Array.isArray(value)) return value.filter(isSchema).map(one => ['', one]);
		return [];
	});
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

function isSchema(value: unknown): value is Schema {
	return isObject(value) && '_zod' in value;
}

/** Why a string or a value of any kind is accepted unchanged. */
const asTheyAre = new Map<Schema, string>([
	[rawLog, 'a log is cleaned line by line, with its colours read'],
	[kept, 'compared with what is sent, or sent; never shown'],
	[secret, 'sent or run exactly as it is written; never shown'],
]);
/** Of any kind: cleaned as a whole, which is tested below, or parsed by the schema of their entries next. */
const wholes = new Set<Schema>([outsideJson, objectText, ignored, shortList]);
/** Sent or run unchanged, and never shown. */
const secrets = /\.(password|token|password_command|token_command|command)$/;

const folders = ['clients', 'config'].map(folder => join(import.meta.dirname, '../../source', folder));
const files = folders.flatMap(folder =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter(name => name.endsWith('.ts'))
		.map(name => join(folder, name)),
);

/** Every schema that a module of the clients or of the configuration exports. */
const exported: Leaf[] = [{ path: 'audit', schema: auditEntrySchema }];
for (const file of files) {
	if (!/zod/.test(readFileSync(file, 'utf8'))) continue;
	const module: unknown = await import(file);
	for (const [name, value] of isObject(module) ? Object.entries(module) : []) {
		if (isSchema(value)) exported.push({ path: name, schema: value });
	}
}

function problemOf(schema: Schema): string | null {
	for (const text of hostile) {
		const parsed = (schema as z.ZodMiniType).safeParse(text);
		if (!parsed.success) continue;
		if (typeof parsed.data !== 'string') return `takes ${JSON.stringify(text.slice(0, 20))} as ${typeof parsed.data}`;
		if (harmful.test(parsed.data)) return `lets ${JSON.stringify(text.slice(0, 20))} through`;
		if (parsed.data.length > linesLimit) return 'has no limit';
	}
	return null;
}

test('each string of each schema for what comes from outside is cleaned and bounded', () => {
	expect(exported.length).toBeGreaterThan(40);
	const leaves = exported.flatMap(({ path, schema }) => leavesOf(schema, path));
	expect(leaves.length).toBeGreaterThan(90);
	const wrong = leaves
		.filter(({ path, schema }) => !asTheyAre.has(schema) && !secrets.test(path))
		.flatMap(({ path, schema }) => {
			const problem = problemOf(schema);
			return problem === null ? [] : [`${path} ${problem}`];
		});
	expect(wrong).toEqual([]);
});

test('values of any kind come out harmless, whatever their depth', () => {
	let deep: unknown = 'x\x1b[2J';
	for (let depth = 0; depth < 100_000; depth++) deep = depth % 2 ? [deep] : { 'a\x1bb': deep };
	for (const value of [deep, hostile, Object.fromEntries(hostile.map(text => [text, text]))]) {
		for (const schema of [outsideJson, objectText]) {
			const parsed = schema.parse(value);
			const text = typeof parsed === 'string' ? parsed : JSON.stringify(parsed);
			expect(harmful.test(text ?? ''), schema === outsideJson ? 'value' : 'text').toBe(false);
		}
	}
});

test('an object that goes back to its server is not changed by making it harmless', () => {
	const conf = { name: 'a\u202eb\x9b', 한글: '한글'.normalize('NFD'), rows: 5, list: ['\ud83d\udc4d\ud83c\udffd'] };
	expect(JSON.parse(objectText.parse(conf) ?? '')).toEqual(conf);
});

test('no schema for what comes from outside is hidden from this test', () => {
	const hidden = files.flatMap(file => {
		const text = readFileSync(file, 'utf8');
		if (file.endsWith('outside-text.ts') || file.endsWith('config/fields.ts')) return [];
		return [...text.matchAll(/\bz\.(?:string|unknown|any|json|looseObject)\(/g)].flatMap(match => {
			const line = text.slice(text.lastIndexOf('\n', match.index) + 1, text.indexOf('\n', match.index));
			return /export const (?:rawLog|kept) = /.test(line) ? [] : [`${file}: ${line.trim()}`];
		});
	});
	expect(hidden).toEqual([]);
});

test('the schema of the config file is among those walked', () => {
	expect(exported.some(({ schema }) => schema === configFileSchema)).toBe(true);
});

test('a list of more than 10,000 entries is refused before one of them is read', () => {
	const list = outsideList(outsideText);
	expect(list.parse(['a\x1b[1mb'])).toEqual(['ab']);
	expect(list.parse(Array(10_000).fill('a'))).toHaveLength(10_000);
	const problem = list.safeParse(Array(3_000_000).fill(7)).error;
	expect(problem?.issues).toMatchObject([{ message: 'more than 10,000 entries' }]);
});
