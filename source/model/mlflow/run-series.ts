import type { MlflowRun } from './experiment.ts';

/**
 * What the MLflow runs of a series have in common: the value of the tag that was configured, their name, or, where each
 * run has a name of its own, the experiment.
 */
export const seriesBases = ['tag', 'run_name', 'experiment'] as const;
export type SeriesBasis = (typeof seriesBases)[number];

export type RunSeries = {
	readonly basis: SeriesBasis;
	/** Runs of the same label belong together. */
	readonly label: string;
};

/** MLflow's tag of a nested run (mlflow/utils/mlflow_tags.py): it measures a part, for example one fold. */
export function isChild(run: Pick<MlflowRun, 'tags'>): boolean {
	return parentOf(run) !== null;
}

/** The ID of the run in which this one is nested; null: it is not. */
export function parentOf({ tags }: Pick<MlflowRun, 'tags'>): string | null {
	return tags.find(({ key }) => key === 'mlflow.parentRunId')?.value || null;
}

/** The runs with the value of the tag by which the user groups them. A run without the tag has no group. */
export function grouped(runs: readonly MlflowRun[], tag: string | undefined): MlflowRun[] {
	return runs.map(({ group: _, ...run }) => {
		const group = tag === undefined ? undefined : run.tags.find(({ key }) => key === tag)?.value;
		return group === undefined ? run : { ...run, group };
	});
}

/**
 * To which series each run belongs. Runs of one name measure the same; other names measure other things by the same key.
 * A name that occurs once says nothing: training scripts number their runs, and MLflow invents names (`bald-fox-123`). All
 * such runs are one series, nested ones apart. A task of a DAG (tag `task_id`) has its name from the first run on.
 */
export function seriesOfRuns(runs: readonly MlflowRun[]): (run: MlflowRun) => RunSeries {
	const count = new Map<string, number>();
	for (const { runName } of runs) count.set(runName, (count.get(runName) ?? 0) + 1);
	return run => {
		if (run.group !== undefined) return { basis: 'tag', label: `tag ${run.group}` };
		const hasOwnName = count.get(run.runName) === 1 && !run.tags.some(({ key }) => key === 'task_id');
		return hasOwnName
			? { basis: 'experiment', label: isChild(run) ? 'nested' : 'experiment' }
			: { basis: 'run_name', label: `name ${run.runName}` };
	};
}
