import { afterEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { AirflowApi } from '../e2e/airflow-api.ts';
import { type Truth, truthOf } from '../e2e/shapes/airflow-truth.ts';
import * as cells from '../e2e/shapes/cells.ts';
import { pictureCells, squareCells } from '../e2e/shapes/grid-picture.ts';
import { dag, task } from '../given/mapped-dag.ts';
import { addressesOf, documentOf, runLaketop } from './harness.ts';

/** The comparison of test/e2e/shapes with the embedded servers; on real ones it is part of the suite of official stacks. */
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

const runsAnswer = z.object({ dag_runs: z.array(z.object({ dag_run_id: z.string() })) });
const grouped = dag('grouped', [
	task('make', { downstream: ['outer.inner.one'], setup: true }),
	task('outer.inner.one', { downstream: ['bare'] }),
	task('bare', { downstream: ['clean'], groups: ['plain'] }),
	task('dotted.alone', { groups: [] }),
	task('clean', { triggerRule: 'all_done_setup_success' }),
]);

async function start(generation: 2 | 3) {
	const demo = await startDemo({ autonomous: false, airflow: `${generation}`, dags: [grouped] });
	closing.push(() => demo.close());
	const login = { user: 'admin', password: 'admin' };
	const api = new AirflowApi({ address: demo.airflowUrl, ...login, generation, dagId: 'grouped' });
	return { demo, api };
}

const printed = async <Schema extends z.ZodMiniType>(
	demo: DemoStack,
	schema: Schema,
	...words: string[]
): Promise<z.infer<Schema>> => {
	const { stdout, stderr } = await runLaketop([...addressesOf(demo), ...words, '--json'], {
		compose: demo.compose,
	});
	expect(stdout, stderr).not.toBe('');
	return documentOf(schema, stdout);
};

/** Differences between what is printed of a run and what is true of it. */
async function compared(demo: DemoStack, airflow: Truth, dagId: string, dagRunId: string) {
	const of = [dagId, '--run', dagRunId] as const;
	const [tasks, graph, gantt] = [
		await printed(demo, documents.tasks, 'tasks', ...of),
		await printed(demo, documents.graph, 'graph', ...of),
		await printed(demo, documents.gantt, 'gantt', ...of),
	];
	return {
		tasks: cells.differences(cells.tasksCells.laketop(tasks), cells.tasksCells.airflow(airflow)),
		graph: cells.differences(cells.graphCells.laketop(graph), cells.graphCells.airflow(airflow)),
		gantt: cells.differences(cells.ganttCells.laketop(gantt), cells.ganttCells.airflow(airflow)),
		order: cells.orderProblems(graph),
	};
}
const none = { tasks: [], graph: [], gantt: [], order: [] };

test.each([2, 3] as const)('Airflow %i: runs as Airflow has them; and what differs is found', async generation => {
	const { demo, api } = await start(generation);
	const dagId = 'store_sales_nightly';
	const { dag_runs } = runsAnswer.parse(await api.request(`dags/${dagId}/dagRuns`));
	const id = dag_runs.at(-1)?.dag_run_id ?? '';
	const truth = await truthOf(api, generation, dagId, id);
	expect(truth.instances.length).toBeGreaterThan(20);
	expect(await compared(demo, truth, dagId, id)).toEqual(none);

	const [first, ...others] = truth.instances;
	if (!first) throw new Error('no instance');
	const states = await compared(
		demo,
		{ ...truth, instances: [{ ...first, state: 'upstream_failed' }, ...others] },
		dagId,
		id,
	);
	expect([states.tasks.length, states.graph.length]).toEqual([1, 1]);
	const missing = await compared(demo, { ...truth, instances: others }, dagId, id);
	expect([missing.tasks.length, missing.gantt.length]).toEqual([1, 1]);
	const places = new Map([...truth.places, ['report', { groups: ['elsewhere'], isMapped: false, role: null }]]);
	expect((await compared(demo, { ...truth, places }, dagId, id)).graph).toHaveLength(1);

	const runId = demo.scenario.triggerRun({}, 'grouped');
	for (const { taskId } of grouped.tasks) demo.scenario.setTaskState(runId, taskId, 'success');
	// Queued again it has a start, whether the demo's scheduler came by in between or not.
	for (const state of ['queued', 'success']) demo.scenario.setRunState(runId, state);
	const inGroups = await truthOf(api, generation, 'grouped', runId);
	expect(inGroups.run.start_date).not.toBeNull();
	expect(await compared(demo, inGroups, 'grouped', runId)).toEqual(none);
	const grid = await printed(demo, documents.grid, 'grid', 'grouped');
	expect(cells.differences(cells.gridCells.laketop(grid, runId), cells.gridCells.airflow(inGroups, new Map()))).toEqual(
		[],
	);
	const picture = await runLaketop([...addressesOf(demo), 'grid', 'grouped'], { compose: demo.compose });
	const success = { state: 'success', states: null };
	const squares = new Map(
		[...inGroups.places].flatMap(([taskId, { groups }]) => [taskId, ...groups].map(one => [one, success] as const)),
	);
	const expected = squareCells(inGroups, squares);
	expect(expected.size).toBe(8);
	expect(cells.differences(pictureCells(picture.stdout, expected), expected)).toEqual([]);
	const other = squareCells(inGroups, new Map([...squares, ['outer.inner', { state: 'failed', states: null }]]));
	expect(cells.differences(pictureCells(picture.stdout, other), other)).toHaveLength(1);
});
