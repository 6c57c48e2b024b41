/** DAGs of every shape on a real Airflow: what laketop says of them is what Airflow says, cell by cell. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { documents } from '../../../source/command-line/json/documents.ts';
import { documentOf } from '../../commands/harness.ts';
import type { AirflowApi, Generation } from '../airflow-api.ts';
import { type Laketop, until } from '../stack.ts';
import { squaresOf, type Truth, truthOf } from './airflow-truth.ts';
import * as cells from './cells.ts';
import { pictureCells, squareCells } from './grid-picture.ts';

export type ShapesStack = {
	readonly generation: Generation;
	readonly api: AirflowApi;
	readonly laketop: Laketop;
	/** A file in the folder of DAGs. */
	readonly dagFile: string;
};

const source = join(import.meta.dirname, '../official/dags');
const files = ['shapes.py', 'changing.py'];
/** What they run through is over in a minute on an idle machine; this is what a busy one may take, ms. */
const endMs = 240_000;

const dagsAnswer = z.object({ dags: z.array(z.object({ dag_id: z.string(), is_paused: z.boolean() })) });
const tasksAnswer = z.object({ tasks: z.array(z.object({ task_id: z.string() })) });

/** Each DAG, and states that a run of it must have at its end: otherwise the comparison would have nothing to compare. */
const shapes: Readonly<Record<string, readonly string[]>> = {
	shape_rules: ['success', 'failed', 'skipped', 'upstream_failed'],
	shape_groups: ['success'],
	shape_mapped: ['success', 'failed', 'skipped', 'upstream_failed'],
	shape_wide: ['success'],
	shape_branch: ['success', 'skipped'],
	shape_setup: ['success', 'failed', 'upstream_failed'],
	shape_empty: [],
};
const waits = 'shape_waits';
/** States of tasks that wait, each of which has to be seen while they do. */
const waiting = ['running', 'up_for_reschedule', 'deferred', 'up_for_retry'];

