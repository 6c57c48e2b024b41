import { expect, test } from 'vitest';
import { valueText } from '../../source/presentation/value-text.ts';

const limits = { lines: 10, characters: 100 };
const textOf = (name: string, value: Parameters<typeof valueText>[1]) =>
	valueText(name, value, limits).lines.join('\n');

test('short JSON stays on one line, longer JSON is indented, also within a text', () => {
	expect(textOf('x', { rows: 3 })).toBe('{"rows":3}');
	expect(textOf('x', null)).toBe('null');
	expect(textOf('x', '{"rows": 3}')).toBe('{"rows":3}');
	expect(textOf('x', "{'rows_ingested': 10000}")).toBe("{'rows_ingested': 10000}");
	expect(textOf('x', '[not json')).toBe('[not json');
	const tables = ['customers', 'orders', 'order_items', 'returns', 'suppliers', 'stock'];
	expect(valueText('x', { tables }, { ...limits, characters: 200 }).lines.slice(0, 3)).toEqual([
		'{',
		'  "tables": [',
		'    "customers",',
	]);
});

test.each([
	['db_password', 'hunter2'],
	['conn', 'postgresql://etl:hunter2@db/shop'],
	['conf', { password: 'hunter2' }],
	['conf', '{"nested": {"api_token": "hunter2"}}'],
	['op_kwargs', "{'password': 'hunter2', 'rows': 3}"],
	['command', 'load --password=hunter2'],
])('a secret in %s is hidden', (name, value) => {
	expect(textOf(name, value)).toContain('•••');
	expect(textOf(name, value)).not.toContain('hunter2');
});

test('a long value is cut, and says so; a secret at the cut is hidden as well', () => {
	expect(valueText('x', 'a'.repeat(101), limits)).toEqual({ lines: ['a'.repeat(100)], isCut: true });
	expect(valueText('x', 'a'.repeat(100), limits).isCut).toBe(false);
	expect(valueText('x', 'line\n'.repeat(15), limits)).toMatchObject({ lines: Array(10).fill('line'), isCut: true });
	const atCut = `${'a '.repeat(45)}--password=hunter2hunter2`;
	expect(textOf('x', atCut)).not.toContain('hunter');
});
