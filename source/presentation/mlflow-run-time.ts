import type { MlflowRun } from '../model/mlflow/experiment.ts';
import { distinctMoments } from './distinct-moments.ts';

/** A cache by list: each row of each frame needs the times. */
const known = new WeakMap<
	readonly MlflowRun[],
	{ readonly day: string; readonly timeOf: (run: MlflowRun) => string }
>();

const read = {
	id: ({ runId }: MlflowRun) => runId,
	name: ({ runName }: MlflowRun) => runName,
	at: ({ startedAt }: MlflowRun) => startedAt,
};

/** The start of an MLflow run; finer if another run of the list with the same name started in the same minute. */
export function mlflowRunTime(run: MlflowRun, now: number, beside: readonly MlflowRun[]): string {
	const day = new Date(now).toDateString();
	let times = known.get(beside);
	if (times?.day !== day) {
		times = { day, timeOf: distinctMoments(beside, read, now) };
		known.set(beside, times);
	}
	return times.timeOf(run);
}
