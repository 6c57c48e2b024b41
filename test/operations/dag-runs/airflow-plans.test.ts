import { afterEach, beforeEach, test } from 'vitest';
import { AirflowV1Client } from '../../../source/clients/airflow/v1/airflow-v1.ts';
import { ClientError } from '../../../source/model/failures/failure.ts';
import { planClear } from '../../../source/operations/dag-runs/clear.ts';
import { planMarkRun, planStopRun } from '../../../source/operations/dag-runs/mark-run.ts';
import { planMarkTasks } from '../../../source/operations/dag-runs/mark-tasks.ts';
import { planNote } from '../../../source/operations/dag-runs/note.ts';
import { newRunId, planTrigger } from '../../../source/operations/dag-runs/trigger.ts';
import { planPause } from '../../../source/operations/dags/pause.ts';
import { planOfFix } from '../../../source/operations/fixes/fix.ts';
import { planSeveral } from '../../../source/operations/plan/several.ts';
import { quoted } from '../../../source/words/message.ts';
import { english, expect } from '../../english.ts';
import { type Bench, dagId, followed, losing, planOf, startBench } from '../../ui/actions/support.ts';

let bench: Bench;
const { signal } = new AbortController();
beforeEach(async () => {
	bench = await startBench();
});
afterEach(() => bench.close());

test('an unknown DAG is refused in one sentence everywhere, with the nearest name', async () => {
	const dagName = `${dagId}s`;
	const refused = {
		kind: 'nothing',
		refused: `Airflow has no DAG ${dagName}; did you mean ${dagId}? Run laketop dags to list the DAGs`,
	};
	const facts = await bench.facts();
	expect(planTrigger(facts, { dagId: dagName, dagRunId: 'x' })).toEqual(refused);
	expect(planPause(facts, [dagId, dagName], true)).toEqual(refused);
	const tools = {
		clients: bench.clients,
		facts,
		signal,
		project: 'mlops',
		airflowLogin: { username: 'admin', password: 'admin' },
	};
	expect(await planOfFix({ kind: 'reparse', dagId: dagName }, tools)).toEqual(refused);
});

const clear = async (request: Partial<Parameters<typeof planClear>[2]> & { dagRunId: string }) =>
	planClear(
		bench.clients,
		await bench.facts(),
		{ dagId, taskIds: null, withDownstream: false, onlyFailed: true, ...request },
		signal,
	);

/** A run that failed in its second task. */
function failedRun(): string {
	const { scenario } = bench.demo;
	const dagRunId = scenario.triggerRun();
	scenario.setTaskState(dagRunId, 'raw_to_bronze', 'success');
	scenario.setTaskState(dagRunId, 'bronze_to_silver', 'failed');
	for (const taskId of [
		'silver_to_gold',
		'feature_engineering',
		'model_training',
		'model_evaluation',
		'model_registry',
	])
		scenario.setTaskState(dagRunId, taskId, 'upstream_failed');
	scenario.setRunState(dagRunId, 'failed');
	return dagRunId;
}

function runningRun(): string {
	const dagRunId = bench.demo.scenario.triggerRun({ pace: 60 });
	bench.demo.scenario.setTaskState(dagRunId, 'raw_to_bronze', 'running');
	return dagRunId;
}

test('trigger: the conf is shown, sent, and checked before', async () => {
	const facts = await bench.facts();
	const params = await bench.airflow.dagParams(dagId);
	const dagRunId = newRunId(facts.now);
	const plan = planOf(planTrigger(facts, { dagId, dagRunId, conf: '{ "rows": 5000 }', params }));
	expect(plan.effects[0]).toBe(`Triggers a DAG run of ${dagId} with conf {"rows":5000}. Run ID: ${dagRunId}`);
	expect(plan.command).toBe(
		`docker exec airflow-scheduler airflow dags trigger --run-id ${dagRunId} --conf '{"rows":5000}' ${dagId}`,
	);
	const outcome = await bench.perform(plan);
	expect(outcome.outcome).toBe('done');
	expect([`${dagRunId} is queued`, `${dagRunId} is running`]).toContain(outcome.message);
	expect((await bench.airflow.dagRun(dagId, dagRunId)).conf).toBe('{"rows":5000}');
	// The same plan again: it was started already, and is not started twice.
	expect(await bench.perform(plan)).toMatchObject({
		outcome: 'done',
		message: expect.stringMatching(/already started/),
	});
	expect(planTrigger(facts, { dagId, dagRunId, conf: '{"rows": 1}', params })).toMatchObject({ kind: 'refused' });
	expect(planTrigger(facts, { dagId, dagRunId, conf: 'rows=1' })).toMatchObject({ kind: 'refused' });
	expect(planOf(planTrigger(facts, { dagId, dagRunId, conf: '{"row": 1}', params })).effects[1]).toMatch(
		/no param row/,
	);
	expect(planTrigger(facts, { dagId: 'no_such_dag', dagRunId })).toMatchObject({ kind: 'nothing' });
});

