import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dagShape } from '../../../source/selectors/graph-grid-gantt/dag-shape.ts';
import { gridRowsOf } from '../../../source/selectors/graph-grid-gantt/grid-rows.ts';

const rowsOf = (taskIds: readonly string[], folded: readonly string[]) =>
	gridRowsOf(dagShape([], taskIds.join('\n')), folded);
const drawn = (taskIds: readonly string[], folded: readonly string[] = []) =>
	rowsOf(taskIds, folded).map(
		({ name, depth, isOpen }) => `${'  '.repeat(depth)}${isOpen === null ? '' : isOpen ? '- ' : '+ '}${name}`,
	);

test('groups are what several ids have before a dot; they are together at their first task', () => {
	const ids = ['start', 'extract.orders', 'load', 'extract.users', 'extract.web.clicks', 'extract.web.views', 'v1.2'];
	expect(drawn(ids)).toEqual([
		'start',
		'- extract',
		'  orders',
		'  users',
		'  - web',
		'    clicks',
		'    views',
		'load',
		'v1.2',
	]);
	expect(drawn(ids, ['group extract'])).toEqual(['start', '+ extract', 'load', 'v1.2']);
	expect(drawn(ids, ['group extract.web'])).toEqual([
		'start',
		'- extract',
		'  orders',
		'  users',
		'  + web',
		'load',
		'v1.2',
	]);
});

test('a task whose id is that of a group', () => {
	expect(drawn(['a', 'a.b', 'a.c'])).toEqual(['a', '- a', '  b', '  c']);
});

test('property: unfolded, every task has exactly one row; folded, each task is below exactly one row', () => {
	const id = fc
		.array(fc.constantFrom('a', 'b', 'c', 'run'), { minLength: 1, maxLength: 4 })
		.map(parts => parts.join('.'));
	fc.assert(
		fc.property(fc.uniqueArray(id, { maxLength: 30 }), fc.array(fc.nat(20), { maxLength: 5 }), (ids, picks) => {
			const all = rowsOf(ids, []);
			expect(all.flatMap(row => (row.isOpen === null ? row.taskIds : [])).toSorted()).toEqual(ids.toSorted());
			const groups = all.filter(({ isOpen }) => isOpen !== null);
			const folded = picks.flatMap(pick => groups[pick]?.id ?? []);
			const rows = rowsOf(ids, folded);
			expect(rows.flatMap(row => (row.isOpen === true ? [] : row.taskIds)).toSorted()).toEqual(ids.toSorted());
			expect(new Set(rows.map(row => row.id)).size).toBe(rows.length);
		}),
	);
});
