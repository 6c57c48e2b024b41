/**
 * Everything that a command changes about DAG runs, on real Airflow servers of both generations; laketop's output is
 * checked against Airflow's own.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { documentOf } from '../commands/harness.ts';
import { type AirflowApi, type Generation, isActive } from './airflow-api.ts';
import { type Laketop, newRunId, refused, startedAt, until, well } from './stack.ts';

/** An Airflow whose DAG takes the params `rows` (1000 and more), `pace` (s), `fail_at` and `fail_times`. */
export type RunsStack = {
	readonly generation: Generation;
	readonly version: string;
	readonly api: AirflowApi;
	/** laketop as it is started by the stack's user. */
	readonly laketop: Laketop;
	readonly user: string;
	readonly dagId: string;
	/** The file of the DAG, on this host. */
	readonly dagFile: string;
	/** The DAG's tasks, one after the other; three at least. */
	readonly tasks: readonly string[];
	/** Container name of the scheduler. */
	readonly scheduler: string;
};

/** Defines the tests. They expect that no run is active, and leave none. */
export function runsSuite(stackOf: () => RunsStack): void {
	const triesOf = async (id: string): Promise<number[]> => {
		const { api, tasks } = stackOf();
		const now = await api.tasksOf(id);
		return tasks.map(task => now[task]?.tries ?? 0);
	};
	const trigger = (id: string, conf: object, ...more: string[]) =>
		stackOf().laketop(['trigger', '--yes', '--run-id', id, '--conf', JSON.stringify(conf), ...more]);
	const isRunning = (id: string) =>
		until(async () => {
			const { api, tasks } = stackOf();
			expect((await api.tasksOf(id))[tasks[0] ?? '']?.state).toBe('running');
		});
	/** A task that starts just then sets its run to running again: laketop says so, and the stop is repeated. */
	const stop = (id: string) =>
		until(async () =>
			expect(await stackOf().laketop(`stop-run --run ${id} --yes`)).toMatchObject(well(/is failed|already/)),
		);

	test('a conf that the DAG would not take is refused before it is sent', async () => {
		const { api, laketop } = stackOf();
		const before = await api.runCount();
		for (const [code, conf, why] of [
			[4, '{"rows": 5}', /rows must be a whole number, at least 1000/],
			[4, '{"fail_at": "nowhere"}', /fail_at/],
			[2, '{"rows": ', /conf/],
			[2, '[1000]', /JSON object/],
		] as const) {
			expect(await laketop(['trigger', '--yes', '--conf', conf])).toMatchObject(refused(code, why));
		}
		expect(await laketop('trigger --dry-run --conf {"pace":1}')).toMatchObject(
			well(/with conf {"pace":1}.*Nothing was/s),
		);
		expect(await api.runCount()).toBe(before);
	});

	test('one run: triggered, repeated, cleared in parts, stopped, marked, noted; laketop reports what Airflow has', async () => {
		const { api, laketop, tasks, generation, version, dagId } = stackOf();
		const [first = '', ...rest] = tasks;
		const last = tasks.at(-1) ?? '';
		const id = newRunId();
		const triggered = await trigger(id, { rows: 1000 }, '--wait', '--json');
		expect(triggered.code, triggered.stderr).toBe(0);
		expect(documentOf(documents.change, triggered.stdout)).toMatchObject({
			outcome: 'done',
			run: { dag_run_id: id, state: 'success', conf: { rows: 1000 } },
		});
		expect(await api.runOf(id)).toMatchObject({ state: 'success', conf: { rows: 1000 } });

		// A repeat finds the id taken, and starts nothing.
		const count = await api.runCount();
		const again = await trigger(id, { rows: 1000 }, '--json');
		expect(again.code).toBe(4);
		expect(documentOf(documents.error, again.stdout).error.message).toMatch(new RegExp(`already has a DAG run ${id}`));
		expect(await api.runCount()).toBe(count);
		// It has ended: there is nothing to stop, and nothing has failed.
		expect(await laketop(`stop-run --run ${id} --yes`)).toMatchObject(refused(4, /has already finished \(success\)/));
		expect(await laketop(`clear --run ${id} --yes`)).toMatchObject(
			well(/Nothing to clear: \S+ \(success\) has no failed tasks/),
		);

		// A task alone; a task and what follows.
		const before = await triesOf(id);
		const since = (tries: number[], earlier: number[]) => tries.map((tried, index) => tried - (earlier[index] ?? 0));
		const one = await laketop(`clear --run ${id} --task ${first} --yes --wait`);
		expect(one).toMatchObject(well(/1 task cleared; .*success after/s));
		// The first run of a new stack may have had tries by itself.
		const once = await triesOf(id);
		expect(since(once, before)).toEqual([1, ...rest.map(() => 0)]);
		const following = await laketop(`clear --run ${id} --task ${tasks.at(-2)} --downstream --yes --wait`);
		expect(following).toMatchObject(well(/2 tasks cleared; .*success after/s));
		expect(since(await triesOf(id), once)).toEqual([...tasks.slice(0, -2).map(() => 0), 1, 1]);
		expect(await api.runOf(id)).toMatchObject({ state: 'success' });

		// The whole of it, and stopped before it gets far.
		const whole = await laketop(`clear --run ${id} --all --yes --json`);
		expect(documentOf(documents.change, whole.stdout)).toMatchObject({
			outcome: 'done',
			message: expect.stringMatching(new RegExp(`^${tasks.length} tasks cleared; \\S+ is (queued|running)`)),
		});
		expect((await api.runOf(id)).state).toMatch(/^(queued|running)$/);
		await stop(id);
		expect(await api.runOf(id)).toMatchObject({ state: 'failed' });
		expect(await laketop(`stop-run --run ${id} --yes`)).toMatchObject(refused(4, /has already finished \(failed\)/));

		// Marks, without anything being run.
		expect(await laketop(`mark --run ${id} --task ${last} --state failed --yes`)).toMatchObject(
			well(new RegExp(`${last} is failed`)),
		);
		expect((await api.tasksOf(id))[last]?.state).toBe('failed');
		// The API of 2.8 fails on that one: it is not asked.
		expect(await laketop(`mark --run ${id} --task ${last} --state skipped --yes`)).toMatchObject(
			generation === 2
				? refused(4, new RegExp(`Airflow ${version} cannot mark tasks skipped`))
				: well(new RegExp(`${last} is skipped`)),
		);
		expect(await laketop(`mark --run ${id} --task nowhere --state failed --yes`)).toMatchObject(
			refused(2, /no task nowhere/),
		);
		expect(await laketop(`mark --run ${id} --state success --yes`)).toMatchObject(well(/is success/));
		expect(await api.runOf(id)).toMatchObject({ state: 'success' });

		expect(await laketop(['note', '--run', id, '--text', '밤에 디스크가 찼다', '--yes'])).toMatchObject({ code: 0 });
		expect((await api.runOf(id)).note).toBe('밤에 디스크가 찼다');
		expect(await laketop(`note --run ${id} --remove --yes`)).toMatchObject(well(/has no note/));
		expect((await api.runOf(id)).note ?? '').toBe('');

		const log = await laketop(`logs --task ${first} --run ${id} --try 1`);
		expect(log).toMatchObject(well(new RegExp(`${first}: 1000 rows`)));
		expect(await laketop(`clear nowhere --run ${id} --yes`)).toMatchObject(refused(2, /no DAG nowhere/));
		expect(await laketop(`runs ${dagId} -n 1`)).toMatchObject(well(new RegExp(id)));
	});

	test('a run that fails: 1, with the reason; cleared, it goes on to its end', async () => {
		const { api, laketop, tasks } = stackOf();
		const second = tasks[1] ?? '';
		const id = newRunId();
		const ran = await trigger(id, { fail_at: second, fail_times: 2 }, '--wait');
		expect(ran, ran.stderr).toMatchObject({
			code: 1,
			stdout: expect.stringMatching(new RegExp(`failed after .*${second}: .*ValueError: ${second} was asked to fail`)),
		});
		const status = documentOf(documents.status, (await laketop('status --json')).stdout);
		expect(status).toMatchObject({ state: 'degraded', exit_code: 1 });
		const cleared = await laketop(`clear --run ${id} --yes --wait`);
		expect(cleared).toMatchObject(well(new RegExp(`${tasks.length - 1} tasks cleared.*success after`, 's')));
		expect(await api.runOf(id)).toMatchObject({ state: 'success' });
		expect((await api.tasksOf(id))[second]).toEqual({ state: 'success', tries: 3 });
		// Both tries that failed, and the reason in each.
		for (const tryNumber of [1, 2])
			expect(await laketop(`logs --task ${second} --run ${id} --try ${tryNumber}`)).toMatchObject(
				well(new RegExp(`ValueError: ${second} was asked to fail`)),
			);
	});

	test('a run under way is followed, and stopped with its task', async () => {
		const { api, laketop, tasks } = stackOf();
		const [first = ''] = tasks;
		const id = newRunId();
		await trigger(id, { pace: 120 });
		await isRunning(id);
		const following = laketop(`logs --task ${first} --run ${id} --follow`);
		await until(async () => expect(await laketop(`logs --task ${first} --run ${id}`)).toMatchObject(well(/1000 rows/)));
		expect(await laketop(`stop-run --run ${id} --yes`)).toMatchObject(well(/is failed \(1 failed/));
		expect((await api.tasksOf(id))[first]?.state).toBe('failed');
		// The log ends with its try.
		const followed = await following;
		expect(followed.stdout).toMatch(/1000 rows/);
		expect(followed.stderr).toMatch(/try 1: failed/);
		// The scheduler may set the run to running once more, until it has given up the following tasks.
		await until(async () => expect(await api.runOf(id)).toMatchObject({ state: 'failed' }));
		await until(async () => expect(await laketop(`tasks --run ${id}`)).toMatchObject({ code: 1 }));
	});

	test('pause, and a trigger that unpauses', async () => {
		const { api, laketop, dagId } = stackOf();
		await laketop(`unpause ${dagId} --yes`);
		expect(await laketop(`pause ${dagId} --yes`)).toMatchObject(well(/is paused/));
		expect(await api.dag()).toMatchObject({ isPaused: true });
		expect(await laketop(`pause ${dagId} --yes`)).toMatchObject(well(/already paused/));
		expect(await laketop('trigger --dry-run')).toMatchObject(
			well(/is paused and will be unpaused first.*dags unpause/s),
		);
		expect(await api.dag()).toMatchObject({ isPaused: true });
		const id = newRunId();
		expect(await trigger(id, { pace: 60 })).toMatchObject(well(/the DAG is unpaused/));
		expect(await api.dag()).toMatchObject({ isPaused: false });
		await stop(id);
		expect(await laketop('unpause nowhere --yes')).toMatchObject(refused(2, /no DAG nowhere/));
	});

	test('the source, as Airflow has it; a pool without slots, found and fixed', async () => {
		const { api, laketop, dagFile } = stackOf();
		expect((await laketop('source')).stdout).toBe(readFileSync(dagFile, 'utf8'));
		await api.request('pools/default_pool?update_mask=slots', { slots: 0 });
		const found = await laketop('doctor');
		expect(found.stdout).toMatch(/default_pool/);
		expect(await laketop('fix default_pool --yes')).toMatchObject(well(/128/));
		expect(await api.request('pools/default_pool')).toMatchObject({ slots: 128 });
	});

	test('reparse: Airflow has parsed the file, and what is wrong in it is reported', async () => {
		const { api, laketop, generation, dagFile, dagId, scheduler } = stackOf();
		const { lastParsedAt } = await api.dag();
		const before = await startedAt(scheduler);
		expect(await laketop('reparse --yes')).toMatchObject(well(/was parsed at \d\d:\d\d:\d\d UTC/));
		// Airflow 2 has no request for it.
		if (generation === 2) expect(await startedAt(scheduler)).not.toBe(before);
		else expect(await startedAt(scheduler)).toBe(before);
		expect(Date.parse((await api.dag()).lastParsedAt)).toBeGreaterThan(Date.parse(lastParsedAt));
		expect(await laketop('reparse nowhere --yes')).toMatchObject(refused(2, /no DAG nowhere/));

		const broken = join(dagFile, '../broken.py');
		// Airflow reads only files that name it and DAGs.
		writeFileSync(broken, 'from airflow import DAG\nimport nowhere_to_be_found\n');
		try {
			await until(async () => {
				const dags = documentOf(documents.dags, (await laketop('dags --json')).stdout);
				expect(dags.import_errors).toEqual([
					expect.objectContaining({ message: expect.stringContaining("No module named 'nowhere_to_be_found'") }),
				]);
			});
			expect((await laketop('dags')).code).toBe(1);
			expect((await laketop('doctor')).stdout).toMatch(/broken\.py/);
		} finally {
			rmSync(broken);
		}
		await until(async () => expect(await laketop(`dags ${dagId}`)).toMatchObject({ code: 0 }));
	});

	test('a wrong password changes nothing, and is not printed', async () => {
		const { api, laketop, dagId, user } = stackOf();
		// A stopped task may be a moment behind.
		await until(async () => expect((await api.allRuns()).filter(isActive)).toEqual([]));
		const before = await api.allRuns();
		const environment = { LAKETOP_AIRFLOW_USERNAME: user, LAKETOP_AIRFLOW_PASSWORD: 'not-it' };
		// Airflow 2 accepts five logins in 40 s, wrong ones included, and then answers 429.
		for (const words of [
			`trigger ${dagId} --yes`,
			`clear ${dagId} --run newest --all --yes`,
			`runs ${dagId}`,
			'status',
		]) {
			const ran = await laketop(words, { environment });
			expect(ran, words).toMatchObject({ code: 4 });
			expect(ran.stdout + ran.stderr, words).toMatch(new RegExp(`rejects user ${user}`));
			expect(ran.stdout + ran.stderr).not.toContain('not-it');
		}
		expect(await api.allRuns()).toEqual(before);
	});
}
