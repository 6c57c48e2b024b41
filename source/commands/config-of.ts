import { type Flags, type LoadedConfig, loadConfig } from '../config/load.ts';
import { checkKeys } from './check-keys.ts';
import type { Given } from './given.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The configuration in force for what was given. A demo is its own stack: addresses, names and logins of a real one do
 * not belong to it; how the screen looks and what keys do does. Throws ConfigError.
 * @param profile chosen while the program runs, in place of the one that was given
 */
export function configOf(
	given: Given,
	environment: Environment,
	workingDirectory: string,
	profile?: string,
): Promise<LoadedConfig> {
	const flags = { ...flagsOf(given), ...(profile === undefined ? {} : { profile }) };
	if (!given.is('demo')) return loadConfig(flags, environment, workingDirectory, { checkKeys });
	const { config, profile: named, readOnly, symbols, theme, lang, dag } = flags;
	const kept = Object.fromEntries(Object.entries(environment).filter(([name]) => !ofAStack.test(name)));
	const looks = { config, profile: named, readOnly, symbols, theme, lang, dag };
	return loadConfig(looks, kept, workingDirectory, { leftOut: settingsOfAStack, checkKeys }).then(ofDemo);
}

/** Variables that say where a stack is, and how one logs in to it. */
const ofAStack =
	/^(DOCKER_|MLFLOW_TRACKING_|LAKETOP_(DOCKER_HOST|PROJECT|COMPOSE_FILE|DAG|EXPERIMENT|AIRFLOW_.*|MLFLOW_.*|NOTIFY_.*)$)/;
const settingsOfAStack = /^(docker_host|project|compose_file|dag|experiment|pages|airflow|mlflow|notify)(\.|$)/;

/** Without profiles of one's own, and without sessions: its addresses are others each time. */
const ofDemo = (loaded: LoadedConfig): LoadedConfig => {
	const { username, password } = loaded.config.airflow;
	return {
		...loaded,
		config: {
			...loaded.config,
			airflow: { username, password },
			folderProject: null,
			profile: null,
			profiles: [],
			stackOptions: [],
		},
	};
};

/** The global options as the configuration takes them. */
function flagsOf(given: Given): Flags {
	return {
		config: given.text('config'),
		dockerHost: given.text('docker-host'),
		project: given.text('project'),
		composeFile: given.text('compose-file'),
		airflowUrl: given.text('airflow-url'),
		mlflowUrl: given.text('mlflow-url'),
		dag: given.text('dag'),
		experiment: given.text('experiment'),
		readOnly: given.choice('read-only'),
		symbols: given.text('symbols'),
		theme: given.text('theme'),
		lang: given.text('lang'),
		profile: given.text('profile'),
	};
}
