import { execFile, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { phrase } from '../../words/message.ts';
import { complaintKept, endOfSsh, SshError, sshMissing, sshNotStarted } from './ssh-error.ts';
import { guardScript } from './ssh-guard.ts';
import { type ForwardTarget, forwardWords, loginWords, settingsWords } from './ssh-words.ts';

/** An open login to a host, which other ssh processes share. */
export type SshLogin = {
	/** Path of the socket over which they share it (ControlPath of ssh_config(5)). */
	readonly control: string;
	/** It is the user's own, and stays open when laketop ends: so would forwards. */
	readonly isShared: boolean;
	/** Resolves with the reason when it has ended. */
	readonly ended: Promise<SshError>;
	/** Resolves when laketop's part of it has ended. */
	close(): Promise<void>;
};

/** A login that waits for a touch of a security key takes a while; ms. */
const loginLimitMs = 60_000;
/** A small ssh process that does not connect to the network; ms. */
const helperLimitMs = 15_000;
/** Time for ssh to end by itself, ms; then it is killed. */
const patienceMs = 2000;

/**
 * Joins the login that the user shares by `ControlPath` if there is one, else logs in. Throws SshError.
 * @param folder private; for the socket of a login of laketop's own
 * @param signal ends the attempt
 */
export async function logIn(destination: readonly string[], folder: string, signal: AbortSignal): Promise<SshLogin> {
	return (await joinLogin(destination)) ?? (await ownLogin(destination, folder, signal));
}

/** The user's own shared login, if it is open; ssh expands the path of its socket. */
async function joinLogin(destination: readonly string[]): Promise<SshLogin | null> {
	const settings = await runSsh(settingsWords(destination)).catch((error: unknown) => {
		if (error instanceof SshError) return '';
		throw error;
	});
	const control = /^controlpath (.+)$/m.exec(settings)?.[1];
	if (control === undefined || control === 'none') return null;
	const socket = await greeted(control);
	if (socket === null) return null;
	// ssh keeps this connection open as long as the login itself.
	const ended = new Promise<SshError>(resolve =>
		socket.once('close', () =>
			resolve(new SshError(phrase(['the shared ssh login has ended', '공유 중이던 ssh 로그인이 끝났습니다']))),
		),
	);
	return { control, isShared: true, ended, close: async () => void socket.destroy() };
}

/** A connection to the socket of a shared login that has sent its first message; null if nothing responds there. */
function greeted(control: string): Promise<Socket | null> {
	return new Promise(resolve => {
		const socket = connect(control);
		const fail = () => {
			socket.destroy();
			resolve(null);
		};
		socket.setTimeout(helperLimitMs, fail);
		socket.once('error', fail).once('close', fail);
		socket.once('data', () => {
			socket.setTimeout(0).off('close', fail);
			resolve(socket);
		});
	});
}

async function ownLogin(destination: readonly string[], folder: string, signal: AbortSignal): Promise<SshLogin> {
	const control = join(folder, 'login');
	rmSync(control, { force: true });
	const words = ['-c', guardScript, 'sh', folder, 'ssh', ...loginWords(destination, control)];
	const guard = spawn('/bin/sh', words, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
	let complaint = '';
	guard.stderr.setEncoding('utf8').on('data', (text: string) => {
		complaint = (complaint + text).slice(-complaintKept);
	});
	// The guard has ended, which is reported below.
	guard.stdin.on('error', () => undefined);
	const ended = new Promise<SshError>(resolve => {
		guard.once('error', error => resolve(sshNotStarted(error)));
		guard.once('close', code => {
			// The shell did not find ssh (POSIX, Shell Command Language, 2.8.2).
			resolve(code === 127 ? sshMissing() : new SshError(endOfSsh(complaint, code)));
		});
	});
	const close = async () => {
		const impatient = setTimeout(() => killGroup(guard.pid), patienceMs);
		guard.stdin.end();
		await ended;
		clearTimeout(impatient);
	};
	const ready = new Promise<'ready'>(resolve => guard.stdout.once('data', () => resolve('ready')));
	const limit = AbortSignal.any([signal, AbortSignal.timeout(loginLimitMs)]);
	const late = new Promise<'late'>(resolve => limit.addEventListener('abort', () => resolve('late'), { once: true }));
	const first = await Promise.race([ready, ended, late]);
	if (first === 'ready') return { control, isShared: false, ended, close };
	if (first !== 'late') throw first;
	await close();
	throw new SshError(phrase(['ssh: the login timed out', 'ssh: 로그인 시간이 초과되었습니다']));
}

/** The guard and ssh are both in the guard's process group. */
function killGroup(leader: number | undefined): void {
	try {
		if (leader !== undefined) process.kill(-leader, 'SIGKILL');
	} catch {
		// It has ended already.
	}
}

/** Makes a Unix socket here that leads to the target. Throws SshError. */
export async function openForward(
	destination: readonly string[],
	control: string,
	target: ForwardTarget,
	path: string,
): Promise<void> {
	await runSsh(forwardWords(destination, control, target, path, 'forward'));
}

/** Removes what `openForward` made; nothing happens if it is gone already. */
export async function closeForward(
	destination: readonly string[],
	control: string,
	target: ForwardTarget,
	path: string,
): Promise<void> {
	await runSsh(forwardWords(destination, control, target, path, 'cancel')).catch(() => undefined);
}

/** Runs ssh to its end; returns its output. Throws SshError. */
function runSsh(words: readonly string[]): Promise<string> {
	return new Promise((resolve, reject) => {
		execFile('ssh', words, { signal: AbortSignal.timeout(helperLimitMs) }, (error, output, complaint) => {
			if (error === null) resolve(output);
			else if (error.code === 'ENOENT') reject(sshMissing());
			else reject(new SshError(endOfSsh(complaint, typeof error.code === 'number' ? error.code : null)));
		});
	});
}
