import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from '../../scripts/root.ts';
import { commandHelp, generalHelp } from '../../source/commands/help.ts';
import { commands } from '../../source/commands/table.ts';
import { pages, textOf } from '../docs/pages.ts';
import { avoidedWords } from './avoided.ts';
import { catalogue } from './catalogue.ts';

const linesWith = (text: string) =>
	text.split('\n').flatMap(line => avoidedWords(line).map(word => `${word}: ${line.trim()}`));

test('the texts of the program avoid the words of a translation', () => {
	const texts = catalogue();
	expect(texts.length).toBeGreaterThan(1500);
	expect(
		texts.flatMap(({ place, english, korean }) =>
			[english, korean].flatMap(text => avoidedWords(text).map(word => `${place}: ${word}: ${text}`)),
		),
	).toEqual([]);
});

test.each([undefined, ...commands])('--help avoids them: $name', command => {
	for (const language of ['en', 'ko'] as const) {
		const help = command === undefined ? generalHelp(100, language) : commandHelp(command, 100, language);
		expect(linesWith(help)).toEqual([]);
	}
});

test.each(pages)('%s avoids them', page => {
	expect(linesWith(textOf(page))).toEqual([]);
});

/** What people read besides pages: the man page, descriptions of JSON, templates, settings, and what a DAG logs. */
const others = [
	'bench/results.md',
	'docs/laketop.1',
	'docs/laketop.schema.json',
	'docs/json/*.json',
	'.github/**/*.yml',
	'.env.example',
	'package.json',
	'dags/**/*.py',
].flatMap(pattern => globSync(pattern, { cwd: root }).toSorted());

test('texts outside of pages are found', () => {
	for (const some of ['docs/laketop.1', 'docs/json/doctor.schema.json', '.env.example', 'dags/ml_pipeline_dag.py'])
		expect(others).toContain(some);
	expect(pages.filter(page => page.endsWith('.ko.md')).length).toBeGreaterThan(5);
});

test.each(others)('%s avoids them', file => {
	expect(linesWith(textOf(file))).toEqual([]);
});

// The rest of these files is for Compose: `curl --silent`.
test.each(globSync('docker-compose-*.yml', { cwd: root }))('the comments of %s avoid them', file => {
	expect(linesWith(textOf(file).replaceAll(/^[^#\n]*/gm, ''))).toEqual([]);
});

test('words are found in every form', () => {
	expect(avoidedWords('The worker is not well, and is told so')).toHaveLength(2);
	expect(avoidedWords('Restarts the worker as well as the scheduler')).toEqual([]);
	expect(avoidedWords('태스크를 일시 정지합니다')).toHaveLength(2);
	expect(avoidedWords('암호화된 연결')).toEqual([]);
});
