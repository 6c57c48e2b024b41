import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { readRegularFile } from '../clients/regular-file.ts';
import { ConfigError } from '../model/failures/config-error.ts';
import { describe } from '../model/failures/described-error.ts';
import type { Secret } from '../model/secrets/secret.ts';
import { type Message, phrase, quoted } from '../words/message.ts';
import { commandWords } from './command-words.ts';
import { mayBeReadByOthers, mayBeWrittenByOthers, readableByOthers } from './file-permissions.ts';
import type { Setting, Settings } from './layers.ts';
import { originPlace } from './origin.ts';
import type { Config } from './schema.ts';
import { runCommand } from './secret-command.ts';
import { firstLine, noted } from './secret-text.ts';

/** Where secrets may come from. */
export type SecretSources = {
	/** Base of relative paths in variables. */
	readonly workingDirectory: string;
	/** Whether the user trusts the configuration file with commands; see `findFile`. */
	readonly isOwnFile: boolean;
	readonly environment: Readonly<Record<string, string | undefined>>;
};

/**
 * The secret of this name (`airflow.password`) from its file, its command or its value, in this order. A file is read
 * now; a command runs when the secret is needed, that of a token again when the token must be renewed. `warnings` gets a
 * line if other users can read the file.
 * Throws ConfigError, whose message never holds contents of the file or output of the command.
 */
export function secretOf(key: string, settings: Settings, sources: SecretSources, warnings: Message[]): Secret | null {
	const file = settings.get(`${key}_file`);
	const isToken = key.endsWith('.token');
	if (file) {
		const text = noted(fromFile(file, sources, warnings));
		// Whoever renews the token writes a new one to the file.
		return isToken ? renewable(async again => (again ? noted(fromFile(file, sources, [])) : text)) : text;
	}
	const command = settings.get(`${key}_command`);
	if (command) return isToken ? fromTokenCommand(command, sources) : fromCommand(command, sources);
	const value = settings.get(key)?.value;
	return typeof value === 'string' ? noted(value) : null;
}

/** Time after which the wait for a command is announced, ms. */
const quietMs = 1000;

/**
 * Runs the commands that print secrets before the screen is drawn: a keyring may ask for its passphrase on the terminal.
 * A failure is reported later, by the client that uses the secret. `say` gets a line if it takes long.
 */
export async function prepareSecrets(
	{ airflow, mlflow }: Pick<Config, 'airflow' | 'mlflow'>,
	say: (line: Message) => void,
): Promise<void> {
	const commands = [
		airflow.token ?? airflow.password,
		mlflow.token ?? (mlflow.username ? mlflow.password : undefined),
	].filter(secret => typeof secret === 'function');
	if (commands.length === 0) return;
	const timer = setTimeout(
		() =>
			say(
				phrase([
					'waiting for the command that prints the password or token',
					'비밀번호 또는 토큰을 출력하는 명령을 기다리는 중',
				]),
			),
		quietMs,
	);
	await Promise.allSettled(commands.map(command => command()));
	clearTimeout(timer);
}

/** An absolute path: relative to the config file that names it, otherwise to the working directory. */
export function pathOf(setting: Setting, workingDirectory: string): string {
	return resolve(folderOf(setting, workingDirectory), String(setting.value).replace(/^~(?=\/)/, homedir()));
}

/** Limit of a file with a password or a token, bytes. */
const secretLimit = 64_000;

function fromFile(setting: Setting, { workingDirectory }: SecretSources, warnings: Message[]): string {
	const where = originPlace(setting.origin, setting.key);
	const path = pathOf(setting, workingDirectory);
	let text: string;
	try {
		text = readRegularFile(path, { limitBytes: secretLimit });
		if (mayBeReadByOthers(path)) warnings.push(readableByOthers(path));
	} catch (error) {
		throw new ConfigError(
			phrase(['{where}: {path} cannot be read ({reason})', '{where}: {path}을(를) 읽을 수 없습니다({reason})'], {
				where,
				path,
				reason: describe(error),
			}),
			phrase(['Check the path and its permissions', '경로와 권한을 확인하세요']),
		);
	}
	return firstLine(text, quoted(`${where}: ${path}`));
}