test('trigger: a paused DAG is unpaused first, and the question says so', async () => {
	bench.demo.scenario.pauseDag(dagId);
	const facts = await bench.facts();
	const plan = planOf(planTrigger(facts, { dagId, dagRunId: 'manual__1' }));
	expect(plan.effects.map(ask => english(ask)).join(' ')).toMatch(/paused and will be unpaused first/);
	expect(await bench.perform(plan)).toMatchObject({
		message: expect.stringMatching(/^manual__1 is (queued|running); the DAG is unpaused$/),
	});
	expect((await bench.airflow.dag(dagId)).isPaused).toBe(false);
});

test.each([
	[{ after: true }, { outcome: 'done', message: expect.stringMatching(/is (queued|running).*response was lost/) }],
	[{ after: false }, { outcome: 'failed', message: expect.stringMatching(/no run was started/) }],
	[
		{ after: false, kind: 'timeout' as const },
		{ outcome: 'unknown', message: expect.stringMatching(/Check again/) },
	],
])('trigger: an answer that is lost (%j) is looked up, and never sent again', async (how, expected) => {
	const airflow = losing(bench.airflow, 'trigger', how);
	const plan = planTrigger(await bench.facts(), { dagId, dagRunId: 'manual__1' });
	expect(await bench.perform(plan, { ...bench.clients, airflow })).toMatchObject(expected);
	expect(airflow.calls).toBe(1);
});

test('Airflow unreachable, a wrong password, a missing DAG: three different refusals', async () => {
	const facts = await bench.facts();
	const plan = planTrigger(facts, { dagId, dagRunId: 'manual__1' });
	const wrong = new AirflowV1Client(bench.demo.airflowUrl, { username: 'admin', password: 'wrong' });
	expect(await bench.perform(plan, { ...bench.clients, airflow: wrong })).toMatchObject({
		outcome: 'failed',
		failure: 'unauthorised',
	});
	await wrong.close();
	const gone = planMarkRun(facts, { dagId, dagRunId: 'no such run', state: 'failed' });
	expect(await bench.perform(gone)).toMatchObject({ outcome: 'failed', failure: 'nothing' });
	await bench.demo.scenario.takeDown('airflow');
	expect(await bench.perform(plan)).toMatchObject({ outcome: 'failed', failure: 'unreachable' });
	expect(await clearUnavailable()).toMatchObject({ kind: 'unreachable' });
	const { state, now } = facts;
	const failure = { kind: 'unreachable' as const, message: quoted('Airflow: connection refused'), fix: null };
	const away = {
		...state,
		feeds: { ...state.feeds, dags: { status: 'failed' as const, since: 0, failure, retryAt: 0 } },
	};
	expect(planPause({ state: away, now }, [dagId], true)).toMatchObject({ kind: 'unreachable' });

	function clearUnavailable() {
		const request = { dagId, dagRunId: 'manual__1', taskIds: null, withDownstream: false, onlyFailed: true };
		return planClear(bench.clients, facts, request, signal);
	}
});

test('pause and unpause: several DAGs, what follows, and nothing that is so already', async () => {
	const facts = await bench.facts();
	const plan = planOf(planPause(facts, [dagId, 'iceberg_compaction'], true));
	const outcome = await bench.perform(plan);
	expect(outcome).toMatchObject({ outcome: 'done', message: `${dagId} is paused; iceberg_compaction is paused` });
	expect(outcome.progress).toContain(`2 of 2: iceberg_compaction`);
	expect(planPause(await bench.facts(), [dagId], true)).toMatchObject({ kind: 'already' });
	expect(planPause(facts, ['no_such_dag'], true)).toMatchObject({ kind: 'nothing' });
	expect(
		planOf(planPause(await bench.facts(), [dagId], false))
			.effects.map(ask => english(ask))
			.join(' '),
	).toMatch(/may start a run at once/);
	const airflow = losing(bench.airflow, 'setPaused', { after: true });
	expect(
		await bench.perform(planPause(await bench.facts(), [dagId], false), { ...bench.clients, airflow }),
	).toMatchObject({ outcome: 'done', message: `${dagId} is unpaused; the response was lost` });
	expect(planPause(await bench.facts(), [dagId], false)).toMatchObject({
		kind: 'already',
		refused: `${dagId}: already unpaused`,
	});
});

