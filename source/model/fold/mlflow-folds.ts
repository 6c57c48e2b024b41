import { searchFor, withPage } from '../mlflow/run-search.ts';
import { type Folds, replace } from './folds.ts';

/** What MLflow reports. */
export const mlflowFolds: Folds<
	| 'experiment fetched'
	| 'default experiment found'
	| 'mlflow runs fetched'
	| 'mlflow runs found'
	| 'mlflow run search failed'
	| 'mlflow run parents fetched'
	| 'mlflow run search dropped'
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

	'mlflow runs found': (state, { at, experimentId, query, after, runs, nextPage }) => {
		const before = searchFor(state.runSearch, experimentId, query);
		// A page of a search that was dropped meanwhile has no beginning.
		if (before === null && after > 0) return state;
		const empty = { experimentId, query, runs: [], nextPage: null, failure: null, seenAt: at };
		const found = withPage(before ?? empty, { after, runs, nextPage });
		return { ...state, runSearch: { ...found, seenAt: after === 0 ? at : found.seenAt } };
	},

	'mlflow run search failed': (state, { experimentId, query, failure }) => {
		const before = searchFor(state.runSearch, experimentId, query);
		const empty = { experimentId, query, runs: [], nextPage: null, seenAt: 0 };
		return { ...state, runSearch: { ...(before ?? empty), failure } };
	},

	'mlflow run parents fetched': (state, { experimentId, runs }) => {
		const fetched = new Set(runs.map(({ runId }) => runId));
		const others = state.runParents.filter(run => run.experimentId === experimentId && !fetched.has(run.runId));
		return replace(state, 'runParents', [...others, ...runs]);
	},

	'mlflow run search dropped': state => replace(replace(state, 'runSearch', null), 'runParents', []),

	'experiments fetched': (state, seen) => replace(state, 'experimentNames', seen.names),

	'model versions fetched': (state, seen) => replace(state, 'modelVersions', seen.versions),

	'version runs fetched': (state, seen) => replace(state, 'versionRuns', seen.runs),

	'logged models fetched': (state, seen) => replace(state, 'loggedModels', seen.models),

	'prompts fetched': (state, seen) => replace(state, 'prompts', seen.prompts),

	'traces counted': (state, seen) => replace(state, 'traces', seen.traces),
};
