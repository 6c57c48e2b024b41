import { readFileSync } from 'node:fs';
import { Validator } from '@cfworker/json-schema';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { configSchema, schemaText } from '../../scripts/config-schema.ts';
import { environmentVariables } from '../../source/command-line/rows/options.ts';
import { options, variableOf } from '../../source/config/options.ts';
import { configFileSchema } from '../../source/config/schema.ts';
import { colourNames, symbolChoices, themeChoices, tones } from '../../source/model/settings/looks.ts';
import { actionsFor } from '../../source/ui/actions/table.ts';

const documents = new URL('../../docs/', import.meta.url);
const pages = ['configuration.md', 'configuration.ko.md'].map(name => readFileSync(new URL(name, documents), 'utf8'));
const [page = '', koreanPage = ''] = pages;
/** Dotted names of all fields in the schema, except those in lists and maps of names. */
function fieldsOf(schema: unknown, above: readonly string[] = []): string[] {
	const { $ref, properties } = Object(schema);
	if (typeof $ref === 'string')
		return fieldsOf(configSchema().definitions?.[$ref.replace('#/definitions/', '')], above);
	const inner = Object.entries(Object(properties));
	if (inner.length === 0 || above[0] === 'keys' || above[0] === 'colours') return [above.join('.')];
	return inner.flatMap(([name, field]) => fieldsOf(field, [...above, name]));
}

test('every field of the schema has an option, and every option is in the page', () => {
	const fields = fieldsOf(configSchema());
	expect([...options.map(option => option.key), 'profile', 'profiles'].toSorted()).toEqual(fields.toSorted());
	for (const text of pages) {
		for (const field of fields) expect(text).toContain(`| \`${field}\` |`);
		for (const option of options) {
			const variable = variableOf(option);
			if (variable) expect(text).toContain(`\`${variable}\``);
		}
	}
});

test('both pages name every setting that an untrusted file may not have', () => {
	const named = (text: string, heading: string) => {
		const [, section = ''] = text.split(`\n## ${heading}\n`);
		const cells = section.split(/\n## /)[0]?.matchAll(/^\| ([^|]+) \|/gm) ?? [];
		return [...cells].flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name)).toSorted();
	};
	// Each server has its own ones.
	const risky = options.filter(one => one.risk).map(({ key }) => key.replace(/^\w+\.(?=password|token)/, ''));
	expect(named(page, 'Trust')).toEqual([...new Set(risky)].toSorted());
	expect(named(koreanPage, '신뢰')).toEqual(named(page, 'Trust'));
});

test('help and man page name every variable', () => {
	const named = environmentVariables.map(([names]) => names).join(', ');
	for (const option of options) {
		for (const variable of [variableOf(option), option.foreign?.name]) {
			if (variable) expect(named.split(', ')).toContain(variable.replace(/(PASSWORD|TOKEN)_(FILE|COMMAND)$/, '$1'));
		}
	}
});

test('every field has a description for editors', () => {
	const silent: string[] = [];
	const look = (schema: unknown, path: string): void => {
		const { $ref, description, properties } = Object(schema);
		if (path && !$ref && typeof description !== 'string') silent.push(path);
		for (const [name, field] of Object.entries(Object(properties))) look(field, `${path}/${name}`);
	};
	const schema = configSchema();
	look(schema, '');
	for (const [name, definition] of Object.entries(schema.definitions ?? {})) look(definition, name);
	expect(silent).toEqual([]);
});

test('the page names every theme, set of symbols, colour name and meaning', () => {
	for (const name of [...themeChoices, ...symbolChoices, ...Object.keys(tones)])
		for (const text of pages) expect(text).toContain(`\`${name}\``);
	for (const [tone, meaning] of Object.entries(tones)) expect(page).toContain(`| \`${tone}\` | ${meaning} |`);
	for (const name of colourNames.filter(name => !name.startsWith('bright'))) expect(page).toContain(`\`${name}\``);
});

const validator = new Validator(JSON.parse(schemaText()), '7');

test('the examples of page and readme are understood, by laketop and by an editor', () => {
	const readme = readFileSync(new URL('../readme.md', documents), 'utf8');
	const examples = [...`${page}\n${readme}`.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
	expect(examples.length).toBeGreaterThan(3);
	for (const text of examples) {
		const content: unknown = parse(text);
		expect(validator.validate(content).errors, text).toEqual([]);
		const { data, error } = configFileSchema.safeParse(content);
		expect(error, text).toBeUndefined();
		const keys = Object.entries(data?.keys ?? {}).map(([actionId, key]) => ({
			actionId,
			keys: key === null ? [] : [key].flat().map(String),
			where: text,
		}));
		expect(() => actionsFor({}, keys)).not.toThrow();
	}
});

test.each([
	['{}', true],
	['profiles: { a: , b: { keys: { restart: 5 }, colours: { bad: 12 } } }', true],
	['dagg: x', false],
	['airflow: { pasword: x }', false],
	['airflow: { url: 3 }', false],
	['profiles: { a: { profile: x } }', false],
	['profiles: { a: { keys: { restrat: x } } }', false],
	['keys: { restart: [] }', false],
	['colours: { nice: red }', false],
	['colours: { bad: reddish }', false],
	['colours: { bad: "#12345" }', false],
	['colours: { bad: 256 }', false],
	['theme: pink', false],
	['stats_interval: 0.5', false],
	['pages: [{ name: x }]', false],
])('an editor judges %s as laketop does (%s)', (text, isRight) => {
	const content: unknown = parse(text);
	expect(validator.validate(content).valid).toBe(isRight);
	// Action ids are checked by the keymap, which knows them.
	if (!text.includes('restrat')) expect(configFileSchema.safeParse(content).success).toBe(isRight);
});
