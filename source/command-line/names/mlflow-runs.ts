import { defaults } from '../../config/options.ts';
import type { MlflowRun } from '../../model/mlflow/experiment.ts';
import type { StackState } from '../../model/state.ts';
import { resolveExperiment, resolveMlflowRuns } from '../../selectors/names/mlflow.ts';
import type { CommandContext } from '../context/context.ts';
import { demandFound, demandLive, demandOne } from '../exit/failures.ts';

/** The experiment of a command and its newest MLflow runs. Throws CommandFailure if there is no such experiment. */
export function experimentRuns(
	state: StackState,
	{ config }: Pick<CommandContext, 'config'>,
): { readonly experiment: string; readonly runs: readonly MlflowRun[] } {
	demandLive(state, 'experiment');
	const experiment = state.defaultExperiment ?? config.experiment;
	if (state.experiment === null && experiment !== defaults.experiment)
		demandOne(resolveExperiment(experiment, state.experimentNames ?? [], state.isExperimentDeleted));
	return { experiment, runs: state.mlflowRuns ?? [] };
}

/** The MLflow runs that words name, each once, in the order of the words. Throws CommandFailure for an unknown one. */
export function mlflowRunsCalled(
	words: readonly string[],
	{ experiment, runs }: ReturnType<typeof experimentRuns>,
): readonly MlflowRun[] {
	return [...new Set(words.flatMap(word => demandFound(resolveMlflowRuns(word, experiment, runs))))];
}
