import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import * as z from 'zod/mini';
import { forgetLogged, forgetModel, mlflow, setAlias, versionOfAlias } from '../mlflow-api.ts';
import { airflow, dagId, until } from '../stack.ts';
import { fresh, haveUsualRuns, runHasEnded, runOf, trigger } from './pipeline-runs.ts';
import type { Fault, Stage } from './rehearsal.ts';

/** Everything runs and succeeds, and what comes out is worse than before, or nothing comes. */

const experiment = 'lakehouse_ml_pipeline';
const model = 'lakehouse_model';
const champion = 'champion';
const usualRun = ['trigger', '--yes', '--wait', '--conf', '{"pace": 0}'];

/** The usual values, and the version that serves. */
const asUsual = async (stage: Stage) => {
	await haveUsualRuns(6);
	const version = await versionOfAlias(model, champion);
	stage.kept.set('champion', () => version);
};

/** What the faulty DAG run left: else its values would be usual in the next rehearsal. */
async function forget(stage: Stage): Promise<void> {
	const id = runOf(stage);
	if (id === '') return;
	await runHasEnded(id);
	await forgetLogged(experiment, id);
	await airflow(`dags/${dagId}/dagRuns/${encodeURIComponent(id)}`, undefined, 'DELETE');
	const version = stage.kept.get('champion')?.();
	if (typeof version === 'string' && (await versionOfAlias(model, champion)) === undefined)
		await setAlias(model, champion, version);
}

const ordersFile = (stage: Stage) => `${stage.folder}/dags/ml_pipeline/orders.py`;
const putBack = (stage: Stage) => stage.kept.get('orders')?.();
/** Another delivery: what the source of the raw orders sends changes, and nothing else. */
const delivers = (name: string, search: string, replacement: string) => async (stage: Stage) => {
	const before = readFileSync(ordersFile(stage), 'utf8');
	if (!before.includes(search)) throw new Error(`${ordersFile(stage)} has no ${search}`);
	stage.kept.set('orders', () => writeFileSync(ordersFile(stage), before));
	writeFileSync(ordersFile(stage), before.replace(search, replacement));
	const id = fresh(stage, name);
	await trigger(id);
	await runHasEnded(id);
};
const restoreDelivery = async (stage: Stage) => {
	putBack(stage);
	await forget(stage);
};

const scheduledDag = 'model_rehearsal';
const scheduledModel = 'rehearsal_model';
const switchPath = 'variables/model_rehearsal_dry_run';
const scheduledFile = (stage: Stage) => `${stage.folder}/dags/${scheduledDag}.py`;
const dagAnswer = z.object({ dag_id: z.literal(scheduledDag) });
const runsAnswer = z.object({ dag_runs: z.array(z.object({ state: z.string() })) });
/** Listing the folder takes the scheduler five minutes at most. */
const listedMs = 330_000;

/** A DAG that registers a version each minute, and has done so four times. */
async function registersEachMinute(stage: Stage): Promise<void> {
	await forgetScheduled(stage);
	await mlflow('registered-models/create', { name: scheduledModel });
	copyFileSync(join(import.meta.dirname, `../dags/${scheduledDag}.py`), scheduledFile(stage));
	await stage.host('chmod', '644', scheduledFile(stage));
	await until(async () => void dagAnswer.parse(await airflow(`dags/${scheduledDag}`)), listedMs);
	await airflow(`dags/${scheduledDag}/dagRuns`, { dag_run_id: 'history', conf: { versions: 4 } }, 'POST');
	await airflow(`dags/${scheduledDag}`, { is_paused: false });
	await until(async () => {
		const { dag_runs } = runsAnswer.parse(await airflow(`dags/${scheduledDag}/dagRuns?state=success`));
		expect(dag_runs.length).toBeGreaterThanOrEqual(2);
	}, listedMs);
}

async function forgetScheduled(stage: Stage): Promise<void> {
	rmSync(scheduledFile(stage), { force: true });
	await airflow(switchPath, undefined, 'DELETE');
	// Airflow deletes no DAG whose tasks run.
	await airflow(`dags/${scheduledDag}`, { is_paused: true });
	await until(async () => {
		const { dag_runs = [] } = activeAnswer.parse(await airflow(`dags/${scheduledDag}/dagRuns?state=running`));
		expect(dag_runs).toEqual([]);
	});
	await airflow(`dags/${scheduledDag}`, undefined, 'DELETE');
	await forgetModel(scheduledModel).catch((error: Error) => {
		if (!error.message.includes('RESOURCE_DOES_NOT_EXIST')) throw error;
	});
}
/** Without a list: Airflow has no such DAG. */
const activeAnswer = z.object({ dag_runs: z.optional(z.array(z.unknown())) });

export const modelHealth: readonly Fault[] = [
	{
		name: 'Model trained for one epoch on a tenth of the rows',
		prepare: asUsual,
		cause: async stage => {
			const id = fresh(stage, 'worse_model');
			await trigger(id, { rows: 1000, epochs: 1, seed: 5 });
			await runHasEnded(id);
		},
		finding: `model worse ${model}`,
		because: 'worse.cause',
		fix: [usualRun],
		restore: forget,
		withinMs: 120_000,
	},
	{
		name: 'Source delivers a tenth of the rows',
		prepare: asUsual,
		cause: delivers(
			'few_rows',
			'[_soiled(order, rng) for _, order in orders]',
			'[_soiled(order, rng) for _, order in orders[::10]]',
		),
		finding: 'data pulse rows_ingested',
		because: 'pulse.cause',
		byHand: async stage => putBack(stage),
		fix: [usualRun],
		restore: restoreDelivery,
		withinMs: 120_000,
	},
	{
		name: 'Source delivers half of the rows without an amount',
		prepare: asUsual,
		cause: delivers('faulty_rows', 'AMOUNT_MISSING = 0.015', 'AMOUNT_MISSING = 0.5'),
		finding: 'data pulse quality_score',
		because: 'pulse.quality.cause',
		byHand: async stage => putBack(stage),
		fix: [usualRun],
		restore: restoreDelivery,
		withinMs: 120_000,
	},
	{
		name: 'Scheduled DAG succeeds but registers no model',
		dag: scheduledDag,
		prepare: registersEachMinute,
		cause: () => airflow('variables', { key: 'model_rehearsal_dry_run', value: 'yes' }, 'POST'),
		finding: `model overdue ${scheduledModel}`,
		because: 'overdue.cause',
		byHand: () => airflow(switchPath, undefined, 'DELETE'),
		fix: [['trigger', scheduledDag, '--yes', '--wait']],
		restore: forgetScheduled,
		withinMs: 420_000,
	},
];
