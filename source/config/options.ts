import { defaults } from './schema.ts';

/** What the command line can set; secrets are not among it, as a command line is seen by every user of the host. */
export type Flags = {
	readonly config?: string | undefined;
	readonly profile?: string | undefined;
	readonly dockerHost?: string | undefined;
	readonly project?: string | undefined;
	readonly composeFile?: string | undefined;
	readonly airflowUrl?: string | undefined;
	readonly mlflowUrl?: string | undefined;
	readonly dag?: string | undefined;
	readonly experiment?: string | undefined;
	readonly readOnly?: boolean | undefined;
	readonly symbols?: string | undefined;
	readonly theme?: string | undefined;
	readonly lang?: string | undefined;
};

/** Where an option can be set besides the file; the variable `LAKETOP_` and its name always can, see `variableOf`. */
export type Option = {
	/** Its name in the file, dotted: `airflow.url`. */
	readonly key: string;
	readonly flag?: keyof Flags;
	/** Its variable, where that is not `LAKETOP_` and its name. */
	readonly variable?: string;
	/** A variable of another program, which is believed where nothing else is said. */
	readonly foreign?: string;
	/** Never shown; of a command its first word is. */
	readonly secret?: 'value' | 'command';
	/** Of the options of one slot one counts, the strongest: a secret is given in one of three ways. */
	readonly slot?: string;
	readonly default?: string | number | boolean;
	/** Left out, it is found by looking at the stack. */
	readonly discovered?: true;
	/** Text where left out. Only a file can hold a list or a map. */
	readonly kind?: 'boolean' | 'number' | 'list' | 'map';
};

const secret = (key: string, more: Partial<Option> = {}): Option[] => [
	{ key, slot: key, secret: 'value', ...more },
	{ key: `${key}_file`, slot: key },
	{ key: `${key}_command`, slot: key, secret: 'command' },
];

/** Every option, in the order in which it is shown. */
export const options: readonly Option[] = [
	{ key: 'project', flag: 'project', discovered: true },
	{ key: 'compose_file', flag: 'composeFile', discovered: true },
	{ key: 'docker_host', flag: 'dockerHost' },
	{ key: 'airflow.url', flag: 'airflowUrl', discovered: true },
	{ key: 'airflow.username', default: defaults.airflow.username },
	...secret('airflow.password', { default: defaults.airflow.password }),
	{ key: 'airflow.keep_session', kind: 'boolean', default: defaults.airflow.keep_session },
	{ key: 'mlflow.url', flag: 'mlflowUrl', foreign: 'MLFLOW_TRACKING_URI', discovered: true },
	{ key: 'mlflow.username', foreign: 'MLFLOW_TRACKING_USERNAME' },
	...secret('mlflow.password', { foreign: 'MLFLOW_TRACKING_PASSWORD' }),
	...secret('mlflow.token', { foreign: 'MLFLOW_TRACKING_TOKEN' }),
	{ key: 'dag', flag: 'dag', default: defaults.dag },
	{ key: 'experiment', flag: 'experiment', default: defaults.experiment },
	{ key: 'pages', kind: 'list' },
	{ key: 'read_only', flag: 'readOnly', kind: 'boolean', default: defaults.read_only },
	{ key: 'stats_interval', kind: 'number', default: defaults.stats_interval },
	{ key: 'symbols', flag: 'symbols', default: defaults.symbols },
	{ key: 'theme', flag: 'theme', default: defaults.theme },
	{ key: 'language', flag: 'lang', variable: 'LAKETOP_LANG', default: defaults.language },
	{ key: 'colours', kind: 'map' },
	{ key: 'keys', kind: 'map' },
	{ key: 'notify.bell', kind: 'boolean', default: false },
	{ key: 'notify.desktop', default: 'off' },
	{ key: 'notify.command', secret: 'command' },
	{ key: 'notify.webhook', secret: 'value' },
	{ key: 'notify.severity', default: 'bad' },
	{ key: 'notify.every', kind: 'number', default: 60 },
	{ key: 'notify.quiet' },
];

/** What sets an option: `--airflow-url`, `LAKETOP_AIRFLOW_URL`, `airflow.url in the file`, the strongest first. */
export function settingWays(key: string): string[] {
	const option = options.find(one => one.key === key);
	if (key === 'config' || key === 'profile') return [`--${key}`, `LAKETOP_${key.toUpperCase()}`];
	if (option === undefined) return [`${key} in the file`];
	const variable = variableOf(option);
	return [
		...(option.flag === undefined ? [] : [writtenFlag(option.flag)]),
		...(variable === null ? [] : [variable]),
		...(option.foreign === undefined ? [] : [option.foreign]),
		`${key} in the file`,
	];
}

/** `airflow.url` → `LAKETOP_AIRFLOW_URL`; null for what only a file can hold. */
export function variableOf(option: Option): string | null {
	if (option.variable !== undefined) return option.variable;
	return option.kind === 'list' || option.kind === 'map'
		? null
		: `LAKETOP_${option.key.replaceAll('.', '_').toUpperCase()}`;
}

/** `airflowUrl` → `--airflow-url`. */
export function writtenFlag(flag: keyof Flags): string {
	return `--${flag.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}
