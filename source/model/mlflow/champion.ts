import type { ModelVersion } from './experiment.ts';

/** The newest version of a model and the one that serves. */
export type Contest = {
	readonly model: string;
	readonly champion: ModelVersion;
	/** What makes it the champion: its alias with an @, or its stage. */
	readonly mark: string;
	readonly newest: ModelVersion;
};

/** Aliases of the version that serves, best first: MLflow's documentation uses `champion`. */
const championAliases = ['champion', 'production', 'prod', 'live'];

export function isChampionAlias(alias: string): boolean {
	return championAliases.includes(alias.toLowerCase());
}

/** The version that serves: by its alias, else by its stage. */
export function championOf(
	versions: readonly ModelVersion[],
): { readonly version: ModelVersion; readonly mark: string } | null {
	for (const alias of championAliases) {
		const version = versions.find(one => one.aliases.some(name => name.toLowerCase() === alias));
		const name = version?.aliases.find(one => one.toLowerCase() === alias);
		if (version && name !== undefined) return { version, mark: `@${name}` };
	}
	const version = versions.find(({ stage }) => stage === 'Production');
	return version ? { version, mark: 'Production' } : null;
}

/**
 * The models whose newest version is not the one that serves.
 * @param versions newest first
 */
export function contests(versions: readonly ModelVersion[]): readonly Contest[] {
	return [...Map.groupBy(versions, ({ name }) => name)].flatMap(([model, all]) => {
		const newest = all[0];
		const champion = championOf(all);
		if (!newest || champion === null || champion.version === newest) return [];
		return [{ model, champion: champion.version, mark: champion.mark, newest }];
	});
}
