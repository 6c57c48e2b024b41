import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { airflow, allRuns, dagId, newRunId, runOf, until } from '../stack.ts';
import type { Fault, Stage } from './rehearsal.ts';

/** Faults that look like those of a working service: a restart would help in none of them. */

/** Usual values come from successful runs: three of them, quick ones. */
async function haveHistory(): Promise<void> {
	const succeeded = (await allRuns()).filter(({ state }) => state === 'success').length;
	for (let made = succeeded; made < 3; made++) {
		const id = newRunId();
		await airflow(`dags/${dagId}/dagRuns`, { dag_run_id: id, conf: { rows: 2000, pace: 0.2 } }, 'POST');
		await until(async () => expect((await runOf(id)).state).toBe('success'), 300_000);
	}
}

const databaseFile = '/mlflow/database/mlflow.db';
const holdLock = `import sqlite3, time
lock = sqlite3.connect('${databaseFile}')
lock.execute('BEGIN EXCLUSIVE')
time.sleep(600)`;
const lockHolder = async (stage: Stage): Promise<string> => {
	const rows = (await stage.docker('top', 'mlflow', '-eo', 'pid,args')).split('\n');
	return (
		rows
			.find(row => row.includes('BEGIN EXCLUSIVE') || row.includes('sqlite3, time'))
			?.trim()
			.split(/\s+/)[0] ?? ''
	);
};
const endLock = async (stage: Stage) => {
	const pid = await lockHolder(stage);
	if (pid !== '') await stage.host('kill', pid);
};

const twin = (stage: Stage) => `${stage.folder}/dags/zz_twin_of_the_pipeline.py`;
const twinSource = `from datetime import datetime
from airflow import DAG
with DAG("twin_rehearsal", start_date=datetime(2026, 1, 1), schedule=None) as dag:
    pass
`;
const first = (stage: Stage) => `${stage.folder}/dags/aa_twin_of_the_pipeline.py`;

const overFile = (stage: Stage) => `${stage.folder}/.hidden-causes.yml`;
async function recreate(stage: Stage, service: string, over: string): Promise<void> {
	writeFileSync(overFile(stage), over);
	const files = ['-f', `${stage.folder}/docker-compose-mlops.yml`, '-f', overFile(stage)];
	await stage.host('docker', 'compose', ...files, '-p', 'mlops', 'up', '-d', '--no-deps', service);
}
const asBefore = (service: string) => async (stage: Stage) => {
	rmSync(overFile(stage), { force: true });
	await stage.compose('up', '-d', '--no-deps', '--wait', service);
};

export const hiddenCauses: readonly Fault[] = [
	{
		name: 'MLflow database locked by another program',
		cause: stage => stage.docker('exec', '-d', 'mlflow', 'python', '-c', holdLock),
		finding: 'mlflow database locked mlflow',
		because: 'locked.holder.cause',
		fix: [],
		byHand: endLock,
		restore: endLock,
		withinMs: 120_000,
	},
	{
		name: 'Two DAG files with the same dag_id',
		cause: async stage => {
			writeFileSync(first(stage), twinSource);
			await delay(2000);
			writeFileSync(twin(stage), `# A copy that kept its dag_id.\n${twinSource}`);
		},
		finding: 'dag defined twice twin_rehearsal',
		because: 'twice.cause',
		fix: [],
		byHand: async stage => rmSync(twin(stage), { force: true }),
		restore: async stage => {
			for (const path of [first(stage), twin(stage)]) rmSync(path, { force: true });
			await stage
				.docker('exec', 'airflow-scheduler', 'airflow', 'dags', 'delete', '-y', 'twin_rehearsal')
				.catch(() => '');
		},
		// A file that nobody has parsed yet is not shown, which is correct.
		besides: /^dag not shown .*twin_of_the_pipeline/,
		withinMs: 300_000,
	},
	{
		name: 'Health check slower than its timeout, worker works',
		cause: stage =>
			recreate(
				stage,
				'airflow-worker',
				[
					'services:',
					'  airflow-worker:',
					'    healthcheck: !override',
					'      test: ["CMD-SHELL", "celery --app airflow.executors.celery_executor.app inspect ping"]',
					'      interval: 5s',
					'      timeout: 1s',
					'      retries: 2',
					'      start_period: 1s',
					'',
				].join('\n'),
			),
		finding: 'container unhealthy airflow-worker',
		because: 'probe.cause',
		fix: [['up', 'airflow-worker', '--yes', '--compose-file', 'docker-compose-mlops.yml']],
		restore: asBefore('airflow-worker'),
		deep: true,
		besides: /^drift/,
		withinMs: 180_000,
	},
	{
		name: 'A run in which every task is slower than usual',
		cause: async stage => {
			await haveHistory();
			const id = `fault_slow_${Date.now()}`;
			stage.kept.set('slow', () => id);
			await airflow(`dags/${dagId}/dagRuns`, { dag_run_id: id, conf: { pace: 45 } }, 'POST');
		},
		finding: new RegExp(`^run slow ${dagId}/`),
		because: 'slow.all.cause',
		fix: [],
		byHand: async stage => {
			const id = String(stage.kept.get('slow')?.());
			await airflow(`dags/${dagId}/dagRuns/${encodeURIComponent(id)}`, { state: 'failed' });
		},
		besides: /^task failed/,
		withinMs: 900_000,
	},
];
