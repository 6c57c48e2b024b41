import * as z from 'zod/mini';
import { guideExperiment } from '../model/experiment.ts';
import { alarmingSeverities } from '../model/finding.ts';
import { symbolChoices, type ToneName, themeChoices, tones } from '../model/looks.ts';
import { desktopWays } from '../model/notify-settings.ts';
import { quietHours } from '../model/quiet-hours.ts';
import { about, address, colour, entryName, id, keys, number, path, secret, text, textThat } from './fields.ts';
import { group, option } from './option.ts';

export const languageChoices = ['auto', 'en', 'ko'] as const;
export type LanguageChoice = (typeof languageChoices)[number];

/** A secret that a file holds. */
const fileWith = (what: string, slot: string) =>
	option(path, {
		meaning: `File whose first line is ${what}; relative to the config file, or from ~/. It should be readable by its owner alone.`,
		slot,
		risk: 'file',
	});

/** A secret that a command prints. */
const commandFor = (what: string, slot: string, example: string) =>
	option(secret, {
		meaning: `Shell command that prints ${what} as the first line of its output. Run once, when it is needed, and only from a config file that you trust (see Trust in docs/configuration.md).`,
		examples: [example],
		secret: 'command',
		slot,
		risk: 'command',
	});

const mlflowLogin = 'login of MLflow, where it wants one';
const told = 'how somebody is told when something turns bad';

/**
 * Every option: one row each, in the order in which they are shown. Flags, variables, the schema of the file, help,
 * completion, `laketop config`, the man page and docs/configuration.md are made from it, and so is `Config.options`.
 */
