import * as z from 'zod/mini';
import { cleanText } from '../model/clean-text.ts';
import type { DockerHost } from '../model/engine-address.ts';
import { alarmingSeverities } from '../model/finding.ts';
import type { FolderProject } from '../model/folder-project.ts';
import {
	type Colour,
	colourNames,
	type SymbolChoice,
	symbolChoices,
	type ThemeChoice,
	type ToneName,
	themeChoices,
	tones,
} from '../model/looks.ts';
import type { NotifyConfig } from '../model/notify-settings.ts';
import { desktopWays } from '../model/notify-settings.ts';
import { cleanId } from '../model/outside-id.ts';
import { quietHours } from '../model/quiet-hours.ts';
import type { Secret } from '../model/secret.ts';

const defaultNotify = { every: 60 };

/** In force where nothing else is said: the guide's stack, and what suits most terminals. */
export const defaults = {
	airflow: { username: 'admin', password: 'admin', keep_session: true },
	dag: 'ml_pipeline_end_to_end',
	experiment: 'lakehouse_ml_pipeline',
	read_only: false,
	stats_interval: 2,
	symbols: 'auto',
	theme: 'auto',
	language: 'auto',
} as const;

export const languageChoices = ['auto', 'en', 'ko'] as const;
export type LanguageChoice = (typeof languageChoices)[number];

type Meta = { readonly default?: unknown; readonly examples?: readonly unknown[] };

/** What an editor shows of a field; it ends up in the JSON Schema. */
function about(description: string, { default: value, examples }: Meta = {}) {
	return z.meta({
		description,
		...(value === undefined ? {} : { default: value }),
		...(examples === undefined ? {} : { examples: [...examples] }),
	});
}

/** Longer values are a mistake; a message of a megabyte would not say which. */
const limit = 4096;
const longest = z.maxLength(limit);
const notEmpty = z.minLength(1);
/** On one line and harmless, whatever the file holds: it is shown. */
const harmless = z.overwrite<string>(text => cleanText(text.slice(0, limit + 1)));

const text = (description: string, meta?: Meta) =>
	z.optional(z.string().check(longest, harmless, notEmpty, about(description, meta)));
/** The name of something on a server, as ids of its answers are. */
const id = (description: string, meta?: Meta) =>
	z.optional(
		z.string().check(
			longest,
			z.overwrite<string>(id => (id.length > limit ? id : cleanId(id))),
			notEmpty,
			about(description, meta),
		),
	);
/** Sent or run exactly as it is written, and never shown. */
const secret = (description: string, meta?: Meta) =>
	z.optional(z.string().check(longest, notEmpty, about(description, meta)));
/** Used exactly as it is written, and shown: it must not hold what would be lost. */
const path = (description: string, meta?: Meta) =>
	z.optional(
		z.string().check(
			longest,
			notEmpty,
			z.refine(
				text => text.length <= limit && cleanText(text) === text.normalize('NFC'),
				'it holds characters that are invisible or that a terminal acts on',
			),
			about(description, meta),
		),
	);

/** An address of a web page. What is wrong with it is said without repeating it: it might hold a password. */
const address = (description: string, meta?: Meta) =>
	z.string().check(
		longest,
		harmless,
		z.refine(isWebAddress, 'no web address; write it as http://host:port'),
		z.refine(
			text => !holdsCredentials(text),
			'it holds a password, and an address is seen by everyone; give username and password apart',
		),
		z.meta({ format: 'uri' }),
		about(description, meta),
	);

function isWebAddress(text: string): boolean {
	return /^https?:$/.test(URL.parse(text)?.protocol ?? '');
}

function holdsCredentials(text: string): boolean {
	const url = URL.parse(text);
	return url !== null && (url.username !== '' || url.password !== '');
}

const file = (of: string) =>
	path(
		`File whose first line is ${of}; relative to the config file, or from ~/. It should be readable by its owner alone.`,
	);
const command = (of: string, example: string) =>
	secret(
		`Shell command that prints ${of} as the first line of its output. Run once, when it is needed, and only from a config file that you trust (see Trust in docs/configuration.md).`,
		{ examples: [example] },
	);

/** YAML reads a digit as a number. */
const key = z.union([z.string().check(longest, harmless, notEmpty), z.int().check(z.minimum(0), z.maximum(9))]);