test('clear the failed tasks of a run: the list is in the question, and what was confirmed is cleared', async () => {
	const dagRunId = failedRun();
	const plan = planOf(await clear({ dagRunId }));
	expect(plan.effects[0]).toMatch(/^Runs 6 tasks of .* again: .*bronze_to_silver/);
	expect(plan.effects[1]).toBe('The DAG run (failed) is queued again.');
	expect(plan.targets[0]).toBe(`DAG run ${dagId}/${dagRunId}`);
	const outcome = await bench.perform(plan);
	expect(outcome.outcome).toBe('done');
	expect(outcome.message).toMatch(
		new RegExp(`^6 tasks cleared; ${escaped(dagRunId)} is (queued|running) \\(1 success`),
	);
	// After the first time they are no longer failed.
	expect(await bench.perform(plan)).toMatchObject({ outcome: 'failed', failure: 'refused' });
});

test('clear one task, one with what follows, a whole run', async () => {
	const dagRunId = bench.demo.scenario.triggerRun();
	bench.demo.scenario.setRunState(dagRunId, 'success');
	const counts = [
		await clear({ dagRunId, taskIds: ['model_training'], onlyFailed: false }),
		await clear({ dagRunId, taskIds: ['model_training'], onlyFailed: false, withDownstream: true }),
		await clear({ dagRunId, onlyFailed: false }),
	].map(planned => english(planOf(planned).effects[0])?.split(' ')[1]);
	expect(counts).toEqual(['1', '3', '7']);
	expect(await clear({ dagRunId })).toMatchObject({
		kind: 'already',
		refused: expect.stringMatching(/has no failed tasks/),
	});
	expect(await clear({ dagRunId: 'no such run' })).toMatchObject({ kind: 'nothing' });
	const training = { dagId, dagRunId, taskIds: ['model_training'], onlyFailed: false, withDownstream: false };
	const facts = await bench.facts();
	const stranger = losingNothing(bench.airflow, [{ dagRunId: 'another', taskId: 'model_training' }]);
	expect(await planClear({ ...bench.clients, airflow: stranger }, facts, training, signal)).toMatchObject({
		kind: 'refused',
		refused: expect.stringMatching(/another run, another/),
	});
	expect(await planClear(bench.clients, facts, { ...training, dagId: 'no_such_dag' }, signal)).toMatchObject({
		kind: 'nothing',
	});
});

test('clear: the tasks are listed in the order in which they run', async () => {
	const dagRunId = failedRun();
	const gives = await bench.airflow.clearTasks(
		{ dagId, dagRunId, taskIds: null, withDownstream: false, onlyFailed: true, dryRun: true },
		signal,
	);
	const airflow = losingNothing(bench.airflow, gives.toReversed());
	const facts = await bench.facts();
	const dagTasks = { [dagId]: await bench.airflow.tasks(dagId) };
	const plan = await planClear(
		{ ...bench.clients, airflow },
		{ ...facts, state: { ...facts.state, dagTasks } },
		{ dagId, dagRunId, taskIds: null, withDownstream: false, onlyFailed: true },
		signal,
	);
	expect(planOf(plan).effects[0]).toMatch(/bronze_to_silver, silver_to_gold, feature_engineering, model_training/);
});

test('clear: a paused DAG is named, because its run will wait', async () => {
	const dagRunId = failedRun();
	bench.demo.scenario.pauseDag(dagId);
	expect(
		planOf(await clear({ dagRunId }))
			.effects.map(ask => english(ask))
			.join(' '),
	).toMatch(/The DAG is paused/);
});

test.each([
	[true, 'done'],
	[false, 'failed'],
])('clear: an answer that is lost after the work %s is looked up', async (after, outcome) => {
	const plan = await clear({ dagRunId: failedRun() });
	const airflow = losing(bench.airflow, 'clearTasks', { after });
	expect(await bench.perform(plan, { ...bench.clients, airflow })).toMatchObject({ outcome });
	expect(airflow.calls).toBe(1);
});

