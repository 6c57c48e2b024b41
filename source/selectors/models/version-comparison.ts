import type { MlflowRun, ModelVersion } from '../../model/mlflow/experiment.ts';
import {
	compareFigures,
	type DifferingText,
	differingTexts,
	type FiguresComparison,
} from '../mlflow-runs/run-comparison.ts';
import { versionFigures } from './champion.ts';
import { versionOrigin } from './model-history.ts';

/** What a model version is and what made it, each a text; null: there is none. */
export type VersionFact = 'aliases' | 'stage' | 'status' | 'mlflow run' | 'dag' | 'dag run' | 'task' | 'commit';

export type VersionComparison = FiguresComparison & {
	/** The first one is what the others are compared with. */
	readonly versions: readonly ModelVersion[];
	/** The MLflow run that made each; null: there is none, or MLflow no longer has it. */
	readonly runs: readonly (MlflowRun | null)[];
	/** Those that differ. */
	readonly facts: readonly { readonly fact: VersionFact; readonly values: readonly (string | null)[] }[];
	/** Tags whose values differ, by name. */
	readonly tags: readonly DifferingText[];
};

/**
 * Compares model versions with the first of them: what made them, params and metrics of their MLflow runs, tags. Pure.
 * @param runs that made them, as far as they are known
 * @param isCounted by key, which tags count
 */
export function compareVersions(
	versions: readonly ModelVersion[],
	runs: readonly MlflowRun[],
	isCounted: (key: string) => boolean,
): VersionComparison {
	const runById = new Map(runs.map(run => [run.runId, run]));
	const made = versions.map(({ runId }) => (runId === null ? null : (runById.get(runId) ?? null)));
	const figures = compareFigures(
		versions.map((version, index) => ({
			params: made[index]?.params ?? [],
			figures: versionFigures(version, runById),
		})),
	);
	const metrics = new Set(figures.metrics.map(({ key }) => key));
	// A metric that is a tag as well stands among the metrics.
	const tagsOf = ({ tags = [] }: ModelVersion) => tags.filter(({ key }) => isCounted(key) && !metrics.has(key));
	return {
		...figures,
		versions,
		runs: made,
		facts: factsOf(versions, made).filter(({ values }) => values.some(value => value !== values[0])),
		tags: differingTexts(versions.map(tagsOf)).differing,
	};
}

function factsOf(versions: readonly ModelVersion[], runs: readonly (MlflowRun | null)[]): VersionComparison['facts'] {
	const origins = versions.map((version, index) => {
		const run = runs[index];
		return versionOrigin(version, run ? [run] : []);
	});
	const commit = (run: MlflowRun | null) =>
		run?.tags.find(({ key }) => key === 'mlflow.source.git.commit')?.value ?? null;
	return [
		{ fact: 'aliases', values: versions.map(({ aliases }) => aliases.map(alias => `@${alias}`).join(' ') || null) },
		{ fact: 'stage', values: versions.map(({ stage }) => (stage === 'None' ? null : stage)) },
		{ fact: 'status', values: versions.map(({ status }) => status) },
		{
			fact: 'mlflow run',
			values: versions.map(({ runId }, index) => [runs[index]?.runName, runId].filter(Boolean).join(' ') || null),
		},
		{ fact: 'dag', values: origins.map(origin => origin?.dagId ?? null) },
		{ fact: 'dag run', values: origins.map(origin => origin?.dagRunId ?? null) },
		{ fact: 'task', values: origins.map(origin => origin?.task?.taskId ?? null) },
		{ fact: 'commit', values: runs.map(commit) },
	];
}
