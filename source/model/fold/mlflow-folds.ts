import { type Folds, replace } from './folds.ts';

/** What MLflow reports. */
export const mlflowFolds: Folds<
	| 'experiment fetched'
	| 'default experiment found'
	| 'mlflow runs fetched'
	| 'experiments fetched'
	| 'model versions fetched'
	| 'version runs fetched'
	| 'logged models fetched'
	| 'prompts fetched'
	| 'traces counted'
> = {
	'experiment fetched': (state, seen) => {
		const now = replace(state, 'isExperimentDeleted', seen.isDeleted === true);
		if (seen.experiment === null)
			return state.experiment === null
				? now
				: { ...now, experiment: null, mlflowRuns: [], loggedModels: null, traces: null };
		// Another experiment: the known runs belong to the previous one.
		const isOther = seen.experiment.experimentId !== state.experiment?.experimentId;
		return replace(
			isOther ? { ...now, mlflowRuns: null, loggedModels: null, traces: null } : now,
			'experiment',
			seen.experiment,
		);
	},

	'default experiment found': (state, { name }) => replace(state, 'defaultExperiment', name),

	'mlflow runs fetched': (state, seen) => replace(state, 'mlflowRuns', seen.runs),

	'experiments fetched': (state, seen) => replace(state, 'experimentNames', seen.names),

	'model versions fetched': (state, seen) => replace(state, 'modelVersions', seen.versions),

	'version runs fetched': (state, seen) => replace(state, 'versionRuns', seen.runs),

	'logged models fetched': (state, seen) => replace(state, 'loggedModels', seen.models),

	'prompts fetched': (state, seen) => replace(state, 'prompts', seen.prompts),

	'traces counted': (state, seen) => replace(state, 'traces', seen.traces),
};