test("stop a run: Airflow's result is reported; a finished run is not changed", async () => {
	const dagRunId = runningRun();
	bench.demo.scenario.setTaskState(dagRunId, 'bronze_to_silver', 'scheduled');
	const plan = planOf(planStopRun(await bench.facts(), { dagId, dagRunId }));
	expect(plan.effects.map(ask => english(ask)).join(' ')).toMatch(
		/Airflow marks it failed.*Running now: raw_to_bronze/,
	);
	const outcome = await bench.perform(plan);
	expect(outcome.outcome).toBe('done');
	expect(outcome.message).toMatch(/ is failed \(1 failed, 1 skipped, 5 no status\)$/);
	expect(planStopRun(await bench.facts(), { dagId, dagRunId })).toMatchObject({ kind: 'refused' });
	// It ended between the question and the yes.
	const other = runningRun();
	const late = planStopRun(await bench.facts(), { dagId, dagRunId: other });
	bench.demo.scenario.setRunState(other, 'success');
	expect(await bench.perform(late)).toMatchObject({
		outcome: 'failed',
		message: expect.stringMatching(/has already finished/),
	});
	expect((await bench.airflow.dagRun(dagId, other)).state).toBe('success');
	const unknown = planStopRun(await bench.facts(), { dagId, dagRunId: 'no such run' });
	expect(await bench.perform(unknown)).toMatchObject({ outcome: 'failed', failure: 'nothing' });
});

