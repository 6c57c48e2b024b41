import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod/mini';
import { airflow } from '../stack.ts';
import type { Fault, Stage } from './rehearsal.ts';

/** Tasks that wait for what does not come by itself, each in a DAG of its own (`dags/waiting_tasks.py`). */

const source = join(import.meta.dirname, '../dags/waiting_tasks.py');
const target = (stage: Pick<Stage, 'folder'>) => `${stage.folder}/dags/waiting_tasks.py`;
/** Takes the DAGs out of the stack's folder again. */
export const removeWaitingDags = (folder: string) => rmSync(target({ folder }), { force: true });
const dagIds = [
	'waiting_mapped',
	'waiting_chain',
	'waiting_pool_small',
	'waiting_pool_full',
	'waiting_pool_missing',
	'waiting_past',
	'waiting_deferred',
	'waiting_lost',
	'waiting_queue',
	'waiting_usual',
] as const;
export type DagId = (typeof dagIds)[number];

const listed = z.object({ dags: z.array(z.object({ dag_id: z.string() })) });
const runsAnswer = z.object({ dag_runs: z.array(z.object({ dag_run_id: z.string() })) });
const runAnswer = z.object({ state: z.string() });
const tasksAnswer = z.object({
	task_instances: z.array(z.object({ task_id: z.string(), state: z.nullable(z.string()) })),
});

/** Waits for a condition, checking once a second. */
async function until(what: string, isSo: () => Promise<boolean>, limitMs = 240_000): Promise<void> {
	const end = Date.now() + limitMs;
	while (!(await isSo().catch(() => false))) {
		if (Date.now() > end) throw new Error(`waited ${limitMs / 1000} s for ${what}`);
		await delay(1000);
	}
}

/** Airflow has these DAGs, and can send tasks: the file is parsed when the scheduler next lists the folder. */
export async function waitingDags(stage: Stage): Promise<void> {
	copyFileSync(source, target(stage));
	await stage.host('chmod', '644', target(stage));
	await until('the DAGs of the rehearsal', async () => {
		const { dags } = listed.parse(await airflow('dags?limit=100&dag_id_pattern=waiting_'));
		return dagIds.every(id => dags.some(({ dag_id }) => dag_id === id));
	});
	for (const id of dagIds) await airflow(`dags/${id}`, { is_paused: false });
}

const runPath = (dagId: DagId, run: string) => `dags/${dagId}/dagRuns/${encodeURIComponent(run)}`;
const statesOf = async (dagId: DagId, run: string) =>
	tasksAnswer.parse(await airflow(`${runPath(dagId, run)}/taskInstances`)).task_instances;
export const isIn = (dagId: DagId, run: string, task: string, ...states: string[]) =>
	until(`${task} to be ${states.join(' or ')}`, async () =>
		(await statesOf(dagId, run)).some(({ task_id, state }) => task_id === task && states.includes(state ?? 'none')),
	);

let made = 0;
export async function start(dagId: DagId, conf: object = {}): Promise<string> {
	const id = `wait_${Date.now()}_${++made}`;
	await airflow(`dags/${dagId}/dagRuns`, { dag_run_id: id, conf }, 'POST');
	return id;
}
export const hasEnded = (dagId: DagId, run: string, limitMs?: number) =>
	until(
		`${run} of ${dagId} to end`,
		async () => /success|failed/.test(runAnswer.parse(await airflow(runPath(dagId, run))).state),
		limitMs,
	);

/** Stops the remaining runs of the DAG, so that the next rehearsal starts with an idle worker. */
const stopAll = async (dagId: DagId): Promise<void> => {
	const answer = runsAnswer.parse(await airflow(`dags/${dagId}/dagRuns?state=running&state=queued`));
	for (const { dag_run_id } of answer.dag_runs) await airflow(runPath(dagId, dag_run_id), { state: 'failed' });
};
/** Deletes all runs of a DAG: failed runs of an earlier rehearsal are findings. */
export const forgetRuns = async (dagId: DagId): Promise<void> => {
	const { dag_runs } = runsAnswer.parse(await airflow(`dags/${dagId}/dagRuns`));
	for (const { dag_run_id } of dag_runs) await airflow(runPath(dagId, dag_run_id), undefined, 'DELETE');
};
const pool = (name: string, slots: number) => airflow('pools', { name, slots }, 'POST');
const dropPool = (name: string) => airflow(`pools/${name}`, undefined, 'DELETE').catch(() => null);

const fix = (id: string): readonly string[] => ['fix', id, '--yes'];
const ofDag = (dagId: DagId) => ({
	dag: dagId,
	prepare: async (stage: Stage) => {
		await waitingDags(stage);
		await stopAll(dagId);
	},
});

