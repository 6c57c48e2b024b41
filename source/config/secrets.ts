import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { readRegularFile } from '../clients/regular-file.ts';
import { ConfigError } from '../model/config-error.ts';
import type { Secret } from '../model/secret.ts';
import { noteSecret } from '../model/secrets.ts';
import { inSeconds } from '../words/amounts.ts';
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
export function secretOf(key: string, settings: Settings, sources: SecretSources, warnings: string[]): Secret | null {
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
	say: (line: string) => void,
): Promise<void> {
	const commands = [airflow.password, mlflow.token ?? (mlflow.username ? mlflow.password : undefined)].filter(
		secret => typeof secret === 'function',
	);
	if (commands.length === 0) return;
	const timer = setTimeout(() => say('waiting for a command that prints a password'), quietMs);
	await Promise.allSettled(commands.map(command => command()));
	clearTimeout(timer);
}

/** A path as it was meant: from the config file, where it stands in one, else from the working directory. */
export function pathOf(setting: Setting, workingDirectory: string): string {
	return resolve(folderOf(setting, workingDirectory), String(setting.value).replace(/^~(?=\/)/, homedir()));
}

/** Bytes of a file with a password or a token. */
const secretLimit = 64_000;

function fromFile(setting: Setting, { workingDirectory }: SecretSources, warnings: string[]): string {
	const where = originPlace(setting.origin, setting.key);
	const path = pathOf(setting, workingDirectory);
	let text: string;
	try {
		text = readRegularFile(path, { limitBytes: secretLimit });
		if (mayBeReadByOthers(path)) warnings.push(`${path} holds a secret and others may read it: chmod 600 ${path}`);
	} catch (error) {
		throw new ConfigError(
			`${where}: ${path} cannot be read (${systemWords(error)})`,
			'Check the path and its permissions',
		);
	}
	return firstLine(text, `${where}: ${path}`);
}

/** Commands are run only from where the user put them. Throws ConfigError. */
function mustBeTrusted({ origin, key }: Setting, isOwnFile: boolean): void {
	const where = originPlace(origin, key);
	if (origin.kind === 'file' || origin.kind === 'profile') {
		// A folder that was fetched from somewhere must not run commands because laketop is started in it.
		if (!isOwnFile) {
			throw new ConfigError(
				`${where}: a command is run only from a file that is trusted`,
				`laketop trust ${origin.path} shows what it would do and asks; --config ${origin.path} trusts it once`,
			);
		}
		if (mayBeWrittenByOthers(origin.path)) {
			throw new ConfigError(
				`${where}: a command is not run from a file that others may write`,
				`chmod go-w ${origin.path}, and let it be owned by you`,
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
		const settle = (problem: string | null, fix = 'Try the command in a shell') => {
			clearTimeout(timer);
			process.off('exit', end);
			child.stdout.destroy();
			if (problem !== null) return reject(new ConfigError(`${where}: ${problem}`, fix));
			try {
				resolve(noted(firstLine(Buffer.concat(chunks).toString('utf8'), `${where}: the command`)));
			} catch (error) {
				reject(error);
			}
		};
		const timer = setTimeout(() => {
			end();
			settle(`the command did not end within ${inSeconds(timeoutMs)}`);
		}, timeoutMs);
		process.on('exit', end);
		child.stdout.on('data', (chunk: Buffer) => {
			bytes += chunk.length;
			if (bytes <= outputLimitBytes) return chunks.push(chunk);
			end();
			settle('the command prints too much for a secret');
		});
		child.on('error', error => settle(`the command cannot be run (${systemWords(error)})`));
		child.on('close', (code, signal) => {
			if (code === 0) settle(null);
			else settle(signal ? `the command was ended by ${signal}` : `the command failed with exit code ${code}`);
		});
	});
}

/** `~`, relative paths and commands start from where they are written. */
function folderOf({ origin }: Setting, workingDirectory: string): string {
	return origin.kind === 'file' || origin.kind === 'profile' ? dirname(origin.path) : workingDirectory;
}

function firstLine(text: string, whose: string): string {
	const [line = ''] = text.split(/\r?\n/, 1);
	if (line === '') throw new ConfigError(`${whose} has an empty first line`, 'The secret has to be the first line');
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

function systemWords(error: unknown): string {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	const words: Readonly<Record<string, string>> = {
		ENOENT: 'there is no such file',
		EACCES: 'permission denied',
		EISDIR: 'it is a folder',
	};
	return words[code] ?? (code || (error instanceof Error ? error.message : 'unknown reason'));
}
