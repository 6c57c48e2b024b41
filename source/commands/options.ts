import type { Option } from './command.ts';

/** Options of the full-screen program and of every command, before or behind the command's name. */
export const globalOptions: readonly Option[] = [
	{ name: 'demo', help: 'Run on an embedded stack; nothing is needed. Looks and keys are as configured' },
	{
		name: 'docker-host',
		value: { name: 'URL', kind: 'address' },
		help: 'Docker Engine: unix:///path, tcp://host:port, ssh://user@host',
	},
	{ name: 'project', value: { name: 'NAME', kind: 'project' }, help: 'Compose project of the MLOps stack' },
	{
		name: 'compose-file',
		value: { name: 'FILE', kind: 'file' },
		help: 'Compose file of the stack (else as noted on its containers, else ./docker-compose-mlops.yml)',
	},
	{
		name: 'airflow-url',
		value: { name: 'URL', kind: 'address' },
		help: 'Airflow webserver (otherwise discovered from the published port of its container)',
	},
	{
		name: 'mlflow-url',
		value: { name: 'URL', kind: 'address' },
		help: 'MLflow server (otherwise discovered from the published port of its container)',
	},
	{
		name: 'dag',
		value: { name: 'ID', kind: 'dag' },
		help: 'The DAG that is meant where none is named (ml_pipeline_end_to_end)',
	},
	{
		name: 'experiment',
		value: { name: 'NAME', kind: 'text' },
		help: 'MLflow experiment (lakehouse_ml_pipeline)',
	},
	{ name: 'read-only', negatable: true, help: 'Take away everything that changes anything' },
	{
		name: 'symbols',
		value: { name: 'SET', kind: 'choice', choices: ['auto', 'unicode', 'narrow', 'ascii'] },
		help: 'Drawing characters: auto, unicode, narrow, ascii',
	},
	{
		name: 'theme',
		value: { name: 'NAME', kind: 'choice', choices: ['auto', 'dark', 'light', 'colour-blind', 'mono'] },
		help: 'Colours: auto, dark, light, colour-blind, mono',
	},
	{
		name: 'lang',
		value: { name: 'LANGUAGE', kind: 'choice', choices: ['auto', 'en', 'ko'] },
		help: 'Language of findings and remedies: auto (as LC_ALL, LC_MESSAGES, LANG say), en, ko',
	},
	{
		name: 'profile',
		value: { name: 'NAME', kind: 'profile' },
		help: 'Profile of the config file: one of several stacks',
	},
	{
		name: 'config',
		value: { name: 'FILE', kind: 'file' },
		help: 'Config file (else ./laketop.yaml, ~/.config/laketop/laketop.yaml)',
	},
	{ name: 'help', short: 'h', help: 'This help; with a command, its own' },
	{ name: 'version', help: 'The version of laketop' },
];

/** Environment variables, for help, man page and reference. */
export const environmentVariables: readonly (readonly [names: string, meaning: string])[] = [
	['LAKETOP_AIRFLOW_USERNAME, LAKETOP_AIRFLOW_PASSWORD', 'login of Airflow (admin/admin)'],
	['LAKETOP_AIRFLOW_KEEP_SESSION', 'whether the session of a login is kept for the next command (true)'],
	['LAKETOP_MLFLOW_USERNAME, LAKETOP_MLFLOW_PASSWORD, LAKETOP_MLFLOW_TOKEN', 'login of MLflow, where it wants one'],
	['the same with _FILE or _COMMAND behind PASSWORD or TOKEN', 'a file or a command that says it'],
	['LAKETOP_AIRFLOW_URL, LAKETOP_MLFLOW_URL, LAKETOP_DOCKER_HOST', 'as the options'],
	['LAKETOP_PROJECT, LAKETOP_COMPOSE_FILE, LAKETOP_DAG, LAKETOP_EXPERIMENT', 'as the options'],
	['LAKETOP_READ_ONLY, LAKETOP_SYMBOLS, LAKETOP_THEME, LAKETOP_PROFILE, LAKETOP_CONFIG', 'as the options'],
	[
		'LAKETOP_NOTIFY_BELL, LAKETOP_NOTIFY_DESKTOP, LAKETOP_NOTIFY_COMMAND, LAKETOP_NOTIFY_WEBHOOK, LAKETOP_NOTIFY_SEVERITY, LAKETOP_NOTIFY_EVERY, LAKETOP_NOTIFY_QUIET',
		'how somebody is told when something turns bad',
	],
	['LAKETOP_LANG', 'as --lang'],
	['LAKETOP_STATS_INTERVAL', 'seconds between two looks at CPU and memory (2)'],
	['MLFLOW_TRACKING_URI, MLFLOW_TRACKING_USERNAME, MLFLOW_TRACKING_PASSWORD, MLFLOW_TRACKING_TOKEN', 'as for MLflow'],
	['DOCKER_HOST, DOCKER_CONTEXT, DOCKER_TLS_VERIFY, DOCKER_CERT_PATH', 'as for docker'],
	['NO_COLOR', 'no colours'],
];
