import * as z from 'zod/mini';
import { guideExperiment } from '../model/experiment.ts';
import { alarmingSeverities } from '../model/finding.ts';
import { symbolChoices, type ToneName, themeChoices, tones } from '../model/looks.ts';
import { desktopMethods } from '../model/notify-settings.ts';
import { quietHours } from '../model/quiet-hours.ts';
import type { Text } from '../words/language.ts';
import { about, address, colour, entryName, id, keys, number, path, secret, text, textThat } from './fields.ts';
import { group, option } from './option.ts';

export const languageChoices = ['auto', 'en', 'ko'] as const;
export type LanguageChoice = (typeof languageChoices)[number];

const fileWith = (secretName: string, slot: string) =>
	option(path, {
		meaning: `File whose first line is ${secretName}. Relative to the config file, or from ~/. Only its owner should have read access.`,
		slot,
		risk: 'file',
	});

const commandFor = (secretName: string, slot: string, example: string) =>
	option(secret, {
		meaning: `Shell command whose first line of output is ${secretName}. It runs once, when needed, and only from a trusted config file (see Trust in docs/configuration.md).`,
		examples: [example],
		secret: 'command',
		slot,
		risk: 'command',
	});

const tokenCommandFor = (slot: string, example: string) =>
	option(secret, {
		meaning:
			'Command whose first line of output is the token. It runs without a shell, when needed, and again when the token expires or is rejected. Only from a trusted config file (see Trust in docs/configuration.md).',
		examples: [example],
		secret: 'command',
		slot,
		risk: 'command',
	});

// Options with the same text share a line of the help.
const airflowLogin: Text = [
	'Airflow login (default: the one the stack was set up with, otherwise admin/admin)',
	'Airflow 로그인(기본값: 스택을 처음 설정할 때 만든 사용자, 없으면 admin/admin)',
];
const mlflowLogin: Text = ['MLflow login, if required', 'MLflow 로그인(필요한 경우)'];
const notifications: Text = [
	'Notifications of new findings while the screen is open',
	'화면이 열려 있는 동안 새 문제에 대한 알림',
];

/**
 * Every option: one row each, in display order. Flags, variables, the schema of the file, help, completion, `laketop
 * config`, the man page and docs/configuration.md are made from it, and so is `Config.options`.
 */
