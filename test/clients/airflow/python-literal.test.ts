import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pythonTuples } from '../../../source/clients/airflow/python-literal.ts';
import { pythonRepr } from '../../../source/demo/airflow-server/python-text.ts';

test.each([
	["[('host', 'a\\nb')]", [['host', 'a\nb']]],
	["[(\"it's\", 'x')]", [["it's", 'x']]],
	["[('', 'both \\' and \" \\\\ \\t \\x1b \\ud55c \\U0001f642')]", [['', 'both \' and " \\ \t \u001b 한 🙂']]],
	[
		"[('a', 'b'), ('c', 'd')]",
		[
			['a', 'b'],
			['c', 'd'],
		],
	],
	['[]', []],
	["[('cut", null],
	['a traceback', null],
	["[('a', 'b')] and more", null],
])('%s', (source, tuples) => {
	expect(pythonTuples(source)).toEqual(tuples);
});

test('the recorded logs of Airflow 2.8', () => {
	for (const name of ['task-log.json', 'task-log.failed.json', 'task-log.running.json', 'task-log.continued.json']) {
		const path = join(import.meta.dirname, '../../fixtures/recorded/airflow-2.8.0', name);
		const { content }: { content: string } = JSON.parse(readFileSync(path, 'utf8'));
		expect(pythonTuples(content), name).toHaveLength(1);
	}
});

test("property: what Python's repr writes is read back", () => {
	// Not fast-check's own unit `binary`: it makes a table of all of Unicode first, which takes seconds.
	const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0x10ffff }).map(code => String.fromCodePoint(code)) });
	fc.assert(
		fc.property(anyText, anyText, (host, text) => {
			const all = [host.toWellFormed(), text.toWellFormed()];
			expect(pythonTuples(`[(${all.map(pythonRepr).join(', ')})]`)).toEqual([all]);
		}),
	);
});