export const table = {
	project: option(text, {
		meaning: 'Compose project of the MLOps stack; left out: found by its labels.',
		examples: ['mlops'],
		flag: { name: 'project', value: { name: 'NAME', kind: 'project' }, help: 'Compose project of the MLOps stack' },
		discovered: true,
		namesStack: true,
		isPlace: true,
		isOfStack: true,
		risk: 'servers',
	}),
	compose_file: option(path, {
		meaning:
			'Compose file of the MLOps stack; left out: as Compose noted it on the containers, else docker-compose-mlops.yml in the current folder. Relative to the config file, or from ~/.',
		examples: ['/srv/mlops/docker-compose-mlops.yml'],
		flag: {
			name: 'compose-file',
			value: { name: 'FILE', kind: 'file' },
			help: 'Compose file of the stack (else as noted on its containers, else ./docker-compose-mlops.yml)',
		},
		discovered: true,
		namesStack: true,
		isPlace: true,
		isOfProject: true,
		isOfStack: true,
		risk: 'file',
	}),
	docker_host: option(text, {
		meaning:
			'Docker Engine: unix:///path, tcp://host:port or ssh://user@host; left out: found as docker itself finds it (DOCKER_HOST, contexts, the usual sockets).',
		examples: ['ssh://ops@db-host'],
		flag: {
			name: 'docker-host',
			value: { name: 'URL', kind: 'address' },
			help: 'Docker Engine: unix:///path, tcp://host:port, ssh://user@host',
		},
		namesStack: true,
		isPlace: true,
		isOfStack: true,
		risk: 'engine',
	}),
	airflow: group(
		'Where Airflow is, and who asks.',
		{
			url: option(address, {
				meaning: 'Airflow webserver; left out: found by its published port.',
				examples: ['http://localhost:8082'],
				flag: {
					name: 'airflow-url',
					value: { name: 'URL', kind: 'address' },
					help: 'Airflow webserver (otherwise discovered from the published port of its container)',
				},
				discovered: true,
				namesStack: true,
				isPlace: true,
				isOfProject: true,
				risk: 'servers',
			}),
			username: option(text, {
				meaning: 'User of Airflow.',
				default: 'admin',
				variableHelp: 'login of Airflow (admin/admin)',
			}),
			password: option(secret, {
				meaning: "Its password; the guide's where nothing is said. Better in a file or from a command.",
				default: 'admin',
				variableHelp: 'login of Airflow (admin/admin)',
				secret: 'value',
				slot: 'airflow.password',
			}),
			password_file: fileWith('the password', 'airflow.password'),
			password_command: commandFor('the password', 'airflow.password', 'pass show airflow'),
			keep_session: option(z.boolean(), {
				meaning:
					'Keep the session of a login for the next command, in a file that you alone may read ($XDG_RUNTIME_DIR/laketop, else ~/.local/state/laketop). Without it each command logs in, and more than five logins within 40 s lock everybody out who comes from the same address.',
				default: true,
				variableHelp: 'whether the session of a login is kept for the next command (true)',
			}),
		},
		{ isOfStack: true },
	),
	mlflow: group(
		'Where MLflow is, and who asks.',
		{
			url: option(address, {
				meaning: 'MLflow server; left out: found by its published port.',
				examples: ['http://localhost:5000'],
				flag: {
					name: 'mlflow-url',
					value: { name: 'URL', kind: 'address' },
					help: 'MLflow server (otherwise discovered from the published port of its container)',
				},
				// Other schemes (file:, databricks, sqlite:) are no server that could be watched.
				foreign: { name: 'MLFLOW_TRACKING_URI', takes: (value: string) => /^https?:\/\//.test(value) },
				discovered: true,
				namesStack: true,
				isPlace: true,
				isOfProject: true,
				risk: 'servers',
			}),
			username: option(text, {
				meaning: 'User of MLflow, where it wants one.',
				variableHelp: mlflowLogin,
				foreign: { name: 'MLFLOW_TRACKING_USERNAME' },
			}),
			password: option(secret, {
				meaning: "The user's password. Better in a file or from a command.",
				variableHelp: mlflowLogin,
				foreign: { name: 'MLFLOW_TRACKING_PASSWORD' },
				secret: 'value',
				slot: 'mlflow.password',
			}),
			password_file: fileWith('the password', 'mlflow.password'),
			password_command: commandFor('the password', 'mlflow.password', 'pass show mlflow'),
			token: option(secret, {
				meaning: 'Token sent instead of user and password. Better in a file or from a command.',
				variableHelp: mlflowLogin,
				foreign: { name: 'MLFLOW_TRACKING_TOKEN' },
				secret: 'value',
				slot: 'mlflow.token',
			}),
			token_file: fileWith('the token', 'mlflow.token'),
			token_command: commandFor('the token', 'mlflow.token', 'pass show mlflow-token'),
		},
		{ isOfStack: true },
	),
	dag: option(id, {
		meaning: 'DAG that is shown first, and meant where a command names none.',
		default: 'ml_pipeline_end_to_end',
		flag: {
			name: 'dag',
			value: { name: 'ID', kind: 'dag' },
			help: 'The DAG that is meant where none is named (ml_pipeline_end_to_end)',
		},
		isOfStack: true,
	}),
	experiment: option(id, {
		meaning: 'MLflow experiment that is shown.',
		default: guideExperiment,
		flag: {
			name: 'experiment',
			value: { name: 'NAME', kind: 'text' },
			help: `MLflow experiment (${guideExperiment})`,
		},
		namesStack: true,
		isOfStack: true,
	}),
	pages: option(
		z.array(
			z.strictObject({
				name: text.check(about('Name on the screen.')),
				url: address.check(about('Its address.')),
			}),
		),
		{
			meaning: 'Further web pages to look at, besides those that are found.',
			examples: [[{ name: 'Grafana', url: 'http://localhost:3000' }]],
			isOfStack: true,
		},
	),
	read_only: option(z.boolean(), {
		meaning: 'Take away every key and command that changes anything.',
		default: false,
		flag: { name: 'read-only', help: 'Take away everything that changes anything' },
	}),
	stats_interval: option(number(1, 60), {
		meaning: 'Seconds between two looks at CPU and memory, from 1 to 60.',
		default: 2,
		variableHelp: 'seconds between two looks at CPU and memory (2)',
	}),
	symbols: option(z.enum(symbolChoices), {
		meaning: 'Drawing characters; auto asks the terminal how wide it draws.',
		default: 'auto',
		flag: {
			name: 'symbols',
			value: { name: 'SET', kind: 'choice' },
			help: 'Drawing characters: auto, unicode, narrow, ascii',
		},
	}),
	theme: option(z.enum(themeChoices), {
		meaning:
			"Colours; auto: dark shades where the terminal says that its background is light, else the terminal's own sixteen. NO_COLOR is the same as mono, and goes before this.",
		default: 'auto',
		flag: {
			name: 'theme',
			value: { name: 'NAME', kind: 'choice' },
			help: 'Colours: auto, dark, light, colour-blind, mono',
		},
	}),
	language: option(z.enum(languageChoices), {
		meaning: 'Language of findings and fixes; auto: Korean where LC_ALL, LC_MESSAGES or LANG says so, else English.',
		default: 'auto',
		variable: 'LAKETOP_LANG',
		flag: {
			name: 'lang',
			value: { name: 'LANGUAGE', kind: 'choice' },
			help: 'Language of findings and fixes: auto (as LC_ALL, LC_MESSAGES, LANG say), en, ko',
		},
	}),
	colours: option(
		z.strictObject({
			good: colour(tones.good),
			active: colour(tones.active),
			bad: colour(tones.bad),
			waiting: colour(tones.waiting),
			warning: colour(tones.warning),
			odd: colour(tones.odd),
			muted: colour(tones.muted),
			accent: colour(tones.accent),
		} satisfies Record<ToneName, unknown>),
		{
			meaning: 'Single colours that differ from the theme: a name, a number from 0 to 255, or #rrggbb.',
			examples: [{ good: 'green', bad: '#d55e00', accent: 208 }],
		},
	),
	keys: option(z.record(entryName, keys), {
		meaning: 'Keys of single actions: action id to a key, several keys, or null for none. docs/keys.md lists both.',
		examples: [{ restart: 'ctrl-r', refresh: 'R', freeze: null }],
	}),
	notify: group(
		'How somebody is told when something turns bad, while the screen is open.',
		{
			bell: option(z.boolean(), { meaning: 'Ring the terminal.', default: false, variableHelp: told }),
			desktop: option(z.enum(desktopWays), {
				meaning:
					'Desktop notification by the terminal, also over ssh: osc9 (iTerm2, Windows Terminal, kitty) or osc777 (urxvt, VTE, foot, Ghostty).',
				default: 'off',
				variableHelp: told,
			}),
			command: option(secret, {
				meaning:
					'Shell command that is run; LAKETOP_NOTICE_TITLE and LAKETOP_NOTICE are in its environment, the notice as JSON on its input. Only from a config file that you trust (see Trust in docs/configuration.md).',
				examples: ['mail -s "$LAKETOP_NOTICE_TITLE" ops@example.com'],
				variableHelp: told,
				secret: 'command',
				risk: 'command',
			}),
			webhook: option(address, {
				meaning: 'Address that gets the notice as JSON by POST; `text` in it is what chat servers show.',
				examples: ['https://chat.example.com/hooks/mlops'],
				variableHelp: told,
				secret: 'value',
				risk: 'webhook',
			}),
			severity: option(z.enum(alarmingSeverities), {
				meaning: 'warning: of everything; bad: only of what is bad.',
				default: 'bad',
				variableHelp: told,
			}),
			every: option(number(0, 86_400), {
				meaning: 'Seconds between two notices at least.',
				default: 60,
				variableHelp: told,
			}),
			quiet: option(
				textThat(text => quietHours(text) !== null, 'no span of hours; write it as 22:00-07:00'),
				{
					meaning:
						'Hours of the day, local time, in which nobody is told; what is still wrong at their end is told then.',
					examples: ['22:00-07:00'],
					variableHelp: told,
				},
			),
		},
		{ isOfStack: true },
	),
};