/** What the top level and each profile may hold. */
const fields = {
	project: text('Compose project of the MLOps stack; left out: found by its labels.', { examples: ['mlops'] }),
	compose_file: path(
		'Compose file of the MLOps stack; left out: as Compose noted it on the containers, else docker-compose-mlops.yml in the current folder. Relative to the config file, or from ~/.',
		{ examples: ['/srv/mlops/docker-compose-mlops.yml'] },
	),
	docker_host: text(
		'Docker Engine: unix:///path, tcp://host:port or ssh://user@host; left out: found as docker itself finds it (DOCKER_HOST, contexts, the usual sockets).',
		{ examples: ['ssh://ops@db-host'] },
	),
	airflow: z.optional(
		z
			.strictObject({
				url: z.optional(
					address('Airflow webserver; left out: found by its published port.', { examples: ['http://localhost:8082'] }),
				),
				username: text('User of Airflow.', { default: defaults.airflow.username }),
				password: secret("Its password; the guide's where nothing is said. Better in a file or from a command."),
				password_file: file('the password'),
				password_command: command('the password', 'pass show airflow'),
				keep_session: z.optional(
					z
						.boolean()
						.check(
							about(
								'Keep the session of a login for the next command, in a file that you alone may read ($XDG_RUNTIME_DIR/laketop, else ~/.local/state/laketop). Without it each command logs in, and more than five logins within 40 s lock everybody out who comes from the same address.',
								{ default: defaults.airflow.keep_session },
							),
						),
				),
			})
			.check(about('Where Airflow is, and who asks.')),
	),
	mlflow: z.optional(
		z
			.strictObject({
				url: z.optional(
					address('MLflow server; left out: found by its published port.', { examples: ['http://localhost:5000'] }),
				),
				username: text('User of MLflow, where it wants one.'),
				password: secret("The user's password. Better in a file or from a command."),
				password_file: file('the password'),
				password_command: command('the password', 'pass show mlflow'),
				token: secret('Token sent instead of user and password. Better in a file or from a command.'),
				token_file: file('the token'),
				token_command: command('the token', 'pass show mlflow-token'),
			})
			.check(about('Where MLflow is, and who asks.')),
	),
	dag: id('DAG that is shown first, and meant where a command names none.', { default: defaults.dag }),
	experiment: id('MLflow experiment that is shown.', { default: defaults.experiment }),
	pages: z.optional(
		z
			.array(
				z.strictObject({
					name: z.string().check(longest, harmless, notEmpty, about('Name on the screen.')),
					url: address('Its address.'),
				}),
			)
			.check(
				about('Further web pages to look at, besides those that are found.', {
					examples: [[{ name: 'Grafana', url: 'http://localhost:3000' }]],
				}),
			),
	),
	read_only: z.optional(
		z.boolean().check(about('Take away every key and command that changes anything.', { default: defaults.read_only })),
	),
	stats_interval: z.optional(
		z
			.number()
			.check(
				z.minimum(1),
				z.maximum(60),
				about('Seconds between two looks at CPU and memory, from 1 to 60.', { default: defaults.stats_interval }),
			),
	),
	symbols: z.optional(
		z
			.enum(symbolChoices)
			.check(about('Drawing characters; auto asks the terminal how wide it draws.', { default: defaults.symbols })),
	),
	theme: z.optional(
		z
			.enum(themeChoices)
			.check(
				about(
					"Colours; auto: dark shades where the terminal says that its background is light, else the terminal's own sixteen. NO_COLOR is the same as mono, and goes before this.",
					{ default: defaults.theme },
				),
			),
	),
	language: z.optional(
		z.enum(languageChoices).check(
			about(
				'Language of findings and remedies; auto: Korean where LC_ALL, LC_MESSAGES or LANG says so, else English.',
				{
					default: defaults.language,
				},
			),
		),
	),
	colours: z.optional(
		z
			.strictObject({
				good: colour(tones.good),
				active: colour(tones.active),
				bad: colour(tones.bad),
				waiting: colour(tones.waiting),
				warning: colour(tones.warning),
				odd: colour(tones.odd),
				muted: colour(tones.muted),
				accent: colour(tones.accent),
			} satisfies Record<ToneName, unknown>)
			.check(
				about('Single colours that differ from the theme: a name, a number from 0 to 255, or #rrggbb.', {
					examples: [{ good: 'green', bad: '#d55e00', accent: 208 }],
				}),
			),
	),
	keys: z.optional(
		z
			.record(
				z.string().check(longest, harmless),
				z.nullable(z.union([key, z.array(key).check(z.minLength(1))], 'write a key, a list of keys, or null for none')),
			)
			.check(
				about('Keys of single actions: action id to a key, several keys, or null for none. docs/keys.md lists both.', {
					examples: [{ restart: 'ctrl-r', refresh: 'R', freeze: null }],
				}),
			),
	),
	notify: z.optional(
		z
			.strictObject({
				bell: z.optional(z.boolean().check(about('Ring the terminal.', { default: false }))),
				desktop: z.optional(
					z
						.enum(desktopWays)
						.check(
							about(
								'Desktop notification by the terminal, also over ssh: osc9 (iTerm2, Windows Terminal, kitty) or osc777 (urxvt, VTE, foot, Ghostty).',
								{ default: 'off' },
							),
						),
				),
				command: secret(
					'Shell command that is run; LAKETOP_NOTICE_TITLE and LAKETOP_NOTICE are in its environment, the notice as JSON on its input. Only from a config file that you trust (see Trust in docs/configuration.md).',
					{ examples: ['mail -s "$LAKETOP_NOTICE_TITLE" ops@example.com'] },
				),
				webhook: z.optional(
					address('Address that gets the notice as JSON by POST; `text` in it is what chat servers show.', {
						examples: ['https://chat.example.com/hooks/mlops'],
					}),
				),
				severity: z.optional(
					z
						.enum(alarmingSeverities)
						.check(about('warning: of everything; bad: only of what is bad.', { default: 'bad' })),
				),
				every: z.optional(
					z
						.number()
						.check(
							z.minimum(0),
							z.maximum(86_400),
							about('Seconds between two notices at least.', { default: defaultNotify.every }),
						),
				),
				quiet: z.optional(
					z.string().check(
						longest,
						harmless,
						z.refine(text => quietHours(text) !== null, 'no span of hours; write it as 22:00-07:00'),
						about(
							'Hours of the day, local time, in which nobody is told; what is still wrong at their end is told then.',
							{
								examples: ['22:00-07:00'],
							},
						),
					),
				),
			})
			.check(about('How somebody is told when something turns bad, while the screen is open.')),
	),
};

