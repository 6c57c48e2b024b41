import { expect } from 'vitest';
import { airflow, allRuns, dagId, isActive, type Run, runOf as runNamed, until } from '../stack.ts';
import type { Stage } from './rehearsal.ts';

/** DAG runs of the pipeline that rehearsals start: at full speed, so that what they log can be compared. */
const usualConf = { pace: 0 };

/** A busy host needs a minute for each of the seven tasks. */
const runLimitMs = 420_000;

export const trigger = (id: string, conf: object = {}) =>
	airflow(`dags/${dagId}/dagRuns`, { dag_run_id: id, conf: { ...usualConf, ...conf } }, 'POST');

/** An id for the run of a fault, which `runOf` returns later. */
export const fresh = (stage: Stage, name: string) => {
	const id = `fault_${name}_${Date.now()}`;
	stage.kept.set('run', () => id);
	return id;
};
export const runOf = (stage: Stage) => String(stage.kept.get('run')?.() ?? '');

export const runHasEnded = (id: string) =>
	until(async () => expect(isActive(await runNamed(id)), `${id} is active`).toBe(false), runLimitMs);

/** The newest run is successful again. */
export async function goodRun(): Promise<void> {
	const id = `fault_good_${Date.now()}`;
	await trigger(id);
	await runHasEnded(id);
}

/** Of the runs that laketop lists. */
const runsListed = 30;

/** So many of the newest runs succeeded under the usual conf, the newest of all among them. */
export async function haveUsualRuns(wanted: number): Promise<void> {
	const isUsual = ({ state, conf }: Run) => state === 'success' && JSON.stringify(conf) === JSON.stringify(usualConf);
	for (let made = 0; made <= wanted; made++) {
		const runs = (await allRuns()).slice(0, runsListed - wanted);
		const [newest] = runs;
		if (newest && isUsual(newest) && runs.filter(isUsual).length >= wanted) return;
		await goodRun();
	}
	throw new Error(`the pipeline does not succeed ${wanted} times`);
}
