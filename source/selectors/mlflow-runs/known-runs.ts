import type { MlflowRun } from '../../model/mlflow/experiment.ts';
import type { RunSearch } from '../../model/mlflow/run-search.ts';
import type { StackState } from '../../model/state.ts';
import { memoised } from '../memo.ts';

/** The known MLflow runs of the shown experiment: its newest, then those that the list of MLflow runs asked for. */
export function knownMlflowRuns({ mlflowRuns, runSearch, experiment }: StackState): readonly MlflowRun[] {
	return known(mlflowRuns, runSearch?.experimentId === experiment?.experimentId ? runSearch : null);
}

const known = memoised((newest: readonly MlflowRun[] | null, search: RunSearch | null): readonly MlflowRun[] => {
	if (search === null) return newest ?? [];
	const ids = new Set(newest?.map(({ runId }) => runId));
	return [...(newest ?? []), ...search.runs.filter(({ runId }) => !ids.has(runId))];
});
