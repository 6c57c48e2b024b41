import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('../../source/commands/', import.meta.url);

/** Headings that are not translated. */
const names = ['CPU', 'DAG', 'CONF', 'URI', 'ID'];

test('heads of tables and empty tables have a text in each language', () => {
	const files = readdirSync(folder, { recursive: true }).map(String);
	const found = files
		.filter(name => /\.tsx?$/.test(name))
		.flatMap(name => [...readFileSync(new URL(name, folder), 'utf8').matchAll(/(?:title|empty): '([^'\n]+)/g)])
		.map(([, text = '']) => text)
		.filter(text => /[a-z]{2}/i.test(text) && !names.includes(text));
	expect(found).toEqual([]);
});