/** Throws ConfigError if the command comes from a file that the user has not trusted, or that others can write. */
function mustBeTrusted({ origin, key }: Setting, isOwnFile: boolean): void {
	const where = originPlace(origin, key);
	if (origin.kind === 'file' || origin.kind === 'profile') {
		// A cloned repository must not run commands because laketop is started in it.
		if (!isOwnFile) {
			throw new ConfigError(
				phrase(['{where}: commands run only from a trusted file', '{where}: 명령은 신뢰하는 파일에서만 실행합니다'], {
					where,
				}),
				howToTrust(origin.path),
			);
		}
		if (mayBeWrittenByOthers(origin.path)) {
			throw new ConfigError(
				phrase(
					[
						'{where}: commands do not run from a file that others can write',
						'{where}: 다른 사용자가 쓸 수 있는 파일의 명령은 실행하지 않습니다',
					],
					{ where },
				),
				phrase(['Run chmod go-w {path}, and own the file', 'chmod go-w {path}을(를) 실행하고 파일의 소유자가 되세요'], {
					path: origin.path,
				}),
			);
		}
	}
}

/** The command of a setting; null if it is not set. Throws ConfigError if it is not trusted. */
export function trustedCommand(key: string, settings: Settings, isOwnFile: boolean): string | null {
	const setting = settings.get(key);
	if (!setting) return null;
	mustBeTrusted(setting, isOwnFile);
	return String(setting.value);
}

function fromCommand(setting: Setting, { workingDirectory, isOwnFile, environment }: SecretSources): Secret {
	const where = originPlace(setting.origin, setting.key);
	mustBeTrusted(setting, isOwnFile);
	let text: Promise<string> | undefined;
	return () => {
		text ??= runCommand(String(setting.value), where, folderOf(setting, workingDirectory), environment);
		return text;
	};
}

/** Runs without a shell, which has no part in asking a program for a token. */
function fromTokenCommand(setting: Setting, { workingDirectory, isOwnFile, environment }: SecretSources): Secret {
	const where = originPlace(setting.origin, setting.key);
	mustBeTrusted(setting, isOwnFile);
	const words = commandWords(String(setting.value));
	if (words === null) {
		throw new ConfigError(
			phrase(
				[
					'{where}: the command runs without a shell, so pipes, variables and open quotes are not possible',
					'{where}: 명령은 셸 없이 실행되므로 파이프, 변수, 닫지 않은 따옴표를 쓸 수 없습니다',
				],
				{ where },
			),
			phrase([
				"Write a program and its arguments, or a shell of your own: sh -c '…'",
				"프로그램과 인수만 쓰거나 셸을 직접 지정하세요: sh -c '…'",
			]),
		);
	}
	return renewable(() => runCommand(words, where, folderOf(setting, workingDirectory), environment));
}

/** Resolves with what was got last, until it is requested again. Requests at the same time share one. */
function renewable(get: (again: 'again' | undefined) => Promise<string>): Secret {
	let text: Promise<string> | undefined;
	let isRunning = false;
	return again => {
		if (text === undefined || (again && !isRunning)) {
			isRunning = true;
			text = get(again).finally(() => {
				isRunning = false;
			});
		}
		return text;
	};
}

/** The folder that relative paths and commands start from. */
function folderOf({ origin }: Setting, workingDirectory: string): string {
	return origin.kind === 'file' || origin.kind === 'profile' ? dirname(origin.path) : workingDirectory;
}

/** How to trust a file in the current folder. */
export function howToTrust(path: string): Message {
	return phrase(
		[
			'Run laketop trust {path} to review and trust it, or pass --config {path} to trust it once',
			'laketop trust {path}으로(로) 내용을 확인하고 신뢰하거나, --config {path}으로(로) 한 번만 신뢰하세요',
		],
		{ path },
	);
}
