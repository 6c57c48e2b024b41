import type { MlflowRun } from '../model/mlflow/experiment.ts';
import { distinctMoments } from './distinct-moments.ts';
import { moment } from './format.ts';

/** A cache by list: each row of each frame needs the times. */
const known = new WeakMap<
	readonly MlflowRun[],
	{ readonly day: string; readonly times: ReadonlyMap<string, string> }
>();

/** The start of an MLflow run; finer if another run of the list with the same name started in the same minute. */
export function mlflowRunTime(run: MlflowRun, now: number, beside: readonly MlflowRun[]): string {
	const day = new Date(now).toDateString();
	let times = known.get(beside);
	if (times?.day !== day) {
		const rows = beside.map(one => ({ id: one.runId, name: one.runName, at: one.startedAt }));
		times = { day, times: distinctMoments(rows, now) };
		known.set(beside, times);
	}
	return times.times.get(run.runId) ?? moment(run.startedAt, now);
}