export const waitingTasks: readonly Fault[] = [
	{
		...ofDag('waiting_chain'),
		name: 'DAG paused while its run is active',
		cause: async stage => {
			const run = await start('waiting_chain');
			stage.kept.set('run', () => run);
			await isIn('waiting_chain', run, 'first', 'running');
			await airflow('dags/waiting_chain', { is_paused: true });
			await isIn('waiting_chain', run, 'first', 'success');
		},
		finding: 'dag paused waiting_chain',
		because: 'paused.run.cause',
		fix: [fix('waiting_chain')],
		restore: async stage => {
			await airflow('dags/waiting_chain', { is_paused: false });
			await hasEnded('waiting_chain', String(stage.kept.get('run')?.()));
		},
		withinMs: 240_000,
	},
	{
		...ofDag('waiting_pool_small'),
		name: 'Task that needs more slots than its pool has',
		cause: async () => {
			await pool('rehearsal_small', 2);
			await start('waiting_pool_small');
		},
		finding: /^task waits waiting_pool_small\//,
		because: 'waits.pool too small',
		fix: [fix('task waits')],
		restore: async () => {
			await stopAll('waiting_pool_small');
			await dropPool('rehearsal_small');
		},
		withinMs: 120_000,
	},
	{
		...ofDag('waiting_pool_full'),
		name: 'Pool full, and nothing in it ends',
		cause: async () => {
			await pool('rehearsal_one', 1);
			const run = await start('waiting_pool_full');
			await isIn('waiting_pool_full', run, 'holds', 'running');
		},
		finding: 'pool full rehearsal_one',
		because: 'pool.full.cause',
		fix: [fix('rehearsal_one')],
		restore: async () => {
			await stopAll('waiting_pool_full');
			await dropPool('rehearsal_one');
		},
		withinMs: 240_000,
	},
	{
		...ofDag('waiting_pool_missing'),
		name: 'Task of a pool that does not exist',
		cause: () => start('waiting_pool_missing'),
		finding: /^task waits waiting_pool_missing\//,
		because: 'waits.pool missing',
		byHand: () => pool('rehearsal_missing', 1),
		fix: [],
		restore: async () => {
			await stopAll('waiting_pool_missing');
			await dropPool('rehearsal_missing');
		},
		withinMs: 180_000,
	},
	{
		...ofDag('waiting_past'),
		name: 'Task that depends on a failed one of the run before',
		cause: async () => {
			// Of a rehearsal before: its failed run would hold the first of this one.
			await forgetRuns('waiting_past');
			const failed = await start('waiting_past', { fail: true });
			await hasEnded('waiting_past', failed);
			await start('waiting_past');
		},
		finding: /^task waits waiting_past\//,
		because: 'waits.past',
		fix: [fix('task waits')],
		restore: () => stopAll('waiting_past'),
		// Until the second run is there the first is the newest, and has failed.
		besides: /^task failed waiting_past/,
		withinMs: 240_000,
	},
	{
		...ofDag('waiting_deferred'),
		name: 'Deferred task without a triggerer',
		cause: async () => {
			const run = await start('waiting_deferred');
			await isIn('waiting_deferred', run, 'later', 'deferred');
		},
		finding: /^task waits waiting_deferred\//,
		because: 'waits.no triggerer',
		byHand: stage => stage.docker('exec', '-d', 'airflow-scheduler', 'airflow', 'triggerer'),
		fix: [],
		restore: async stage => {
			await stage
				.docker('exec', 'airflow-scheduler', 'sh', '-c', "pkill -f 'airflow triggerer' || true")
				.catch(() => '');
			await stopAll('waiting_deferred');
		},
		withinMs: 180_000,
	},
	{
		...ofDag('waiting_lost'),
		name: 'Broker flushed while a task was queued',
		cause: async stage => {
			const run = await start('waiting_lost');
			await until('four tasks to hold the worker', async () => {
				const tasks = await statesOf('waiting_lost', run);
				const held = tasks.filter(({ task_id, state }) => task_id === 'hold' && state === 'running').length;
				return held === 4 && tasks.some(({ task_id, state }) => task_id === 'wanted' && state === 'queued');
			});
			await stage.docker('exec', 'airflow-redis', 'redis-cli', 'flushall');
		},
		finding: /^task waits waiting_lost\//,
		because: 'waits.message lost',
		fix: [fix('task waits')],
		restore: () => stopAll('waiting_lost'),
		withinMs: 240_000,
	},
	{
		...ofDag('waiting_queue'),
		name: 'Task of a queue that no worker serves',
		cause: async () => {
			const run = await start('waiting_queue');
			await isIn('waiting_queue', run, 'special', 'queued');
		},
		finding: /^task waits waiting_queue\//,
		because: 'waits.unserved queue',
		byHand: () => stopAll('waiting_queue'),
		fix: [],
		restore: async stage => {
			await stopAll('waiting_queue');
			await stage.docker('exec', 'airflow-redis', 'redis-cli', 'del', 'rehearsal_gpu');
		},
		withinMs: 180_000,
	},
	{
		...ofDag('waiting_chain'),
		name: 'DAG file removed while its run is active',
		cause: async stage => {
			const run = await start('waiting_chain');
			stage.kept.set('run', () => run);
			await isIn('waiting_chain', run, 'first', 'running', 'success');
			rmSync(target(stage));
		},
		finding: 'dag missing waiting_chain',
		because: 'dag missing.cause',
		byHand: waitingDags,
		fix: [],
		restore: async stage => {
			await waitingDags(stage);
			await stopAll('waiting_chain');
		},
		// What a worker received while the file was gone has failed.
		besides: /^task failed waiting_chain\//,
		withinMs: 240_000,
	},
];
