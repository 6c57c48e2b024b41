import { expect, test } from 'vitest';
import { roomsOf, roomsText } from '../../scripts/architecture-page.ts';

const rule = (from: string, may: readonly string[], severity = 'error') => ({
	name: `${from}-direction`,
	severity,
	from: { path: `^source/${from}/` },
	to: { path: '^source/', pathNot: `^source/(${[from, ...may].join('|')})/` },
});
const rules = [
	rule('ui', ['selectors', 'model']),
	rule('selectors', ['model']),
	rule('model', []),
	{ name: 'no-circles', severity: 'error', from: {}, to: {} },
	{ name: 'no-lonely-files', severity: 'error', from: { path: '^source/' }, to: {} },
];

test('a room may import what no rule forbids, from the bottom up', () => {
	expect([...roomsOf(rules, ['ui', 'model', 'selectors'])]).toEqual([
		['model', []],
		['selectors', ['model']],
		['ui', ['model', 'selectors']],
	]);
});

test('a rule that only warns forbids nothing', () => {
	const rooms = roomsOf([rule('model', [], 'warn')], ['model', 'ui']);
	expect(rooms.get('model')).toEqual(['ui']);
});

test('an arrow leads to the nearest rooms only; the table has all of them', () => {
	const text = roomsText(roomsOf(rules, ['ui', 'model', 'selectors']));
	expect(text).toContain('    ui --> selectors\n    selectors --> model\n```');
	expect(text).not.toContain('ui --> model');
	expect(text).toContain('| `ui` | model, selectors |');
	expect(text).toContain('| `model` | no other room |');
});
