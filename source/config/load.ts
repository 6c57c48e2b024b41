import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { ConfigError } from '../model/failures/config-error.ts';
import { withSuggestion } from '../model/text/nearest.ts';
import { type Message, phrase } from '../words/message.ts';
import { type ReadConfigFile, readConfigFile } from './config-file.ts';
import { mayBeReadByOthers, readableByOthers } from './file-permissions.ts';
import { configFrom } from './from-settings.ts';
import {
	type Environment,
	fileSettings,
	flagSettings,
	foreignSettings,
	merged,
	type Settings,
	valueAt,
	variableSettings,
} from './layers.ts';
import { type Flags, options, variableOf } from './options.ts';
import { type Origin, originPlace } from './origin.ts';
import type { Config, KeyBinding } from './schema.ts';
import { demandTrust, refusedSettings } from './trust.ts';
import { TrustStore } from './trust-store.ts';

export type { Flags } from './options.ts';

export type LoadedConfig = {
	readonly config: Config;
	/** The file that was read, or null. */
	readonly file: string | null;
	/** How the file was found; null if none was read. */
	readonly fileOrigin: Origin | null;
	/** Source of the effective profile's name; null without a profile. */
	readonly profileOrigin: Origin | null;
	/** The given values and their sources; other values are discovered or defaults. */
	readonly settings: Settings;
	/** Warnings for the user, one line each. */
	readonly warnings: readonly Message[];
};

export type LoadOptions = {
	/** Ignored keys of the file and of variables, unless a flag gives them. */
	readonly leftOut?: (key: string) => boolean;
	/** Throws ConfigError for an unknown key or action: only the screen knows them. */
	readonly checkKeys?: (keys: readonly KeyBinding[]) => Promise<void>;
};

/**
 * The effective configuration: flags over `LAKETOP_*` variables over the profile over the top level of the file over
 * other programs' variables (MLFLOW_TRACKING_*), over discovery and the guide's defaults. With `workingDirectory` null
 * no file is read. For another profile, call it again with `{ ...flags, profile }`. Throws ConfigError for invalid
 * values.
 */
export async function loadConfig(
	flags: Flags,
	environment: Environment,
	workingDirectory: string | null,
	{ leftOut = () => false, checkKeys }: LoadOptions = {},
): Promise<LoadedConfig> {
	const found = workingDirectory === null ? null : findFile(flags, environment, workingDirectory);
	const file = found === null ? null : await readConfigFile(found.path);
	const profile = chooseProfile(flags, environment, file);
	const warnings = [...variableWarnings(environment), ...(file === null ? [] : permissionWarnings(file))];
	const all = merged([
		foreignSettings(environment),
		file ? fileSettings(file, null) : [],
		file && profile ? fileSettings(file, profile.name) : [],
		variableSettings(environment),
		flagSettings(flags),
	]);
	const settings = new Map([...all].filter(([key, { origin }]) => origin.kind === 'flag' || !leftOut(key)));
	const isTrusted =
		found?.isOwn === true || (file !== null && new TrustStore(environment).isTrusted(file.path, file.text));
	if (file !== null && !isTrusted) demandTrust(refusedSettings(settings, file), file.path);
	const config = configFrom(
		{ flags, environment, workingDirectory, file, profile: profile?.name ?? null, settings, isTrusted },
		warnings,
	);
	if (config.keys.length > 0) await checkKeys?.(config.keys);
	return {
		config,
		file: file?.path ?? null,
		fileOrigin: found?.origin ?? null,
		profileOrigin: profile?.origin ?? null,
		settings,
		warnings,
	};
}

type Found = {
	readonly path: string;
	readonly origin: Origin;
	/** The user named it, or it is in the user's own folder: it may run commands. */
	readonly isOwn: boolean;
};

