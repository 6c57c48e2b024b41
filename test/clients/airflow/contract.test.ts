import { afterEach, describe, test } from 'vitest';
import { AirflowConnection } from '../../../source/clients/airflow/connection.ts';
import { type DemoStack, startDemo } from '../../../source/demo/index.ts';
import { airflowVersions } from '../../../source/demo/world/versions.ts';
import type { TaskInstance } from '../../../source/model/airflow/pipeline.ts';
import { explainFailure } from '../../../source/model/airflow/task-failure.ts';
import { failureOf } from '../../../source/model/failures/failure.ts';
import { expect } from '../../english.ts';
import { mappedDag } from '../../given/mapped-dag.ts';
import { soon } from '../../patience.ts';

/** Requests and changes of the client, against the embedded Airflow of each generation. */
const dagId = 'ml_pipeline_end_to_end';
const stages = [
	...['raw_to_bronze', 'bronze_to_silver', 'silver_to_gold', 'feature_engineering'],
	...['model_training', 'model_evaluation', 'model_registry'],
];
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

const failure = async (work: Promise<unknown>) =>
	failureOf(
		await work.then(
			() => new Error('it succeeded'),
			error => error,
		),
	);

describe.each(['2', '2.10', '3'] as const)('Airflow %s', version => {
	const generation = version === '3' ? '3' : '2';
	async function start(): Promise<{ demo: DemoStack; airflow: AirflowConnection }> {
		const demo = await startDemo({ autonomous: false, airflow: version, dags: [mappedDag] });
		const airflow = new AirflowConnection(demo.airflowUrl, { username: 'admin', password: 'admin' });
		closing.push(
			() => airflow.close(),
			() => demo.close(),
		);
		return { demo, airflow };
	}
	const statesOf = async (airflow: AirflowConnection, dagRunId: string) =>
		Object.fromEntries((await airflow.taskInstances(dagId, dagRunId)).map(task => [task.taskId, task.state]));

	/** A run that failed in its second task. */
	function failedRun(demo: DemoStack): string {
		const dagRunId = demo.scenario.triggerRun();
		demo.scenario.setTaskState(dagRunId, 'raw_to_bronze', 'success');
		demo.scenario.setTaskState(dagRunId, 'bronze_to_silver', 'failed');
		for (const taskId of stages.slice(2)) demo.scenario.setTaskState(dagRunId, taskId, 'upstream_failed');
		demo.scenario.setRunState(dagRunId, 'failed');
		return dagRunId;
	}

	test('version, health, DAGs, tasks, pools', async () => {
		const { airflow } = await start();
		expect(await airflow.version()).toBe(airflowVersions[version]);
		const health = await airflow.health();
		expect(health).toMatchObject({ metadatabase: 'healthy', scheduler: 'healthy' });
		expect(health.dagProcessor).toBe(generation === '2' ? null : 'healthy');
		const dags = await airflow.dags();
		const dag = dags.find(one => one.dagId === dagId);
		expect(dag).toMatchObject({ isActive: true, hasImportErrors: false, maxActiveTasks: 16 });
		expect(dag?.fileLocation).toMatch(/^\/opt\/airflow\/dags\/.*\.py$/);
		expect(dag?.lastParsedAt).toBeGreaterThan(1e12);
		expect(dag).toMatchObject({ schedule: 'daily', periodMs: 86_400_000 });
		expect(await airflow.dag(dagId)).toEqual(dag);
		const tasks = await airflow.tasks(dagId);
		expect(tasks.map(({ taskId }) => taskId).toSorted()).toEqual(stages.toSorted());
		expect(tasks.find(({ taskId }) => taskId === 'raw_to_bronze')?.downstreamTaskIds).toEqual(['bronze_to_silver']);
		expect((await airflow.pools())[0]).toMatchObject({ name: 'default_pool', slots: 128 });
		expect(await airflow.setPoolSlots('default_pool', 64)).toMatchObject({ slots: 64 });
		expect((await airflow.pools())[0]?.slots).toBe(64);
	});

	test('runs are found by state and by date, newest first', async () => {
		const { airflow } = await start();
		for (const dagRunId of ['manual__a', 'manual__b']) await airflow.trigger({ dagId, dagRunId });
		const all = (await airflow.findRuns(dagId, { limit: 500 })).runs;
		expect(all.length).toBeGreaterThan(3);
		const failed = (await airflow.findRuns(dagId, { limit: 500, states: ['failed'] })).runs;
		expect(failed.map(run => run.dagRunId).toSorted()).toEqual(
			all
				.filter(run => run.state === 'failed')
				.map(run => run.dagRunId)
				.toSorted(),
		);
		expect((await airflow.findRuns(dagId, { limit: 2 })).runs).toHaveLength(2);
		const manual = all.filter(run => run.runType === 'manual');
		const dates = manual.map(run => run.logicalDate ?? 0).toSorted((a, b) => a - b);
		const [from = 0, to = 0] = [dates[0], dates[1]];
		const between = (await airflow.findRuns(dagId, { limit: 100, from, to: to + 1 })).runs;
		expect(between.filter(run => run.runType === 'manual').map(run => run.logicalDate)).toEqual([to, from]);
		const newest = await airflow.newestRuns([dagId, 'no_such_dag']);
		expect(newest.map(run => run.dagRunId)).toEqual([all[0]?.dagRunId]);
	});

	test('the runs in pages, those made last first; the tasks of several runs are those of each', async () => {
		const { airflow } = await start();
		const first = await airflow.pageOfRuns(dagId, 0);
		expect(first).toMatchObject({ total: 12 });
		expect(first.runs).toEqual((await airflow.findRuns(dagId, { limit: 100 })).runs);
		// Airflow 3 has no data intervals by default: a run has the date at which it is due.
		for (const { dueAt, logicalDate } of first.runs) expect(dueAt).toBeGreaterThanOrEqual(logicalDate ?? 0);
		expect((await airflow.pageOfRuns(dagId, 9)).runs).toEqual(first.runs.slice(9));
		expect((await airflow.pageOfRuns(dagId, 12)).runs).toEqual([]);
		const failed = first.runs.filter(({ state }) => state === 'failed').map(({ dagRunId }) => dagRunId);
		const page = await airflow.pageOfRuns(dagId, 1, undefined, 'failed');
		expect(page.total).toBe(failed.length);
		expect(page.runs.map(({ dagRunId }) => dagRunId)).toEqual(failed.slice(1));
		const { runs } = first;
		const wanted = [...runs.slice(0, 3), ...runs.slice(5, 9)];
		const each = await Promise.all(wanted.map(run => airflow.taskInstances(dagId, run.dagRunId)));
		const sorted = (tasks: readonly TaskInstance[]) =>
			tasks.toSorted((a, b) => `${a.dagRunId} ${a.taskId}`.localeCompare(`${b.dagRunId} ${b.taskId}`));
		expect(sorted(await airflow.taskInstancesOfRuns(wanted))).toEqual(sorted(each.flat()));
		expect(await airflow.taskInstancesOfRuns([])).toEqual([]);
		expect(await airflow.taskInstancesOfRuns(runs.slice(0, 1))).toHaveLength(7);
	});

	test('the tasks of runs among many others are asked for run by run', async () => {
		const { airflow, demo } = await start();
		for (let index = 0; index < 20; index++) demo.scenario.triggerRun();
		const { runs } = await airflow.pageOfRuns(dagId, 0);
		const ends = [runs[0], runs.at(-1)].flatMap(run => run ?? []);
		const tasks = await airflow.taskInstancesOfRuns(ends);
		expect(tasks).toHaveLength(14);
		expect(new Set(tasks.map(({ dagRunId }) => dagRunId)).size).toBe(2);
	});

	test('more runs than a page of the server holds are all found, and no more than wanted', async () => {
		const { airflow } = await start();
		const ids = Array.from({ length: 115 }, (_, index) => `manual__${index}`);
		for (const dagRunId of ids) await airflow.trigger({ dagId, dagRunId });
		const runs = (await airflow.findRuns(dagId, { limit: 110, states: ['queued', 'running'], from: 0 })).runs;
		expect(new Set(runs.map(run => run.dagRunId)).size).toBe(110);
	}, 60_000);

	test('a run is triggered with a conf, once; its times are reported', async () => {
		const { airflow, demo } = await start();
		const before = demo.scenario.now();
		const run = await airflow.trigger({ dagId, dagRunId: 'manual__ours', conf: '{"rows":5000}' });
		expect(run).toMatchObject({ dagRunId: 'manual__ours', state: 'queued', runType: 'manual', conf: '{"rows":5000}' });
		expect(run.logicalDate).toBeGreaterThanOrEqual(Math.floor(before));
		expect(run.queuedAt).toBeGreaterThanOrEqual(Math.floor(before));
		expect((await failure(airflow.trigger({ dagId, dagRunId: 'manual__ours' }))).kind).toBe('conflict');
		expect((await failure(airflow.trigger({ dagId: 'no_such_dag', dagRunId: 'x' }))).kind).toBe('not-found');
		expect((await airflow.dagRuns(dagId, 1))[0]?.dagRunId).toBe('manual__ours');
	});

	test('params and source of a DAG', async () => {
		const { airflow } = await start();
		const params = await airflow.dagParams(dagId);
		expect(params.map(param => param.name).toSorted()).toEqual(['epochs', 'fail_at', 'fail_times', 'pace', 'rows']);
		const rows = params.find(param => param.name === 'rows');
		expect(rows).toMatchObject({ value: expect.any(Number), schema: { type: 'integer' } });
		expect(rows?.description).toBeTruthy();
		const dag = await airflow.dag(dagId);
		expect(dag.fileToken).toBeTruthy();
		expect(await airflow.dagSource(dag)).toContain('DAG(dag_id="ml_pipeline_end_to_end")');
		expect((await failure(airflow.dagParams('no_such_dag'))).kind).toBe('not-found');
		const missing = { dagId: 'no_such_dag', fileToken: 'bent' };
		expect((await failure(airflow.dagSource(missing))).kind).toBe('not-found');
	});

	test('a DAG is paused and unpaused; import errors name their file in full', async () => {
		const { airflow, demo } = await start();
		expect((await airflow.setPaused(dagId, true)).isPaused).toBe(true);
		expect((await airflow.dag(dagId)).isPaused).toBe(true);
		expect((await airflow.setPaused(dagId, false)).isPaused).toBe(false);
		demo.scenario.addImportError(
			'broken.py',
			'Traceback:\n  File "/opt/airflow/dags/broken.py", line 1\nSyntaxError: x',
		);
		for (const one of [airflow, new AirflowConnection(demo.airflowUrl, { username: 'admin', password: 'admin' })]) {
			const [error] = await one.importErrors();
			expect(error).toMatchObject({ fileName: '/opt/airflow/dags/broken.py' });
			expect(error?.stackTrace).toContain('SyntaxError');
			await one.close();
		}
	});

	test('a dry run of a clear changes nothing; then it is cleared, and the run queued again', async () => {
		const { airflow, demo } = await start();
		const dagRunId = failedRun(demo);
		const before = await statesOf(airflow, dagRunId);
		const request = { dagId, dagRunId, taskIds: null, onlyFailed: true, withDownstream: false };
		const would = await airflow.clearTasks({ ...request, dryRun: true });
		expect(would).toHaveLength(6);
		expect(would.every(task => task.dagRunId === dagRunId)).toBe(true);
		expect(await statesOf(airflow, dagRunId)).toEqual(before);
		await airflow.clearTasks({ ...request, dryRun: false });
		expect((await statesOf(airflow, dagRunId)).bronze_to_silver).not.toBe('failed');
		expect(['queued', 'running']).toContain((await airflow.dagRun(dagId, dagRunId)).state);
	});

	test('one task and what follows; a successful one too', async () => {
		const { airflow, demo } = await start();
		const dagRunId = demo.scenario.triggerRun();
		demo.scenario.setRunState(dagRunId, 'success');
		const request = { dagId, dagRunId, taskIds: ['model_training'], onlyFailed: false, dryRun: true };
		const names = async (withDownstream: boolean) =>
			(await airflow.clearTasks({ ...request, withDownstream })).map(task => task.taskId).toSorted();
		expect(await names(false)).toEqual(['model_training']);
		expect(await names(true)).toEqual(['model_evaluation', 'model_registry', 'model_training']);
	});

	test('single indexes of a mapped task are cleared, and what follows, but no other index', async () => {
		const { airflow, demo } = await start();
		const dagRunId = demo.scenario.triggerRun({}, mappedDag.dagId);
		demo.scenario.setRunState(dagRunId, 'success');
		const request = { dagId: mappedDag.dagId, dagRunId, taskIds: ['divide[1]'], onlyFailed: false };
		const namesOf = (tasks: readonly { taskId: string; mapIndex: number | null }[]) =>
			tasks.map(({ taskId, mapIndex }) => `${taskId} ${mapIndex}`).toSorted();
		expect(namesOf(await airflow.clearTasks({ ...request, withDownstream: false, dryRun: true }))).toEqual([
			'divide 1',
		]);
		const wanted = ['collect -1', 'divide 1'];
		expect(namesOf(await airflow.clearTasks({ ...request, withDownstream: true, dryRun: true }))).toEqual(wanted);
		expect(namesOf(await airflow.clearTasks({ ...request, withDownstream: true, dryRun: false }))).toEqual(wanted);
		const after = await airflow.taskInstances(mappedDag.dagId, dagRunId);
		const untouched = after.filter(task => task.taskId === 'divide' && task.mapIndex !== 1);
		expect(new Set(untouched.map(({ state }) => state))).toEqual(new Set(['success']));
	});

	test('tasks and runs are marked, notes are set', async () => {
		const { airflow, demo } = await start();
		// In a run of its own: the scheduler soon skips what follows.
		const skipping = demo.scenario.triggerRun({ pace: 60 });
		demo.scenario.setTaskState(skipping, 'raw_to_bronze', 'running');
		const skipped = { dagId, dagRunId: skipping, taskId: 'raw_to_bronze', mapIndex: -1 };
		if (version === '2') expect((await failure(airflow.setTaskState(skipped, 'skipped'))).kind).toBe('server');
		else {
			await airflow.setTaskState(skipped, 'skipped');
			expect((await statesOf(airflow, skipping)).raw_to_bronze).toBe('skipped');
		}
		const dagRunId = demo.scenario.triggerRun({ pace: 60 });
		demo.scenario.setTaskState(dagRunId, 'raw_to_bronze', 'running');
		const raw = { dagId, dagRunId, taskId: 'raw_to_bronze', mapIndex: -1 };
		await airflow.setTaskState(raw, 'success');
		expect((await statesOf(airflow, dagRunId)).raw_to_bronze).toBe('success');
		demo.scenario.setTaskState(dagRunId, 'bronze_to_silver', 'running');
		demo.scenario.setTaskState(dagRunId, 'silver_to_gold', 'queued');
		expect((await airflow.setRunState(dagId, dagRunId, 'failed')).state).toBe('failed');
		expect(await statesOf(airflow, dagRunId)).toMatchObject({
			bronze_to_silver: 'failed',
			silver_to_gold: 'skipped',
			model_registry: null,
		});
		expect((await airflow.setRunNote(dagId, dagRunId, 'stopped: bad input')).note).toBe('stopped: bad input');
		expect((await airflow.dagRun(dagId, dagRunId)).note).toBe('stopped: bad input');
	});

	test('what is not there cannot be changed', async () => {
		const { airflow } = await start();
		const gone = { dagId, dagRunId: 'no such run', taskId: 'raw_to_bronze', mapIndex: -1 };
		expect((await failure(airflow.setTaskState(gone, 'success'))).kind).toBe('not-found');
		expect((await failure(airflow.setRunState(dagId, 'no such run', 'failed'))).kind).toBe('not-found');
		expect((await failure(airflow.setRunNote(dagId, 'no such run', 'x'))).kind).toBe('not-found');
		const clear = { dagRunId: 'no such run', taskIds: null, onlyFailed: false, withDownstream: false, dryRun: true };
		expect((await failure(airflow.clearTasks({ ...clear, dagId }))).kind).toBe('not-found');
		expect((await failure(airflow.clearTasks({ ...clear, dagId: 'no_such_dag' }))).kind).toBe('not-found');
	});

	test('the log of a try is read whole and in parts, without a line twice; its failure is explained', async () => {
		const { airflow, demo } = await start();
		const runs = (await airflow.findRuns(dagId, { limit: 50, states: ['failed'] })).runs;
		const dagRunId = runs[0]?.dagRunId ?? '';
		const tasks = await airflow.taskInstances(dagId, dagRunId);
		const failed = tasks.find(task => task.state === 'failed');
		expect(failed?.tryNumber).toBeGreaterThan(0);
		if (!failed) return;
		const whole = await airflow.taskLog(failed);
		expect(whole).toMatch(/^\*\*\* /m);
		expect(whole).toMatch(/^\[\d{4}-\d\d-\d\dT[\d:.]+\+0000\] \{(?:taskinstance|task_runner)\.py:\d+\} INFO - /m);
		expect(explainFailure(whole).reason).toMatch(/^\w+(?:Error|Exception): /);
		const first = await airflow.taskLogPart(failed, null);
		expect(first.text).toContain('Traceback (most recent call last):');
		// Its end stays the end, however often it is requested.
		expect((await airflow.taskLogPart(failed, first.token)).text.trim()).toBe('');
		const run = demo.scenario.triggerRun();
		demo.scenario.setTaskState(run, 'raw_to_bronze', 'running');
		const task = { dagId, dagRunId: run, taskId: 'raw_to_bronze', mapIndex: -1, tryNumber: 1 };
		let token: string | null = null;
		let text = '';
		for (const line of ['one', 'two', 'three']) {
			demo.scenario.emitTaskLog(run, 'raw_to_bronze', line);
			const part = await airflow.taskLogPart(task, token);
			token = part.token;
			text += part.text;
		}
		demo.scenario.setTaskState(run, 'raw_to_bronze', 'success');
		demo.scenario.emitTaskLog(run, 'raw_to_bronze', 'four');
		for (let look = 0; look < 2; look++) {
			const part = await airflow.taskLogPart(task, token);
			token = part.token;
			text += part.text;
		}
		expect(text.match(/\b(?:one|two|three|four)\b/g)).toEqual(['one', 'two', 'three', 'four']);
	});

	test('the number of a try is that of its log, also while it waits', async () => {
		const { airflow, demo } = await start();
		const run = demo.scenario.triggerRun();
		const numberOf = async () =>
			(await airflow.taskInstances(dagId, run)).find(({ taskId }) => taskId === 'raw_to_bronze')?.tryNumber;
		demo.scenario.setTaskState(run, 'raw_to_bronze', 'queued');
		expect(await numberOf()).toBe(0);
		demo.scenario.setTaskState(run, 'raw_to_bronze', 'running');
		expect(await numberOf()).toBe(1);
		demo.scenario.setTaskState(run, 'raw_to_bronze', 'up_for_retry');
		expect(await numberOf()).toBe(1);
	});

	test('a login that ran out is renewed, one that is wrong is refused', async () => {
		const { airflow, demo } = await start();
		await airflow.dags();
		demo.scenario.expireSessions();
		expect((await airflow.dags()).length).toBeGreaterThan(0);
		const wrong = new AirflowConnection(demo.airflowUrl, { username: 'admin', password: 'wrong' });
		expect(await failure(wrong.dags())).toMatchObject({ kind: 'unauthorised', httpStatus: 401 });
		await wrong.close();
	});

	test('a DAG file is read at once where the server has a request for it', async () => {
		const { airflow, demo } = await start();
		const dag = await airflow.dag(dagId);
		if (generation === '2') {
			expect((await failure(airflow.parseFile(dag))).kind).toBe('refused');
			return;
		}
		await airflow.parseFile(dag);
		await expect.poll(async () => (await airflow.dag(dagId)).lastParsedAt, soon).not.toBe(dag.lastParsedAt);
		expect(demo.scenario.requests('airflow', '/api/v2/parseDagFile')).toBe(1);
	});

	test('the tries of a task with their times, where the server keeps them', async () => {
		const { airflow, demo } = await start();
		const requests = await airflow.taskRequests();
		const failed = (await airflow.findRuns(dagId, { limit: 9, states: ['failed'] })).runs[0]?.dagRunId ?? '';
		const task = { dagId, dagRunId: failed, taskId: 'model_training', mapIndex: -1 };
		if (version === '2') {
			expect(await failure(requests.tries(task))).toMatchObject({ httpStatus: 404 });
			return;
		}
		const statesOfTries = async () => (await requests.tries(task)).map(one => `${one.tryNumber} ${one.state}`);
		expect(await statesOfTries()).toEqual(['1 failed', '2 failed']);
		const [first, second] = await requests.tries(task);
		expect(first?.endedAt).toBeGreaterThan(first?.startedAt ?? 0);
		expect(second?.startedAt).toBeGreaterThanOrEqual(first?.endedAt ?? 0);
		// Cleared, and scheduled again: a third try that has the times of the second one.
		await airflow.clearTasks({
			...{ dagId, dagRunId: failed, taskIds: [task.taskId] },
			...{ onlyFailed: false, withDownstream: false, dryRun: false },
		});
		expect(await statesOfTries()).toEqual(['1 failed', '2 failed']);
		demo.scenario.setTaskState(failed, task.taskId, 'scheduled');
		expect(await statesOfTries()).toEqual(['1 failed', '2 failed']);
		demo.scenario.setTaskState(failed, task.taskId, 'up_for_retry');
		expect(await statesOfTries()).toEqual(['1 failed', '2 failed']);
		const run = demo.scenario.triggerRun();
		demo.scenario.setTaskState(run, 'raw_to_bronze', 'scheduled');
		expect(await requests.tries({ ...task, dagRunId: run, taskId: 'raw_to_bronze' })).toEqual([]);
	});

	test('the tries of one instance of a mapped task', async () => {
		if (version === '2') return;
		const { airflow, demo } = await start();
		const dagRunId = demo.scenario.triggerRun({}, mappedDag.dagId);
		const task = { dagId: mappedDag.dagId, dagRunId, taskId: 'divide', mapIndex: 2 };
		demo.scenario.setTaskState(dagRunId, 'divide[2]', 'success');
		const requests = await airflow.taskRequests();
		await expect(requests.tries(task)).resolves.toBeInstanceOf(Array);
		const asked = Object.keys(demo.scenario.requestCounts('airflow'));
		expect(asked.filter(path => path.endsWith('/divide/2/tries'))).toHaveLength(1);
	});

	test('what only Airflow 3 reports: dependencies, counts, jobs, events', async () => {
		const { airflow, demo } = await start();
		if (generation === '2') {
			for (const feature of ['counts', 'jobs'] as const) {
				expect(await failure(airflow.airflow3(feature))).toMatchObject({ kind: 'refused' });
			}
			return;
		}
		const newer = await airflow.airflow3('dependencies');
		demo.scenario.setPoolSlots(0);
		const run = demo.scenario.triggerRun();
		const task = { dagId, dagRunId: run, taskId: 'raw_to_bronze', mapIndex: -1 };
		demo.scenario.setTaskState(run, task.taskId, 'scheduled');
		expect(await newer.unmetDependencies(task)).toMatchObject([{ name: 'Pool Slots Available' }]);
		expect((await failure(newer.unmetDependencies({ ...task, taskId: 'none' }))).kind).toBe('not-found');
		expect((await newer.runCounts()).find(one => one.dagId === dagId)).toMatchObject({ success: 11, failed: 1 });
		expect((await newer.jobs()).map(({ type, isAlive }) => `${type} ${isAlive}`).toSorted()).toEqual([
			...['processor true', 'scheduler true'],
		]);
		await airflow.setPaused(dagId, true);
		const [event] = await newer.events({ limit: 5 });
		expect(event).toMatchObject({ event: 'patch_dag', owner: 'admin', dagId, dagRunId: null });
		expect(event?.extra).toContain('is_paused=true');
		expect(await newer.events({ limit: 5, after: event?.at })).toEqual([]);
	});

	test('a DAG run is watched to its end in one request', async () => {
		if (generation === '2') return;
		const { airflow, demo } = await start();
		const newer = await airflow.airflow3('wait');
		const run = demo.scenario.triggerRun();
		const { signal } = new AbortController();
		const states: string[] = [];
		for await (const state of newer.watchRun(dagId, run, 0.05, signal)) {
			states.push(state);
			if (states.length === 2) await airflow.setRunState(dagId, run, 'failed');
		}
		expect(states.length).toBeGreaterThan(2);
		expect(states.at(-1)).toBe('failed');
		const paths = Object.entries(demo.scenario.requestCounts('airflow'));
		expect(paths.filter(([path]) => path.endsWith('/wait'))).toMatchObject([[expect.any(String), 1]]);
		const first = (one: AsyncGenerator<string>) => one.next();
		expect((await failure(first(newer.watchRun(dagId, 'none', 1, signal)))).kind).toBe('not-found');
		// Stopped by the caller, and by the server.
		const stopping = new AbortController();
		const other = newer.watchRun(dagId, demo.scenario.triggerRun(), 0.05, stopping.signal);
		await other.next();
		stopping.abort();
		await expect(other.next()).rejects.toThrow();
	});
});
