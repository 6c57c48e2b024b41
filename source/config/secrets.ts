import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { readRegularFile } from '../clients/regular-file.ts';
import { ConfigError } from '../model/config-error.ts';
import { describe } from '../model/described-error.ts';
import type { Secret } from '../model/secret.ts';
import { noteSecret } from '../model/secrets.ts';
import { type Message, phrase, quoted } from '../words/message.ts';
import type { Setting, Settings } from './layers.ts';
import { originPlace } from './origin.ts';
import type { Config } from './schema.ts';

/** So long a command may take to print a secret: a person may have to unlock a keyring meanwhile. */
export const commandTimeoutMs = 60_000;

/** More than this is no password. */
const outputLimitBytes = 65_536;

export type SecretSources = {
	/** What paths in variables are relative to. */
	readonly workingDirectory: string;
	/** Whether the config file is one that the user chose to trust with commands; see `findFile`. */
	readonly isOwnFile: boolean;
	readonly environment: Readonly<Record<string, string | undefined>>;
};

/**
 * The secret of this name (`airflow.password`), from whichever of the three ways is in force. A file is read now, a
 * command is run when the secret is asked for, once. `warnings` gets a line where others may read the file.
 * Throws ConfigError; it never holds what a file or a command says.
 */
export function secretOf(key: string, settings: Settings, sources: SecretSources, warnings: Message[]): Secret | null {
	const file = settings.get(`${key}_file`);
	if (file) return noted(fromFile(file, sources, warnings));
	const command = settings.get(`${key}_command`);
	if (command) return fromCommand(command, sources);
	const value = settings.get(key)?.value;
	return typeof value === 'string' ? noted(value) : null;
}

/** From now on no message repeats it. */
function noted(secret: string): string {
	noteSecret(secret);
	return secret;
}

/** So long a command may take before a word is said about the wait, ms. */
const quietMs = 1000;

/**
 * Has the secrets that commands print, before a screen is drawn: a keyring may ask for its passphrase on the terminal.
 * What fails is told by whoever uses the secret. `say` gets a line when it takes long.
 */
export async function prepareSecrets(
	{ airflow, mlflow }: Pick<Config, 'airflow' | 'mlflow'>,
	say: (line: Message) => void,
): Promise<void> {
	const commands = [airflow.password, mlflow.token ?? (mlflow.username ? mlflow.password : undefined)].filter(
		secret => typeof secret === 'function',
	);
	if (commands.length === 0) return;
	const timer = setTimeout(
		() => say(phrase(['waiting for the command that prints the password', '암호를 출력하는 명령을 기다리는 중'])),
		quietMs,
	);
	await Promise.allSettled(commands.map(command => command()));
	clearTimeout(timer);
}

/** A path as it was meant: from the config file, where it stands in one, else from the working directory. */
export function pathOf(setting: Setting, workingDirectory: string): string {
	return resolve(folderOf(setting, workingDirectory), String(setting.value).replace(/^~(?=\/)/, homedir()));
}

/** Bytes of a file with a password or a token. */
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
				reason: systemWords(error),
			}),
			phrase(['Check the path and its permissions', '경로와 권한을 확인하세요']),
		);
	}
	return firstLine(text, quoted(`${where}: ${path}`));
}

