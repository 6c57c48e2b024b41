import { expect, test } from 'vitest';
import type { DagTask } from '../../../source/model/airflow/pipeline.ts';
import { dagShape } from '../../../source/selectors/graph-grid-gantt/dag-shape.ts';

test('groups within groups, and no deeper than anybody could read', () => {
	const deep = Array.from({ length: 2000 }, () => 'a').join('.');
	const { nodes } = dagShape([], [`${deep}.x`, `${deep}.y`, 'ingest.orders', 'ingest.returns'].join('\n'));
	const groups = nodes.filter(({ isGroup }) => isGroup);
	expect(groups).toHaveLength(21);
	expect(groups.find(({ label }) => label === 'ingest')?.parent).toBeNull();
	expect(nodes.filter(({ isGroup }) => !isGroup).map(({ label }) => label.slice(-2))).toEqual(['.x', '.y', 'rs', 'ns']);
});

const defined = (taskId: string, more: Partial<DagTask> = {}): DagTask => ({
	...{ taskId, operator: 'EmptyOperator', downstreamTaskIds: [], triggerRule: 'all_success' },
	...more,
});
const shapeOf = (tasks: readonly DagTask[], more: readonly string[] = []) => {
	const { nodes } = dagShape(tasks, [...tasks.map(({ taskId }) => taskId), ...more].join('\n'));
	return nodes.map(({ id, parent, label, role }) => [parent, id, label, ...(role ? [role] : [])].join(' | '));
};

test('groups as Airflow has them: of one task, without a prefix, and none where only the ids have dots', () => {
	const tasks = [
		defined('start', { groupIds: [], role: 'setup' }),
		defined('outer.single.only', { groupIds: ['outer', 'outer.single'] }),
		defined('bare', { groupIds: ['plain'] }),
		defined('within.dressed', { groupIds: ['plain', 'within'] }),
		defined('dotted.left', { groupIds: [] }),
		defined('dotted.right', { groupIds: [] }),
	];
	expect(shapeOf(tasks, ['outer.single.removed', 'gone.alone'])).toEqual([
		' | group outer | outer',
		'group outer | group outer.single | single',
		' | group plain | plain',
		'group plain | group within | within',
		' | start | start | setup',
		'group outer.single | outer.single.only | only',
		'group plain | bare | bare',
		'group within | within.dressed | dressed',
		' | dotted.left | dotted.left',
		' | dotted.right | dotted.right',
		'group outer.single | outer.single.removed | removed',
		' | gone.alone | gone.alone',
	]);
});

test('groups that nobody could have made: inside themselves and inside each other, without a circle', () => {
	const tasks = [
		defined('a', { groupIds: ['x', 'x'] }),
		defined('b', { groupIds: ['y', 'x', 'y'] }),
		defined('c', { groupIds: Array.from({ length: 100 }, (_, index) => `g${index}`) }),
	];
	const { nodes } = dagShape(tasks, 'a\nb\nc');
	const parents = new Map(nodes.map(({ id, parent }) => [id, parent]));
	for (const { id } of nodes) {
		let depth = 0;
		for (let one: string | null = id; one !== null; one = parents.get(one) ?? null) depth++;
		expect(depth, id).toBeLessThan(25);
	}
	expect(nodes.filter(({ isGroup }) => isGroup).length).toBeLessThanOrEqual(22);
});
