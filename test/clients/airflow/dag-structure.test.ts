import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { AirflowConnection } from '../../../source/clients/airflow/connection.ts';
import * as dagAnswers from '../../../source/clients/airflow/dag-answers.ts';
import { gridDataAnswer, placedTasks, structureDataAnswer } from '../../../source/clients/airflow/dag-structure.ts';
import { type DemoStack, startDemo } from '../../../source/demo/index.ts';
import type { DagTask } from '../../../source/model/airflow/pipeline.ts';
import { dag, task } from '../../given/mapped-dag.ts';
import { closeLater, type Scripted, scriptedServer } from './scripted-server.ts';

/** Task groups and setups, which only the web pages of Airflow have. */
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

const recorded = (file: string): unknown =>
	JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/recorded', file), 'utf8'));
/** Answers about DAGs of test/e2e/official/dags/shapes.py. */
const generations = [
	{ from: 'airflow-2.8.0', read: (file: string) => gridDataAnswer.parse(recorded(file)) },
	{ from: 'airflow-3.3.2', read: (file: string) => structureDataAnswer.parse(recorded(file)) },
];
const groupsOf = (tasks: readonly DagTask[]) =>
	Object.fromEntries(tasks.map(({ taskId, groupIds }) => [taskId, groupIds?.join(' > ')]));

describe.each(generations)('as recorded from $from', ({ from, read }) => {
	const tasksOf = (dagId: string) =>
		placedTasks(
			dagAnswers.tasksAnswer.parse(recorded(`${from}/shapes/${dagId}.tasks.json`)),
			read(`${from}/shapes/${dagId}.structure.json`),
		);

	test('nested groups, one of a single task, one without a prefix; dots in plain ids are none', () => {
		expect(groupsOf(tasksOf('shape_groups'))).toEqual({
			...{ first: '', 'dotted.left': '', 'dotted.right': '' },
			...{ 'outer.inner.deepest.one': 'outer > outer.inner > outer.inner.deepest' },
			...{ 'outer.inner.deepest.two': 'outer > outer.inner > outer.inner.deepest' },
			...{ 'outer.inner.beside': 'outer > outer.inner', 'outer.single.only': 'outer > outer.single' },
			...{ 'outer.after_inner': 'outer', bare: 'plain', 'within.dressed': 'plain > within' },
		});
	});

	test('setups and teardowns', () => {
		const roles = tasksOf('shape_setup').map(({ taskId, role = null }) => [taskId, role]);
		expect(Object.fromEntries(roles)).toEqual({
			...{ create: 'setup', use: null, report: null, delete: 'teardown' },
			...{ 'cluster.start': 'setup', 'cluster.work': null, 'cluster.stop': 'teardown' },
		});
	});

	test('tasks of a mapped group expand with it', () => {
		const mapped = tasksOf('shape_mapped').flatMap(({ taskId, isMapped }) => (isMapped ? taskId : []));
		expect(mapped.toSorted()).toEqual(['grouped.some', 'listed', 'many', 'nothing', 'parts.check', 'parts.store']);
	});
});

const grouped = dag('grouped', [
	task('make', { downstream: ['use'], setup: true }),
	task('use', { downstream: ['clean'], groups: ['plain'] }),
	task('dotted.alone', { groups: [] }),
	task('one.only'),
	task('clean', { triggerRule: 'all_done_setup_success' }),
]);

describe.each(['2', '2.10', '3'] as const)('the embedded Airflow %s', airflow => {
	async function start(): Promise<{ demo: DemoStack; client: AirflowConnection }> {
		const demo = await startDemo({ autonomous: false, airflow, dags: [grouped] });
		const client = new AirflowConnection(demo.airflowUrl, { username: 'admin', password: 'admin' });
		closing.push(
			() => client.close(),
			() => demo.close(),
		);
		return { demo, client };
	}

	test('tasks come in their groups; unchanged ones are the same list', async () => {
		const { client } = await start();
		const tasks = await client.tasks('grouped');
		expect(groupsOf(tasks)).toEqual({ make: '', use: 'plain', 'dotted.alone': '', 'one.only': 'one', clean: '' });
		expect(Object.fromEntries(tasks.map(({ taskId, role = null }) => [taskId, role]))).toMatchObject({
			...{ make: 'setup', use: null, clean: 'teardown' },
		});
		expect(await client.tasks('grouped')).toBe(tasks);
	});
});

/** A server of Airflow 3 with two tasks, whose page of groups answers this. */
async function answering(structure: Scripted) {
	const { url, asked } = await scriptedServer(({ line }) => {
		if (line === 'GET /api/v2/version') return [200, { version: '3.3.2' }];
		if (line === 'GET /api/v2/dags/d/tasks') return [200, { tasks: [{ task_id: 'g.a' }, { task_id: 'g.b' }] }];
		return line === 'GET /ui/structure/structure_data?dag_id=d' ? structure : undefined;
	});
	const client = closeLater(new AirflowConnection(url, { username: 'admin', password: '', token: 't0ken' }));
	const pages = () => asked.filter(({ line }) => line.includes('/ui/')).length;
	return { client, pages };
}

test.each([
	['a proxy that lets only the API through', [403, { detail: 'Forbidden' }]],
	['a version without it', [404, { detail: 'Not Found' }]],
	['the page of a web interface', [200, '<!doctype html><html></html>']],
] satisfies [string, Scripted][])('%s: the groups stay unknown, and it is asked once', async (_, answer) => {
	const { client, pages } = await answering(answer);
	const tasks = await client.tasks('d');
	expect(tasks.map(({ taskId, groupIds }) => [taskId, groupIds])).toEqual([
		['g.a', undefined],
		['g.b', undefined],
	]);
	expect(await client.tasks('d')).toBe(tasks);
	expect(pages()).toBe(1);
});

test('a server that is busy is asked again', async () => {
	const { client, pages } = await answering([503, 'busy']);
	expect((await client.tasks('d')).map(({ groupIds }) => groupIds)).toEqual([undefined, undefined]);
	await client.tasks('d');
	expect(pages()).toBe(2);
});

test('nodes without end, or of any kind, are limited and left out', async () => {
	let nested: unknown = { id: 'g.a', is_mapped: true };
	for (let depth = 0; depth < 36; depth++) nested = { id: `g${depth}`, children: [nested] };
	const { client } = await answering([200, { nodes: [nested, 7, null, { id: 'g.b', setup_teardown_type: 'no' }, []] }]);
	expect((await client.tasks('d')).map(({ groupIds, role }) => [groupIds, role])).toEqual([
		[undefined, undefined],
		[[], undefined],
	]);
});
