import type { DagRun } from '../model/airflow/pipeline.ts';
import { type MlflowRun, metricNumber } from '../model/mlflow/experiment.ts';
import type { StackState } from '../model/state.ts';

/** Earlier MLflow runs that a newer one can be compared with. */
const runsCompared = 10;

const tagOf = ({ tags }: MlflowRun, key: string) => tags.find(tag => tag.key === key)?.value;

/** The DAG run that logged it, by its tags; null: it has none. */
export function dagRunNamed(run: MlflowRun): { readonly dagId: string; readonly dagRunId: string } | null {
	const [dagId, dagRunId] = [tagOf(run, 'dag_id'), tagOf(run, 'dag_run_id')];
	return dagId === undefined || dagRunId === undefined ? null : { dagId, dagRunId };
}

/** The work that an MLflow run belongs to: its DAG run, else itself. What is wrong in it has one cause. */
export function workOf(run: MlflowRun): string {
	return dagRunNamed(run)?.dagRunId ?? run.runId;
}

/** The conf of the DAG run that logged it, often the number of rows; empty: of none. undefined: it is not known. */
export function confOf(run: MlflowRun, dagRuns: StackState['dagRuns']): string | undefined {
	const named = dagRunNamed(run);
	if (named === null) return '';
	const dagRun: DagRun | undefined = dagRuns[named.dagId]?.find(one => one.dagRunId === named.dagRunId);
	return dagRun && (dagRun.conf ?? '');
}

const parametersOf = (run: MlflowRun): string =>
	run.params
		.map(({ key, value }) => `${key}=${value}`)
		.toSorted()
		.join('\n');

/**
 * Values of a metric in earlier MLflow runs with the same params, newest first: a run on a tenth of the rows cannot be
 * compared.
 * @param isComparable whether an earlier run counts, besides its params
 */
export function valuesBefore(
	runs: readonly MlflowRun[],
	metric: string,
	newest: MlflowRun,
	isComparable: (run: MlflowRun) => boolean = () => true,
): number[] {
	const wanted = parametersOf(newest);
	return runs
		.filter(run => run !== newest && run.startedAt < newest.startedAt)
		.filter(run => run.status === 'FINISHED' && parametersOf(run) === wanted && isComparable(run))
		.flatMap(run => run.metrics.filter(({ key }) => key === metric).map(({ value }) => metricNumber(value)))
		.filter(Number.isFinite)
		.slice(0, runsCompared);
}
