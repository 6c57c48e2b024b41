import { type Flags, type LoadedConfig, loadConfig } from '../config/load.ts';
import type { Given } from './given.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The configuration in force for what was given. A demo stands for itself: neither config file nor addresses of a real
 * stack belong to it. Throws ConfigError.
 * @param profile chosen while the program runs, in place of the one that was given
 */
export function configOf(
	given: Given,
	environment: Environment,
	workingDirectory: string,
	profile?: string,
): Promise<LoadedConfig> {
	const flags = { ...flagsOf(given), ...(profile === undefined ? {} : { profile }) };
	if (!given.is('demo')) return loadConfig(flags, environment, workingDirectory);
	const { readOnly, symbols, theme, lang, dag } = flags;
	const { LAKETOP_SYMBOLS, LAKETOP_THEME, LAKETOP_LANG, LC_ALL, LC_MESSAGES, LANG } = environment;
	const kept = { LAKETOP_SYMBOLS, LAKETOP_THEME, LAKETOP_LANG, LC_ALL, LC_MESSAGES, LANG };
	return loadConfig({ readOnly, symbols, theme, lang, dag }, kept, null);
}

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
