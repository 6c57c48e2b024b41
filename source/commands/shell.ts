import type { ReadStream, WriteStream } from 'node:tty';
import type { DockerClient } from '../clients/engine/docker.ts';

export type ShellOptions = {
	readonly docker: Pick<DockerClient, 'exec'>;
	readonly containerId: string;
	readonly name: string;
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
	/** Program and arguments; left out: the best shell that the image has. */
	readonly argv?: readonly string[] | undefined;
};

/** bash where there is one, else sh: both are found by sh itself, which every image with any shell has. */
const bestShell = ['/bin/sh', '-c', 'command -v bash >/dev/null 2>&1 && exec bash; exec sh'];

/**
 * Joins this terminal to a program in a container until that ends. The terminal is in raw mode meanwhile: every key,
 * Ctrl-C as well, goes to the program. Returns what to tell of its end, or null where it ended well.
 * Throws ClientError.
 */
export async function runShell(options: ShellOptions): Promise<string | null> {
	const { docker, containerId, name, stdin, stdout, argv = bestShell } = options;
	const size = () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
	const ended = new AbortController();
	const session = await docker.exec(containerId, argv, { tty: true, ...size() }, ended.signal);
	const { stream } = session;
	const wasRaw = stdin.isRaw;
	stdout.write(`\r\nlaketop: ${name}: exit or Ctrl-D returns to laketop\r\n`);
	// By `readable`, as Ink reads: a stream that has once flowed does not go back to it reliably.
	const type = () => {
		for (let bytes = stdin.read(); bytes !== null; bytes = stdin.read()) stream.write(bytes);
	};
	const resize = () => {
		const { columns, rows } = size();
		// A size that cannot be told is no reason to end the session.
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
	// 130: the last program was ended with Ctrl-C, and Ctrl-D gave its code on.
	if (code === null || code === 0 || code === 130) return null;
	if (code === 126 || code === 127) return `${name} has no shell (exit code ${code})`;
	return `The shell in ${name} ended with exit code ${code}`;
}