function findFile(flags: Flags, environment: Environment, workingDirectory: string): Found | null {
	const origin: Origin | null =
		flags.config !== undefined
			? { kind: 'flag', flag: '--config' }
			: environment.LAKETOP_CONFIG
				? { kind: 'environment', variable: 'LAKETOP_CONFIG' }
				: null;
	if (origin !== null) {
		const path = resolve(workingDirectory, flags.config ?? environment.LAKETOP_CONFIG ?? '');
		if (existsSync(path)) return { path, origin, isOwn: true };
		throw new ConfigError(
			phrase(['{path}: no such config file', '{path}: 설정 파일이 없습니다'], { path }),
			phrase(['Check {place}', '{place}을(를) 확인하세요'], { place: originPlace(origin, 'config') }),
		);
	}
	const folder = environment.XDG_CONFIG_HOME || join(homedir(), '.config');
	const own = join(folder, 'laketop', 'laketop.yaml');
	const path = [join(workingDirectory, 'laketop.yaml'), own].find(path => existsSync(path));
	return path === undefined ? null : { path, origin: { kind: 'default' }, isOwn: path === own };
}

type Chosen = { readonly name: string; readonly origin: Origin };

function chooseProfile(flags: Flags, environment: Environment, file: ReadConfigFile | null): Chosen | null {
	const chosen = namedProfile(flags, environment, file);
	if (chosen === null) return null;
	const names = Object.keys(file?.content.profiles ?? {});
	if (names.includes(chosen.name)) return chosen;
	throw new ConfigError(
		withSuggestion(
			phrase(['{place}: there is no profile {name}', '{place}: 프로필 {name}이(가) 없습니다'], {
				place: originPlace(chosen.origin, 'profile'),
				name: chosen.name,
			}),
			chosen.name,
			names,
		),
		profilesThere(names, file),
	);
}

function profilesThere(names: readonly string[], file: ReadConfigFile | null): Message {
	if (names.length > 0) {
		return phrase(['Profiles: {names}', '프로필: {names}'], { names: names.join(', ') });
	}
	if (file === null) {
		return phrase([
			'No config file was found; profiles are set under profiles: in laketop.yaml',
			'설정 파일이 없습니다. 프로필은 laketop.yaml의 profiles:에 설정합니다',
		]);
	}
	return phrase(
		[
			'{path} has no profiles; they are set under profiles: in laketop.yaml',
			'{path}에 프로필이 없습니다. 프로필은 laketop.yaml의 profiles:에 설정합니다',
		],
		{ path: file.path },
	);
}

function namedProfile(flags: Flags, environment: Environment, file: ReadConfigFile | null): Chosen | null {
	// The empty name: only the top level of the file, whatever profile it and the environment name.
	if (flags.profile === '') return null;
	if (flags.profile !== undefined) return { name: flags.profile, origin: { kind: 'flag', flag: '--profile' } };
	if (environment.LAKETOP_PROFILE) {
		return { name: environment.LAKETOP_PROFILE, origin: { kind: 'environment', variable: 'LAKETOP_PROFILE' } };
	}
	const name = file?.content.profile;
	if (!file || name === undefined) return null;
	return { name, origin: { kind: 'file', path: file.path, line: file.lineOf(['profile']) } };
}

/** Warns about a file with a password that others may read, whichever profile is in effect. */
function permissionWarnings({ path, content }: ReadConfigFile): Message[] {
	const holders = [content, ...Object.values(content.profiles ?? {})];
	const secrets = options.filter(({ slot, key }) => slot === key);
	const holdsSecret = holders.some(one => secrets.some(({ path }) => valueAt(one, path) !== undefined));
	return holdsSecret && mayBeReadByOthers(path) ? [readableByOthers(path)] : [];
}

/** Variables that laketop passes to a notification's command may come back to it. */
const isOurs = /^LAKETOP_(?!NOTICE|BENCH_|FAULTS)/;

/** A misspelled switch does nothing, and nobody would notice. */
function variableWarnings(environment: Environment): Message[] {
	const known = [...options.flatMap(option => variableOf(option) ?? []), 'LAKETOP_CONFIG', 'LAKETOP_PROFILE'];
	return Object.keys(environment)
		.filter(name => isOurs.test(name) && environment[name] !== '' && !known.includes(name))
		.map(name =>
			withSuggestion(
				phrase(['unknown variable {name} is ignored', '알 수 없는 환경 변수 {name}을(를) 무시합니다'], { name }),
				name,
				known,
			),
		);
}
