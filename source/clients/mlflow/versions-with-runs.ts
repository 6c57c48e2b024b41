import { eachOf } from '../../model/each-of.ts';
import type { MlflowRun, ModelVersion } from '../../model/mlflow/experiment.ts';
import type { MlflowClient } from './mlflow.ts';
import type { VersionName } from './registry.ts';

/** Versions of a model that are compared: each costs a request for its run. */
const versionsCompared = 20;
/** As many as there are connections. */
const atOnce = 4;

export type VersionsWithRuns = {
	/** Newest first, with their aliases; the champion is among them. */
	readonly versions: readonly ModelVersion[];
	/** The runs that made them, as far as they still exist. */
	readonly runs: readonly MlflowRun[];
};

/**
 * A version of a model, the newest ones, those with an alias, and the MLflow runs that made them. What MLflow no longer has
 * is left out.
 * @param known runs that need not be fetched: a run that has ended does not change
 * Throws ClientError.
 */
export async function versionsWithRuns(
	client: Pick<MlflowClient, 'registry' | 'run'>,
	{ model, version: wanted }: VersionName,
	known: readonly MlflowRun[],
	signal?: AbortSignal,
): Promise<VersionsWithRuns> {
	const { registry } = client;
	const [aliases, newest] = await Promise.all([
		registry.aliases(model, signal),
		registry.versionsOf(model, versionsCompared, signal),
	]);
	const others = new Set([wanted, ...aliases.values()]);
	const older = [...others].filter(version => !newest.some(one => one.version === version));
	const found: ModelVersion[] = [...newest];
	await eachOf(older, atOnce, async version => {
		const one = await registry.versionIfThere({ model, version }, signal);
		if (one !== null) found.push(one);
	});
	const versions = found
		.map(version => ({
			...version,
			aliases: [...aliases].flatMap(([alias, at]) => (at === version.version ? [alias] : [])),
		}))
		.toSorted((a, b) => Number(b.version) - Number(a.version));
	return { versions, runs: await runsThatMade(client, versions, known, signal) };
}

/**
 * The MLflow runs that made these versions, as far as they still exist: one request each.
 * @param known runs that need not be fetched: a run that has ended does not change
 * Throws ClientError.
 */
export async function runsThatMade(
	client: Pick<MlflowClient, 'run'>,
	versions: readonly Pick<ModelVersion, 'runId'>[],
	known: readonly MlflowRun[],
	signal?: AbortSignal,
): Promise<readonly MlflowRun[]> {
	const ids = [...new Set(versions.flatMap(({ runId }) => (runId === null ? [] : [runId])))];
	const runs: MlflowRun[] = known.filter(run => ids.includes(run.runId) && run.endedAt !== null);
	const missing = ids.filter(id => !runs.some(run => run.runId === id));
	await eachOf(missing, atOnce, async id => {
		const run = await client.run(id, signal);
		if (run !== null) runs.push(run);
	});
	return runs;
}