/** Defines the tests. They leave DAGs with newer runs than those of the stack's own. */
export function shapesSuite(stackOf: () => ShapesStack): void {
	const folder = () => join(stackOf().dagFile, '..');
	const runId = `shape_${Date.now()}`;
	const truth = (dagId: string, id = runId) => truthOf(stackOf().api, stackOf().generation, dagId, id);
	const squares = (dagId: string, id = runId) => squaresOf(stackOf().api, stackOf().generation, dagId, id);
	/** What a command prints; 1 is the exit code for a run that failed. A busy server may be too slow for one attempt. */
	const output = async (words: readonly string[]): Promise<string> => {
		let stdout = '';
		await until(async () => {
			const ran = await stackOf().laketop(words);
			expect(ran.code, `${words.join(' ')}: ${ran.stdout.slice(0, 500)}${ran.stderr}`).toBeLessThanOrEqual(1);
			stdout = ran.stdout;
		}, endMs);
		return stdout;
	};
	const printed = async <Schema extends z.ZodMiniType>(schema: Schema, ...words: string[]): Promise<z.infer<Schema>> =>
		documentOf(schema, await output([...words, '--json']));

	/** Waits for the end of a run; its task states are those that the next step is about. */
	const ended = async (dagId: string, id = runId): Promise<Truth> => {
		let known: Truth | undefined;
		await until(async () => {
			known = await truth(dagId, id);
			expect(known.run.state, dagId).toMatch(/^(success|failed)$/);
		}, endMs);
		if (!known) throw new Error('no run');
		return known;
	};

	/** What laketop prints of a run, as cells. */
	const laketopCells = async (dagId: string, id: string) => {
		const of = [dagId, '--run', id];
		const tasks = await printed(documents.tasks, 'tasks', ...of);
		const graph = await printed(documents.graph, 'graph', ...of);
		const gantt = await printed(documents.gantt, 'gantt', ...of);
		return { tasks, graph, gantt };
	};
	const runDifferences = (printedOnes: Awaited<ReturnType<typeof laketopCells>>, airflow: Truth) => ({
		tasks: cells.differences(cells.tasksCells.laketop(printedOnes.tasks), cells.tasksCells.airflow(airflow)),
		graph: cells.differences(cells.graphCells.laketop(printedOnes.graph), cells.graphCells.airflow(airflow)),
		gantt: cells.differences(cells.ganttCells.laketop(printedOnes.gantt), cells.ganttCells.airflow(airflow)),
		path: cells.pathProblems(printedOnes.gantt, printedOnes.graph),
		order: cells.orderProblems(printedOnes.graph),
	});
	const none = { tasks: [], graph: [], gantt: [], path: [], order: [] };

	/** The whole of a run that has ended, in all four views and the picture of the grid. */
	const compareEnded = async (dagId: string, id = runId) => {
		const airflow = await ended(dagId, id);
		const ran = await laketopCells(dagId, id);
		const grid = await printed(documents.grid, 'grid', dagId);
		const picture = await output(['grid', dagId]);
		const page = await squares(dagId, id);
		expect(runDifferences(ran, airflow), dagId).toEqual(none);
		expect(cells.squareCounts(airflow, page), dagId).toEqual([]);
		expect(
			cells.differences(cells.gridCells.laketop(grid, id), cells.gridCells.airflow(airflow, page)),
			`grid of ${dagId}`,
		).toEqual([]);
		return { airflow, picture, page };
	};

	beforeAll(async () => {
		const { api } = stackOf();
		for (const file of files) copyFileSync(join(source, file), join(folder(), file));
		const wanted = [...Object.keys(shapes), waits, 'changing'];
		await until(async () => {
			const { dags } = dagsAnswer.parse(await api.request('dags?limit=100'));
			const ready = dags.filter(one => !one.is_paused).map(({ dag_id }) => dag_id);
			expect(ready).toEqual(expect.arrayContaining(wanted));
		});
		// What waits first: the others go on meanwhile.
		for (const dagId of [waits, ...wanted.filter(one => one !== waits)]) await api.start(runId, {}, dagId);
	}, 300_000);

	test('a run under way: sensors in both modes, deferred, waiting for a retry; then its end', async () => {
		const seen = new Set<string>();
		await until(async () => {
			const before = await truth(waits);
			const ran = await laketopCells(waits, runId);
			const after = await truth(waits);
			// Only what did not change meanwhile can be compared.
			expect([...cells.tasksCells.airflow(after)]).toEqual([...cells.tasksCells.airflow(before)]);
			expect(runDifferences(ran, after)).toEqual({ ...none, path: expect.anything() });
			for (const { state } of after.instances) seen.add(state ?? 'none');
			expect([...seen]).toEqual(expect.arrayContaining(waiting));
		}, endMs);
		writeFileSync(join(folder(), `open.${runId}`), '');
		const { airflow } = await compareEnded(waits);
		expect(airflow.run.state).toBe('success');
		const again = airflow.instances.find(({ task_id }) => task_id === 'again');
		expect(again?.state).toBe('success');
		expect(again?.try_number).toBeGreaterThan(1);
	}, 600_000);

	test.each(Object.entries(shapes))(
		'%s',
		async (dagId, states) => {
			const { airflow, picture, page } = await compareEnded(dagId);
			expect(new Set(airflow.instances.map(({ state }) => state ?? 'none'))).toEqual(new Set(states));
			const expected = squareCells(airflow, page);
			if (expected.size > 0) expect(cells.differences(pictureCells(picture, expected), expected)).toEqual([]);
		},
		300_000,
	);

	test('sizes: 300 tasks, 200 instances, and some of them in a group', async () => {
		const { tasks } = await printed(documents.graph, 'graph', 'shape_wide', '--run', runId);
		expect(tasks).toHaveLength(300);
		const mapped = await printed(documents.graph, 'graph', 'shape_mapped', '--run', runId);
		const instances = mapped.tasks.map(one => [
			one.task_id,
			one.states.reduce((sum, { instances: number }) => sum + number, 0),
		]);
		expect(Object.fromEntries(instances)).toMatchObject({
			...{ many: 200, 'grouped.some': 20, listed: 5, nothing: 1, 'parts.check': 3, 'parts.store': 3 },
		});
	});

	test('tasks that are removed and added between two runs, and a run that is cleared over both', async () => {
		const { api, generation } = stackOf();
		const path = join(folder(), 'changing.py');
		const first = await compareEnded('changing');
		expect(first.airflow.instances.map(({ task_id }) => task_id)).toContain('old.goes_too');
		writeFileSync(path, readFileSync(path, 'utf8').replace('version = 1', 'version = 2'));
		await until(async () => {
			const { tasks } = tasksAnswer.parse(await api.request('dags/changing/tasks'));
			expect(tasks.map(({ task_id }) => task_id).toSorted()).toEqual(['comes', 'keeps', 'parts']);
		});
		// The run of the earlier version, as it was.
		await compareEnded('changing');
		const second = `${runId}_second`;
		await api.start(second, {}, 'changing');
		await compareEnded('changing', second);
		await api.request(
			'dags/changing/clearTaskInstances',
			{
				...{ dry_run: false, dag_run_id: runId, task_ids: ['keeps'], only_failed: false, reset_dag_runs: true },
				...(generation === 3 ? { run_on_latest_version: true } : {}),
			},
			'POST',
		);
		const { airflow } = await compareEnded('changing', runId);
		expect(airflow.instances.filter(({ state }) => state === 'removed').length).toBeGreaterThan(0);
	}, 600_000);
}
