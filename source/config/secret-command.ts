import { spawn } from 'node:child_process';
import { ConfigError } from '../model/failures/config-error.ts';
import { describe } from '../model/failures/described-error.ts';
import { type Message, phrase } from '../words/message.ts';
import { firstLine, noted } from './secret-text.ts';

/** Time limit of a command that prints a secret: a person may have to unlock a keyring. */
export const commandTimeoutMs = 60_000;

/** No password is longer. */
const outputLimitBytes = 65_536;

const texts = {
	timedOut: [
		'the command did not finish within {timeoutMs:precise}',
		'명령이 {timeoutMs:precise} 안에 끝나지 않았습니다',
	],
	tooLong: ['the command prints too much for a secret', '명령의 출력이 비밀 값이라기에는 너무 깁니다'],
	cannotRun: ['the command cannot be run ({reason})', '명령을 실행할 수 없습니다({reason})'],
	killed: ['the command was killed by {signal}', '명령이 {signal} 신호로 종료되었습니다'],
	failed: ['the command failed with exit code {code}', '명령이 종료 코드 {code}으로(로) 실패했습니다'],
} as const;

/**
 * Runs a command and returns the first line of its output. The rest is neither kept nor repeated in messages. Rejects with
 * ConfigError, whose message begins with `where`.
 *
 * @param command a text is run by a shell; words are run as they are
 */
export function runCommand(
	command: string | readonly string[],
	where: string,
	folder: string,
	environment: Readonly<Record<string, string | undefined>>,
	timeoutMs = commandTimeoutMs,
): Promise<string> {
	return new Promise((resolve, reject) => {
		const isPosix = process.platform !== 'win32';
		const [program = '', ...words] = typeof command === 'string' ? [command] : command;
		const child = spawn(program, words, {
			shell: typeof command === 'string',
			cwd: folder,
			env: { ...environment },
			// Its error output may hold the secret, and would be drawn over the screen.
			stdio: ['ignore', 'pipe', 'ignore'],
			// A process group of its own, so that its children end with it.
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
				const whose = phrase(['{where}: the output of the command', '{where}: 명령의 출력'], { where });
				resolve(noted(firstLine(Buffer.concat(chunks).toString('utf8'), whose)));
			} catch (error) {
				reject(error);
			}
		};
		const timer = setTimeout(() => {
			end();
			settle(phrase(texts.timedOut, { timeoutMs }));
		}, timeoutMs);
		process.on('exit', end);
		child.stdout.on('data', (chunk: Buffer) => {
			bytes += chunk.length;
			if (bytes <= outputLimitBytes) return chunks.push(chunk);
			end();
			settle(phrase(texts.tooLong));
		});
		child.on('error', error => settle(phrase(texts.cannotRun, { reason: describe(error) })));
		child.on('close', (code, signal) => {
			if (code === 0) settle(null);
			else settle(signal ? phrase(texts.killed, { signal }) : phrase(texts.failed, { code: code ?? '?' }));
		});
	});
}
