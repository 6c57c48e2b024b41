import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { quietHours } from '../model/settings/quiet-hours.ts';
import type { StackOption } from '../model/state.ts';
import { languageOfLocale } from '../words/language.ts';
import type { Message } from '../words/message.ts';
import type { ReadConfigFile } from './config-file.ts';
import { resolveDockerHost } from './docker-host.ts';
import { readFolderProject } from './folder-project.ts';
import { checked, type Environment, type Settings } from './layers.ts';
import { camel } from './option.ts';
import { defaults, type Flags, openValues, options } from './options.ts';
import { originPlace } from './origin.ts';
import type { Config, LeftToStack } from './schema.ts';
import { pathOf, secretOf, trustedCommand } from './secrets.ts';

/** The given values and their sources. */
export type Given = {
	readonly flags: Flags;
	readonly environment: Environment;
	/** null: the current folder is unknown, and its files do not count. */
	readonly workingDirectory: string | null;
	readonly file: ReadConfigFile | null;
	/** The effective profile. */
	readonly profile: string | null;
	readonly settings: Settings;
	/** Whether the file may name commands. */
	readonly isTrusted: boolean;
};

/**
 * The configuration from settings. Warnings for the user are added to `warnings`. Throws ConfigError for invalid
 * values.
 */
export function configFrom(
	{ flags, environment, workingDirectory, file, profile, settings, isTrusted }: Given,
	warnings: Message[],
): Config {
	const values = checked(settings);
	const folder = workingDirectory ?? '.';
	const place = (key: string) => originPlace(settings.get(key)?.origin ?? { kind: 'default' }, key);
	const secret = (key: string) =>
		secretOf(key, settings, { workingDirectory: folder, isOwnFile: isTrusted, environment }, warnings) ?? undefined;
	const composeFile = settings.get('compose_file');
	const composeFiles =
		composeFile && filesIn(composeFile.value).map(value => pathOf({ ...composeFile, value }, folder));
	return {
		options: openValues(values),
		stackOptions: stackOptions(flags, folder),
		dockerHost: resolveDockerHost(
			values.docker_host,
			environment,
			place('docker_host'),
			warning => warnings.push(warning),
			{ isManaged: values['airflow.url'] !== undefined },
		),
		discovery: {
			project: values.project,
			airflowUrl: withoutSlash(values['airflow.url']),
			mlflowUrl: withoutSlash(values['mlflow.url']),
			pages: values.pages,
		},
		airflow: {
			username: values['airflow.username'],
			password: secret('airflow.password') ?? defaults['airflow.password'],
			token: secret('airflow.token'),
			sessionFile: values['airflow.keep_session'] ? sessionFile(environment) : undefined,
		},
		mlflow: {
			username: values['mlflow.username'],
			password: secret('mlflow.password'),
			token: secret('mlflow.token'),
		},
		composeFiles,
		folderProject: workingDirectory === null ? null : readFolderProject(workingDirectory, environment, composeFiles),
		leftToStack: leftToStack(settings),
		dag: values.dag,
		experiment: values.experiment,
		readOnly: values.read_only,
		symbols: values.symbols,
		theme: values.theme,
		language: values.language === 'auto' ? languageOfLocale(environment) : values.language,
		colours: values.colours ?? {},
		keys: Object.entries(values.keys ?? {}).map(([actionId, keys]) => ({
			actionId,
			keys: keys === null ? [] : [keys].flat().map(String),
			where: place(`keys.${actionId}`),
		})),
		notify: {
			bell: values['notify.bell'],
			desktop: values['notify.desktop'],
			command: trustedCommand('notify.command', settings, isTrusted),
			webhook: values['notify.webhook'] ?? null,
			severity: values['notify.severity'],
			everyMs: values['notify.every'] * 1000,
			quiet: quietHours(values['notify.quiet'] ?? ''),
		},
		profile,
		profiles: Object.keys(file?.content.profiles ?? {}),
		demo: false,
	};
}

/** Several files as in COMPOSE_FILE: `base.yml:prod.yml`. */
function filesIn(value: unknown): string[] {
	return String(value).split(delimiter).filter(Boolean);
}

function leftToStack(settings: Settings): LeftToStack[] {
	const keysOf: Readonly<Record<LeftToStack, readonly string[]>> = {
		// A name or a password by itself counts as well.
		'airflow login': options.flatMap(({ key, slot }) =>
			key === 'airflow.username' || slot === 'airflow.password' || slot === 'airflow.token' ? [key] : [],
		),
		dag: ['dag'],
		experiment: ['experiment'],
	};
	return (['airflow login', 'dag', 'experiment'] as const).filter(what => !keysOf[what].some(key => settings.has(key)));
}

/** Deleted after the user's last logout if the system has such a folder, as suits sessions. */
function sessionFile({ XDG_RUNTIME_DIR, XDG_STATE_HOME }: Environment): string {
	const folder =
		XDG_RUNTIME_DIR && existsSync(XDG_RUNTIME_DIR)
			? XDG_RUNTIME_DIR
			: XDG_STATE_HOME || join(homedir(), '.local', 'state');
	return join(folder, 'laketop', 'airflow-sessions.json');
}

function withoutSlash(url: string | undefined): string | undefined {
	return url?.replace(/(?<!\/)\/+$/, '');
}

/** Flags that select the stack; paths are absolute, because the command is pasted elsewhere. */
function stackOptions(flags: Flags, workingDirectory: string): StackOption[] {
	const given = new Map<string, unknown>(Object.entries(flags));
	const named = options.flatMap(({ flag, namesStack, isOfProject = false, risk }) =>
		flag && namesStack ? [{ name: flag.name, isFile: risk === 'file', isOfProject }] : [],
	);
	const ofFile = [
		{ name: 'config', isFile: true, isOfProject: false },
		{ name: 'profile', isFile: false, isOfProject: false },
	];
	return [...ofFile, ...named].flatMap(({ name, isFile, isOfProject }) => {
		const value = given.get(camel(name));
		if (typeof value !== 'string') return [];
		const files = name === 'compose-file' ? filesIn(value) : [value];
		const whole = files.map(path => resolve(workingDirectory, path)).join(delimiter);
		return [{ flag: `--${name}`, value: isFile ? whole : value, isOfProject }];
	});
}