/** Commands are run only from where the user put them. Throws ConfigError. */
function mustBeTrusted({ origin, key }: Setting, isOwnFile: boolean): void {
	const where = originPlace(origin, key);
	if (origin.kind === 'file' || origin.kind === 'profile') {
		// A folder that was fetched from somewhere must not run commands because laketop is started in it.
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

/** A command that a setting names; null where none is named. Throws ConfigError where it is not to be trusted. */
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

/**
 * Runs a command of the shell and returns the first line that it prints; nothing else of it is kept or repeated.
 * Throws ConfigError, `where` before its words.
 */
export function runCommand(
	command: string,
	where: string,
	folder: string,
	environment: SecretSources['environment'],
	timeoutMs = commandTimeoutMs,
): Promise<string> {
	return new Promise((resolve, reject) => {
		const isPosix = process.platform !== 'win32';
		const child = spawn(command, {
			shell: true,
			cwd: folder,
			env: { ...environment },
			// What it says about itself might hold the secret, and must not be drawn over the screen.
			stdio: ['ignore', 'pipe', 'ignore'],
			// A group of its own, so that all of it can be ended.
			detached: isPosix,
			windowsHide: true,
		});
		const end = () => {
			if (child.pid === undefined || child.exitCode !== null) return;
			try {
				process.kill(isPosix ? -child.pid : child.pid, 'SIGKILL');
			} catch {
				// It has ended by itself.
			}
		};
		const chunks: Buffer[] = [];
		let bytes = 0;
		const settle = (problem: Message | null) => {
			clearTimeout(timer);
			process.off('exit', end);
			child.stdout.destroy();
			if (problem !== null) {
				const fix = phrase(['Try the command in a shell', '셸에서 명령을 실행해 보세요']);
				return reject(new ConfigError(phrase(['{where}: {problem}', '{where}: {problem}'], { where, problem }), fix));
			}
			try {
				resolve(
					noted(
						firstLine(
							Buffer.concat(chunks).toString('utf8'),
							phrase(['{where}: the output of the command', '{where}: 명령의 출력'], { where }),
						),
					),
				);
			} catch (error) {
				reject(error);
			}
		};
		const timer = setTimeout(() => {
			end();
			settle(
				phrase(
					[
						'the command did not finish within {timeoutMs:seconds}',
						'명령이 {timeoutMs:seconds} 안에 끝나지 않았습니다',
					],
					{ timeoutMs },
				),
			);
		}, timeoutMs);
		process.on('exit', end);
		child.stdout.on('data', (chunk: Buffer) => {
			bytes += chunk.length;
			if (bytes <= outputLimitBytes) return chunks.push(chunk);
			end();
			settle(phrase(['the command prints too much for a secret', '명령의 출력이 비밀 값이라기에는 너무 깁니다']));
		});
		child.on('error', error =>
			settle(
				phrase(['the command cannot be run ({reason})', '명령을 실행할 수 없습니다({reason})'], {
					reason: systemWords(error),
				}),
			),
		);
		child.on('close', (code, signal) => {
			if (code === 0) settle(null);
			else
				settle(
					signal
						? phrase(['the command was killed by {signal}', '명령이 {signal} 신호로 종료되었습니다'], { signal })
						: phrase(['the command failed with exit code {code}', '명령이 종료 코드 {code}으로(로) 실패했습니다'], {
								code: code ?? '?',
							}),
				);
		});
	});
}

/** `~`, relative paths and commands start from where they are written. */
function folderOf({ origin }: Setting, workingDirectory: string): string {
	return origin.kind === 'file' || origin.kind === 'profile' ? dirname(origin.path) : workingDirectory;
}

function firstLine(text: string, whose: Message): string {
	const [line = ''] = text.split(/\r?\n/, 1);
	if (line === '') {
		throw new ConfigError(
			phrase(['{whose} has an empty first line', '{whose}의 첫 줄이 비어 있습니다'], { whose }),
			phrase(['Put the secret on the first line', '비밀 값을 첫 줄에 쓰세요']),
		);
	}
	return line;
}

/** Whether its group or everyone may read a file. */
export function mayBeReadByOthers(path: string): boolean {
	return process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
}

function mayBeWrittenByOthers(path: string): boolean {
	if (process.platform === 'win32') return false;
	const { mode, uid } = statSync(path);
	return (mode & 0o022) !== 0 || (uid !== 0 && uid !== process.getuid?.());
}

function systemWords(error: unknown): Message {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	switch (code) {
		case 'ENOENT':
			return phrase(['no such file', '파일이 없습니다']);
		case 'EACCES':
			return phrase(['permission denied', '권한이 없습니다']);
		case '':
			return describe(error);
		default:
			return quoted(code);
	}
}

/** How a file in the current folder is trusted. */
export function howToTrust(path: string): Message {
	return phrase(
		[
			'Run laketop trust {path} to review and trust it, or pass --config {path} to trust it once',
			'laketop trust {path}으로(로) 내용을 확인하고 신뢰하거나, --config {path}으로(로) 한 번만 신뢰하세요',
		],
		{ path },
	);
}

/** A warning that the users of this machine can read a secret. */
export function readableByOthers(path: string): Message {
	return phrase(
		[
			'{path} contains a secret and other users can read it: chmod 600 {path}',
			'{path}에 비밀 값이 있는데 다른 사용자도 읽을 수 있습니다: chmod 600 {path}',
		],
		{ path },
	);
}