function colour(usedFor: string) {
	const words = 'no such colour; write a name (green, bright-blue), a number from 0 to 255, or "#rrggbb" in quotes';
	return z.optional(
		z
			.union(
				[
					z.enum(colourNames),
					z.string().check(z.regex(/^#[0-9A-Fa-f]{6}$/, words)),
					z.int().check(z.minimum(0), z.maximum(255)),
				],
				words,
			)
			.check(about(`${usedFor}.`)),
	);
}

const profileSchema = z.strictObject(fields);

/** What a `laketop.yaml` may hold. Every field may be left out; a field of another name is an error, as it is a typing error. */
export const configFileSchema = z.strictObject({
	...fields,
	profile: text('Profile in force where neither --profile nor LAKETOP_PROFILE names one.', { examples: ['prod'] }),
	profiles: z.optional(
		z.record(z.string().check(longest, harmless, notEmpty), z.nullable(profileSchema)).check(
			about('Stacks by name. What a profile says goes before the same field of the top level.', {
				examples: [{ prod: { docker_host: 'ssh://ops@prod' }, staging: { docker_host: 'ssh://ops@staging' } }],
			}),
		),
	),
});
export type ConfigFile = z.infer<typeof configFileSchema>;
export type Profile = z.infer<typeof profileSchema>;

/** One line of `keys:`: the keys of an action, as they were written. */
export type KeyBinding = {
	readonly actionId: string;
	/** None takes the action its keys away. */
	readonly keys: readonly string[];
	/** For messages: `/path/laketop.yaml:12: keys.restart`. */
	readonly where: string;
};

/** The configuration in force. */
export type Config = {
	/** The options of the command line that name a stack, as words: `--project`, `shop`. */
	readonly stackOptions?: readonly string[] | undefined;
	readonly dockerHost: DockerHost;
	readonly discovery: {
		readonly project?: string | undefined;
		readonly airflowUrl?: string | undefined;
		readonly mlflowUrl?: string | undefined;
		readonly pages?: readonly { readonly name: string; readonly url: string }[] | undefined;
	};
	readonly airflow: {
		readonly username: string;
		readonly password: Secret;
		/** Where sessions are kept from one command to the next; left out: nowhere. */
		readonly sessionFile?: string | undefined;
	};
	readonly mlflow: {
		readonly username?: string | undefined;
		readonly password?: Secret | undefined;
		readonly token?: Secret | undefined;
	};
	/** Absolute path; undefined: see `composeProjectOf`. */
	readonly composeFile?: string | undefined;
	/** The Compose project of the current folder; null or left out: it has none, or that is not known. */
	readonly folderProject?: FolderProject | null | undefined;
	readonly dag: string;
	readonly experiment: string;
	readonly readOnly: boolean;
	readonly statsIntervalMs: number;
	readonly symbols: SymbolChoice;
	readonly theme: ThemeChoice;
	/** Of findings and remedies. */
	readonly language: Exclude<LanguageChoice, 'auto'>;
	/** Tones whose colour differs from the theme's. */
	readonly colours: Readonly<Partial<Record<ToneName, Colour>>>;
	/** Actions whose keys differ from the table's; see `actions/keymap.ts`. */
	readonly keys: readonly KeyBinding[];
	/** How somebody is told when something turns bad. */
	readonly notify: NotifyConfig;
	/** The profile in force; null where there is none. */
	readonly profile: string | null;
	/** Names of all profiles, in the order of the file. */
	readonly profiles: readonly string[];
	readonly demo: boolean;
};