test.each([
	[1, { outcome: 'done', message: expect.stringMatching(/ is failed \(/) }],
	[
		9,
		{
			outcome: 'failed',
			failure: 'refused',
			message: expect.stringMatching(/ was marked failed, but a running task set it to running again$/),
		},
	],
])('stop a run that its worker sets running again, %i times', async (revivals, expected) => {
	const dagRunId = runningRun();
	const plan = planOf(planStopRun(await bench.facts(), { dagId, dagRunId }));
	let marks = 0;
	const airflow = followed(bench.airflow, 'setRunState', () => {
		if (marks++ === revivals) return;
		bench.demo.scenario.setRunState(dagRunId, 'running');
		bench.demo.scenario.setTaskState(dagRunId, 'raw_to_bronze', 'running');
	});
	const outcome = await bench.perform(plan, { ...bench.clients, airflow });
	expect(outcome).toMatchObject(expected);
	expect(outcome.progress.join()).toMatch(/set \S+ to running again; marking it failed again/);
	expect(marks).toBe(revivals === 1 ? 2 : 4);
});

test('stop a run: one that is cleared meanwhile is not changed; failing requests for its state are no failure', async () => {
	const dagRunId = runningRun();
	const plan = planOf(planStopRun(await bench.facts(), { dagId, dagRunId }));
	let looks = 0;
	let marks = 0;
	const marking = followed(bench.airflow, 'setRunState', () => {
		marks++;
	});
	const airflow = new Proxy(marking, {
		get(target, name) {
			const value: unknown = Reflect.get(target, name, target);
			if (name !== 'dagRun' || typeof value !== 'function') return value;
			return async (...given: unknown[]) => {
				looks++;
				// The first look is that before the mark.
				if (looks === 2) throw new ClientError('server', quoted('Airflow: HTTP 500'));
				if (looks === 3) {
					const cleared = { dagId, dagRunId, taskIds: null, withDownstream: false, onlyFailed: false, dryRun: false };
					await bench.airflow.clearTasks(cleared, signal);
				}
				return value.apply(target, given);
			};
		},
	});
	const outcome = await bench.perform(plan, { ...bench.clients, airflow });
	expect(outcome).toMatchObject({ outcome: 'done', message: expect.stringMatching(/ is (queued|running) \(/) });
	expect([marks, looks > 3]).toEqual([1, true]);
});

test('several runs are stopped at once, and waited for together', async () => {
	const runs = [runningRun(), runningRun(), runningRun()];
	const facts = await bench.facts();
	const [first, ...others] = runs.map(dagRunId => planOf(planStopRun(facts, { dagId, dagRunId })));
	if (!first) throw new Error('no plan');
	const order: string[] = [];
	const airflow = followed(bench.airflow, 'setRunState', () => order.push('mark'));
	const outcome = await bench.perform(planSeveral(quoted('stop 3 runs'), [first, ...others]), {
		...bench.clients,
		airflow,
	});
	expect(outcome.outcome).toBe('done');
	expect(order).toHaveLength(3);
	expect(outcome.progress.filter(line => /^\d of 3: stop \S+$/.test(line))).toHaveLength(3);
	const begun = outcome.progress.findIndex(line => /^3 of 3/.test(line));
	expect(begun).toBeLessThan(outcome.progress.findIndex(line => / is failed \(/.test(line)));
});

test('mark a run; a lost answer is looked up', async () => {
	const dagRunId = runningRun();
	const airflow = losing(bench.airflow, 'setRunState', { after: true });
	const plan = planMarkRun(await bench.facts(), { dagId, dagRunId, state: 'success' });
	const outcome = await bench.perform(plan, { ...bench.clients, airflow });
	expect(outcome).toMatchObject({ outcome: 'done', message: expect.stringMatching(/is success \(7 success/) });
	expect(planMarkRun(await bench.facts(), { dagId, dagRunId, state: 'success' })).toMatchObject({ kind: 'already' });
	expect(planOf(planMarkRun(await bench.facts(), { dagId, dagRunId, state: 'queued' })).command).toContain(
		`-d '{"state":"queued"}'`,
	);
});

test('mark tasks', async () => {
	const dagRunId = runningRun();
	const facts = await bench.facts();
	const plan = planOf(
		planMarkTasks(facts, { dagId, dagRunId, taskIds: ['raw_to_bronze', 'bronze_to_silver'], state: 'success' }),
	);
	expect(plan.effects.map(ask => english(ask)).join(' ')).toMatch(/Stops the running try of raw_to_bronze\./);
	const outcome = await bench.perform(plan);
	// The scheduler may have reached the next task by then.
	expect(outcome.message).toMatch(
		/^raw_to_bronze is success; bronze_to_silver is success; .* \(2 success, (1 \S+, 4|5) no status\)$/,
	);
	expect(planMarkTasks(facts, { dagId, dagRunId, taskIds: ['nope'], state: 'failed' })).toMatchObject({
		kind: 'nothing',
	});
	const stranger = planMarkTasks(facts, {
		dagId,
		dagRunId: 'no such run',
		taskIds: ['raw_to_bronze'],
		state: 'failed',
	});
	expect(await bench.perform(stranger)).toMatchObject({ outcome: 'failed', failure: 'nothing' });
	// Not requested of an Airflow whose API accepts the state and fails on it.
	const skip = { dagId, dagRunId, taskIds: ['model_registry'], state: 'skipped' as const };
	expect(planMarkTasks(facts, skip)).toMatchObject({
		kind: 'refused',
		refused: expect.stringMatching(/^Airflow 2\.8\.0 cannot mark tasks skipped/),
	});
	const sources = { airflow: { version: '2.10.5', address: bench.airflow.address, connectedAt: 0 } };
	expect(planMarkTasks({ ...facts, state: { ...facts.state, sources } }, skip)).toMatchObject({
		actionId: 'mark-skipped',
	});
});

test('a note is set, replaced and removed', async () => {
	const dagRunId = runningRun();
	const note = async (text: string) => planNote(await bench.facts(), { dagId, dagRunId, note: text });
	await bench.perform(await note('bad input'));
	expect((await bench.airflow.dagRun(dagId, dagRunId)).note).toBe('bad input');
	expect(planOf(await note('fixed')).effects).toEqual([
		`Sets the note of ${dagRunId} to: fixed`,
		'It replaces: bad input',
	]);
	expect(await note('bad input')).toMatchObject({ kind: 'already' });
	expect(await note('x'.repeat(1001))).toMatchObject({ kind: 'refused' });
	await bench.perform(await note(''));
	expect((await bench.airflow.dagRun(dagId, dagRunId)).note).toBe('');
});

test('several plans as one: each is done, the failed one is named', async () => {
	const [first, second] = [failedRun(), 'no such run'];
	const facts = await bench.facts();
	const plan = planSeveral(quoted('note two runs'), [
		planOf(planNote(facts, { dagId, dagRunId: first, note: 'a' })),
		planOf(planNote(facts, { dagId, dagRunId: second, note: 'b' })),
	]);
	expect(plan.targets).toHaveLength(2);
	const outcome = await bench.perform(plan);
	expect(outcome).toMatchObject({
		outcome: 'failed',
		message: expect.stringMatching(/^1 of 2 done; set the note of no/),
	});
});

/** An Airflow whose dry run lists these. */
function losingNothing(airflow: AirflowV1Client, tasks: { dagRunId: string; taskId: string }[]): AirflowV1Client {
	return new Proxy(airflow, {
		get(target, name) {
			if (name === 'clearTasks') return async () => tasks;
			const value: unknown = Reflect.get(target, name, target);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
