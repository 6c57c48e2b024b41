import { eachOf } from '../../model/each-of.ts';
import type { MlflowRun, ModelVersion } from '../../model/mlflow/experiment.ts';
import type { VersionWanted } from '../../model/mlflow/model-address.ts';
import type { MlflowClient } from './mlflow.ts';
import { runsThatMade } from './versions-with-runs.ts';

/** As many as there are connections. */
const atOnce = 4;

export type NamedVersions = {
	/** In the order of the names; null: MLflow has no such version or alias. */
	readonly versions: readonly (ModelVersion | null)[];
	/** The runs that made them, as far as they still exist. */
	readonly runs: readonly MlflowRun[];
};

/**
 * Versions with their aliases, and the MLflow runs that made them: one request for each model, version and run.
 * @param known runs that need not be fetched: a run that has ended does not change
 * Throws ClientError, for a model that does not exist too.
 */
export async function namedVersions(
	client: Pick<MlflowClient, 'registry' | 'run'>,
	wanted: readonly VersionWanted[],
	known: readonly MlflowRun[],
	signal?: AbortSignal,
): Promise<NamedVersions> {
	const { registry } = client;
	const aliases = new Map<string, ReadonlyMap<string, string>>();
	await eachOf([...new Set(wanted.map(({ model }) => model))], atOnce, async model => {
		aliases.set(model, await registry.aliases(model, signal));
	});
	const versions: (ModelVersion | null)[] = wanted.map(() => null);
	await eachOf([...wanted.entries()], atOnce, async ([index, one]) => {
		const ofModel = aliases.get(one.model) ?? new Map<string, string>();
		const version = 'version' in one ? one.version : ofModel.get(one.alias);
		if (version === undefined) return;
		const found = await registry.versionIfThere({ model: one.model, version }, signal);
		if (found === null) return;
		const here = [...ofModel].flatMap(([alias, at]) => (at === version ? [alias] : []));
		versions[index] = { ...found, aliases: here };
	});
	const there = versions.filter(version => version !== null);
	return { versions, runs: await runsThatMade(client, there, known, signal) };
}
