import type { ReadStream, WriteStream } from 'node:tty';
import type { DockerClient } from '../clients/engine/docker.ts';
import { type Message, phrase } from '../words/message.ts';
import type { Writer } from '../words/write.ts';

export type ShellOptions = {
	readonly docker: Pick<DockerClient, 'exec'>;
	readonly containerId: string;
	readonly name: string;
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
	readonly say: Writer;
	/** Program and arguments; default: the best shell of the image. */
	readonly argv?: readonly string[] | undefined;
};

/** bash if installed, otherwise sh. sh finds both, and every image with a shell has sh. */
const bestShell = ['/bin/sh', '-c', 'command -v bash >/dev/null 2>&1 && exec bash; exec sh'];

/**
 * Connects this terminal to a program in a container until it ends. The terminal is in raw mode meanwhile: every key,
 * including Ctrl-C, goes to the program. Returns a message about a failed end, or null. Throws ClientError.
 */
export async function runShell(options: ShellOptions): Promise<Message | null> {
	const { docker, containerId, name, stdin, stdout, say, argv = bestShell } = options;
	const size = () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
	const ended = new AbortController();
	const session = await docker.exec(containerId, argv, { tty: true, ...size() }, ended.signal);
	const { stream } = session;
	const wasRaw = stdin.isRaw;
	const hint = say(['{name}: exit or Ctrl-D to return to laketop', '{name}: exit 또는 Ctrl-D로 laketop에 돌아갑니다'], {
		name,
	});
	stdout.write(`\r\nlaketop: ${hint}\r\n`);
	// By `readable`, as Ink reads: a stream that has flowed once does not return to this mode reliably.
	const type = () => {
		for (let bytes = stdin.read(); bytes !== null; bytes = stdin.read()) stream.write(bytes);
	};
	const resize = () => {
		const { columns, rows } = size();
		// A failed resize does not end the session.
		void session.resize(columns, rows).catch(() => undefined);
	};
	stdin.setRawMode(true);
	stdin.ref();
	stdin.on('readable', type);
	stdout.on('resize', resize);
	try {
		await new Promise<void>((resolve, reject) => {
			stream.on('data', (bytes: Buffer) => void stdout.write(bytes));
			stream.once('end', resolve);
			stream.once('close', resolve);
			stream.once('error', reject);
		});
	} finally {
		stdin.off('readable', type);
		stdout.off('resize', resize);
		stdin.setRawMode(wasRaw);
		ended.abort();
	}
	const code = await session.exitCode();
	// 130: Ctrl-C ended the last program, and Ctrl-D passed its code on.
	if (code === null || code === 0 || code === 130) return null;
	return code === 126 || code === 127
		? phrase(['{name} has no shell (exit code {code})', '{name}에 셸이 없습니다(종료 코드 {code})'], { name, code })
		: phrase(['The shell in {name} exited with {code}', '{name}의 셸이 종료 코드 {code}으로(로) 끝났습니다'], {
				name,
				code,
			});
}