export const table = {
	project: option(text, {
		meaning: 'Compose project of the MLOps stack. Default: discovered by its labels.',
		examples: ['mlops'],
		flag: {
			name: 'project',
			value: { name: 'NAME', kind: 'project' },
			help: ['Compose project of the MLOps stack', 'MLOps 스택의 Compose 프로젝트'],
		},
		discovered: true,
		namesStack: true,
		isPlace: true,
		isOfStack: true,
		risk: 'servers',
	}),
	compose_file: option(path, {
		meaning:
			'Compose file of the MLOps stack, or several as in COMPOSE_FILE (base.yml:prod.yml). Default: the files that Compose recorded on the containers, otherwise those of the current folder: docker-compose-mlops.yml, or what Compose itself would read (COMPOSE_FILE, compose.yaml, compose.yml, docker-compose.yml or docker-compose.yaml, and its override). Relative to the config file, or from ~/.',
		examples: ['/srv/mlops/docker-compose-mlops.yml', 'compose.yaml:compose.prod.yaml'],
		flag: {
			name: 'compose-file',
			value: { name: 'FILE', kind: 'file' },
			help: [
				'Compose file of the stack, or several: A:B (default: from its containers, otherwise this folder)',
				'스택의 Compose 파일, 여러 개는 A:B(기본값: 컨테이너에 기록된 파일, 없으면 현재 폴더의 파일)',
			],
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
			'Docker Engine: unix:///path, tcp://host:port or ssh://user@host; or none for a stack without containers, such as managed Airflow. Default: the same as for docker (DOCKER_HOST, contexts, the usual sockets). If no socket exists and airflow.url is set, none.',
		examples: ['ssh://ops@db-host', 'none'],
		flag: {
			name: 'docker-host',
			value: { name: 'URL', kind: 'address' },
			help: [
				'Docker Engine: unix:///path, tcp://host:port, ssh://user@host, or none',
				'Docker 엔진: unix:///path, tcp://host:port, ssh://user@host 또는 none',
			],
		},
		namesStack: true,
		isPlace: true,
		isOfStack: true,
		risk: 'engine',
	}),
	airflow: group(
		'Address and login of Airflow.',
		{
			url: option(address, {
				meaning: 'Airflow webserver. Default: discovered from its published port.',
				examples: ['http://localhost:8082'],
				flag: {
					name: 'airflow-url',
					value: { name: 'URL', kind: 'address' },
					help: [
						'Airflow webserver (default: discovered from its published port)',
						'Airflow 웹 서버(기본값: 게시된 포트에서 찾음)',
					],
				},
				discovered: true,
				namesStack: true,
				isPlace: true,
				isOfProject: true,
				risk: 'servers',
			}),
			username: option(text, {
				meaning:
					'User of Airflow. Default: the user that the environment of a container of the stack, or its Compose file, has Airflow create (_AIRFLOW_WWW_USER_USERNAME and _AIRFLOW_WWW_USER_PASSWORD), otherwise admin. That login is only sent to the published port of the same stack.',
				default: 'admin',
				variableHelp: airflowLogin,
			}),
			password: option(secret, {
				meaning: 'Password of the Airflow user. A file or a command is safer.',
				default: 'admin',
				variableHelp: airflowLogin,
				secret: 'value',
				slot: 'airflow.password',
			}),
			password_file: fileWith('the password', 'airflow.password'),
			password_command: commandFor('the password', 'airflow.password', 'pass show airflow'),
			token: option(secret, {
				meaning:
					'Token used instead of user and password, as managed Airflow requires. A text NAME=VALUE is sent as a cookie. A file or a command is safer.',
				variableHelp: airflowLogin,
				secret: 'value',
				slot: 'airflow.token',
			}),
			token_file: fileWith('the token', 'airflow.token'),
			token_command: tokenCommandFor('airflow.token', 'gcloud auth print-access-token'),
			keep_session: option(z.boolean(), {
				meaning:
					'Keep the login session for the next command, in a file that only you can read ($XDG_RUNTIME_DIR/laketop, otherwise ~/.local/state/laketop). Otherwise every command logs in. More than five logins within 40s lock out everyone at the same address.',
				default: true,
				variableHelp: [
					'Keep the Airflow session for the next command (default: true)',
					'다음 명령을 위해 Airflow 세션 유지(기본값: true)',
				],
			}),
		},
		{ isOfStack: true },
	),
	mlflow: group(
		'Address and login of MLflow.',
		{
			url: option(address, {
				meaning: 'MLflow server. Default: discovered from its published port.',
				examples: ['http://localhost:5000'],
				flag: {
					name: 'mlflow-url',
					value: { name: 'URL', kind: 'address' },
					help: [
						'MLflow server (default: discovered from its published port)',
						'MLflow 서버(기본값: 게시된 포트에서 찾음)',
					],
				},
				// Other schemes (file:, databricks, sqlite:) are no server that laketop can watch.
				foreign: { name: 'MLFLOW_TRACKING_URI', takes: (value: string) => /^https?:\/\//.test(value) },
				discovered: true,
				namesStack: true,
				isPlace: true,
				isOfProject: true,
				risk: 'servers',
			}),
			username: option(text, {
				meaning: 'User of MLflow, if it requires a login.',
				variableHelp: mlflowLogin,
				foreign: { name: 'MLFLOW_TRACKING_USERNAME' },
			}),
			password: option(secret, {
				meaning: 'Password of the MLflow user. A file or a command is safer.',
				variableHelp: mlflowLogin,
				foreign: { name: 'MLFLOW_TRACKING_PASSWORD' },
				secret: 'value',
				slot: 'mlflow.password',
			}),
			password_file: fileWith('the password', 'mlflow.password'),
			password_command: commandFor('the password', 'mlflow.password', 'pass show mlflow'),
			token: option(secret, {
				meaning: 'Token used instead of user and password. A file or a command is safer.',
				variableHelp: mlflowLogin,
				foreign: { name: 'MLFLOW_TRACKING_TOKEN' },
				secret: 'value',
				slot: 'mlflow.token',
			}),
			token_file: fileWith('the token', 'mlflow.token'),
			token_command: tokenCommandFor('mlflow.token', 'pass show mlflow-token'),
			series_tag: option(text, {
				meaning:
					'Tag whose value groups MLflow runs into one history. Default: runs of the same name. Runs whose names occur once form one history.',
				examples: ['model_family'],
				variableHelp: ['Tag that groups MLflow runs into one history', 'MLflow 실행을 하나의 추이로 묶는 태그'],
			}),
		},
		{ isOfStack: true },
	),
	dag: option(id, {
		meaning:
			'DAG to show first, and the one for commands that name none. Default: ml_pipeline_end_to_end if Airflow has it, otherwise the DAG with the newest run. Commands that modify something never choose that one by themselves.',
		default: 'ml_pipeline_end_to_end',
		flag: {
			name: 'dag',
			value: { name: 'ID', kind: 'dag' },
			help: [
				'DAG shown first and used by default (default: ml_pipeline_end_to_end, otherwise the DAG with the newest run)',
				'처음 보여 주고 기본으로 쓰는 DAG(기본값: ml_pipeline_end_to_end, 없으면 가장 최근에 실행된 DAG)',
			],
		},
		isOfStack: true,
	}),
	experiment: option(id, {
		meaning: `MLflow experiment to show. Default: ${guideExperiment} if MLflow has it, otherwise the experiment with the newest run.`,
		default: guideExperiment,
		flag: {
			name: 'experiment',
			value: { name: 'NAME', kind: 'experiment' },
			help: [
				`MLflow experiment (default: ${guideExperiment}, otherwise the one with the newest run)`,
				`MLflow 실험(기본값: ${guideExperiment}, 없으면 가장 최근에 실행된 실험)`,
			],
		},
		namesStack: true,
		isOfStack: true,
	}),
	pages: option(
		z.array(
			z.strictObject({
				name: text.check(about('Name on the screen.')),
				url: address.check(about('Address of the page.')),
			}),
		),
		{
			meaning: 'Web pages to check in addition to the discovered ones.',
			examples: [[{ name: 'Grafana', url: 'http://localhost:3000' }]],
			isOfStack: true,
		},
	),
	read_only: option(z.boolean(), {
		meaning: 'Disable every key and command that modifies something.',
		default: false,
		flag: {
			name: 'read-only',
			help: ['Disable every action that modifies something', '변경하는 동작을 모두 비활성화'],
		},
	}),
	stats_interval: option(number(1, 60), {
		meaning: 'Interval of CPU and memory samples, in seconds, from 1 to 60.',
		default: 2,
		variableHelp: [
			'Interval of CPU and memory samples in seconds (default: 2)',
			'CPU와 메모리 측정 간격(초, 기본값: 2)',
		],
	}),
	symbols: option(z.enum(symbolChoices), {
		meaning: 'Drawing characters. auto measures how wide the terminal draws them.',
		default: 'auto',
		flag: {
			name: 'symbols',
			value: { name: 'SET', kind: 'choice' },
			help: ['Drawing characters: auto, unicode, narrow, ascii', '화면에 쓸 기호: auto, unicode, narrow, ascii'],
		},
	}),
	theme: option(z.enum(themeChoices), {
		meaning:
			"Colour theme. auto uses light if the terminal reports a light background, otherwise the terminal's own 16 colours. NO_COLOR has priority and equals mono.",
		default: 'auto',
		flag: {
			name: 'theme',
			value: { name: 'NAME', kind: 'choice' },
			help: ['Colour theme: auto, dark, light, colour-blind, mono', '색 테마: auto, dark, light, colour-blind, mono'],
		},
	}),
	mouse: option(z.boolean(), {
		meaning:
			'Click selects, double click opens, the wheel scrolls. Without it, the mouse selects text as in any program of the terminal.',
		default: false,
		flag: {
			name: 'mouse',
			help: ['Select, open and scroll with the mouse', '마우스로 선택, 열기, 스크롤'],
		},
	}),
	language: option(z.enum(languageChoices), {
		meaning: 'Language of the screen, the help and messages. auto follows LC_ALL, LC_MESSAGES or LANG.',
		default: 'auto',
		variable: 'LAKETOP_LANG',
		flag: {
			name: 'lang',
			value: { name: 'LANGUAGE', kind: 'choice' },
			help: [
				'Language: auto (from LC_ALL, LC_MESSAGES or LANG), en, ko',
				'언어: auto(LC_ALL, LC_MESSAGES 또는 LANG에 따름), en, ko',
			],
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
			meaning: 'Colours that override the theme: a name, a number from 0 to 255, or #rrggbb.',
			examples: [{ good: 'green', bad: '#d55e00', accent: 208 }],
		},
	),
	keys: option(z.record(entryName, keys), {
		meaning:
			'Key bindings: an action id with a key, a list of keys, or null to unbind it. docs/keys.md lists actions and keys.',
		examples: [{ restart: 'ctrl-r', refresh: 'R', freeze: null }],
	}),
	notify: group(
		'Notifications of new findings while the screen is open.',
		{
			bell: option(z.boolean(), {
				meaning: 'Ring the terminal bell.',
				default: false,
				variableHelp: notifications,
			}),
			desktop: option(z.enum(desktopMethods), {
				meaning:
					'Desktop notification by the terminal, also over ssh: osc9 (iTerm2, Windows Terminal, kitty) or osc777 (urxvt, VTE, foot, Ghostty).',
				default: 'off',
				variableHelp: notifications,
			}),
			command: option(secret, {
				meaning:
					'Shell command to run. Its environment has LAKETOP_NOTICE_TITLE and LAKETOP_NOTICE; its standard input is the notification as JSON. It runs only from a trusted config file (see Trust in docs/configuration.md).',
				examples: ['mail -s "$LAKETOP_NOTICE_TITLE" ops@example.com'],
				variableHelp: notifications,
				secret: 'command',
				risk: 'command',
			}),
			webhook: option(address, {
				meaning: 'Address that receives the notification as JSON by POST. Chat servers show its field `text`.',
				examples: ['https://chat.example.com/hooks/mlops'],
				variableHelp: notifications,
				secret: 'value',
				risk: 'webhook',
			}),
			severity: option(z.enum(alarmingSeverities), {
				meaning: 'Lowest severity that sends a notification: warning or bad.',
				default: 'bad',
				variableHelp: notifications,
			}),
			every: option(number(0, 86_400), {
				meaning: 'Minimum interval between two notifications, in seconds.',
				default: 60,
				variableHelp: notifications,
			}),
			quiet: option(
				textThat(
					text => quietHours(text) !== null,
					['not a time span; write it as 22:00-07:00', '시간대가 아닙니다. 22:00-07:00 형식으로 쓰세요'],
				),
				{
					meaning:
						'Quiet hours in local time, without notifications. Findings that still exist at their end are notified then.',
					examples: ['22:00-07:00'],
					variableHelp: notifications,
				},
			),
		},
		{ isOfStack: true },
	),
};
