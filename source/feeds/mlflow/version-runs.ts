import type { MlflowClient } from '../../clients/mlflow/mlflow.ts';
import { contests } from '../../model/mlflow/champion.ts';
import type { MlflowRun } from '../../model/mlflow/experiment.ts';
import type { StackState } from '../../model/state.ts';
import type { FeedContext } from '../schedule.ts';

/** Models whose versions are compared: two requests each at most, of which most are answered once and for all. */
const modelsCompared = 5;

/**
 * Fetches the runs that made the versions which are compared, unless they are known: a champion is often older than all
 * runs that the experiment's feed fetches, or is of another experiment.
 */
export async function fetchVersionRuns(
	{ observe }: Pick<FeedContext, 'observe'>,
	{ state }: { readonly state: () => StackState },
	client: Pick<MlflowClient, 'run'>,
	signal: AbortSignal,
): Promise<void> {
	const { modelVersions, mlflowRuns, versionRuns } = state();
	const wanted = contests(modelVersions ?? [])
		.slice(0, modelsCompared)
		.flatMap(({ champion, newest }) => [champion.runId, newest.runId])
		.filter(id => id !== null);
	const listed = new Set(mlflowRuns?.map(({ runId }) => runId));
	const runs: MlflowRun[] = [];
	for (const runId of new Set(wanted)) {
		if (listed.has(runId)) continue;
		const known = versionRuns.find(run => run.runId === runId && run.endedAt !== null);
		const run = known ?? (await client.run(runId, signal));
		if (run !== null) runs.push(run);
	}
	if (runs.length > 0 || versionRuns.length > 0) observe({ type: 'version runs fetched', runs });
}
