import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type Docker from 'dockerode';
import * as z from 'zod/mini';
import { ClientError } from '../../model/failure.ts';
import type { Text } from '../../words/language.ts';
import { phrase } from '../../words/message.ts';
import { LogDecoder } from './log-frames.ts';

export type ExecRequest = {
	/** A terminal in the container, of this size: for people. Without one: for programs, see `execLines`. */
	readonly tty: boolean;
	readonly columns: number;
	readonly rows: number;
	/** Name or UID; the container's own user where left out. */
	readonly user?: string | undefined;
	/** `NAME=value`. */
	readonly environment?: readonly string[] | undefined;
};

/** A command that runs in a container. Its stream ends with it. */
export type ExecSession = {
	/** With a TTY the raw bytes of its terminal; without one output in frames (`LogDecoder`). */
	readonly stream: Duplex;
	resize(columns: number, rows: number): Promise<void>;
	/** Of the command once it has ended; null while it runs. */
	exitCode(): Promise<number | null>;
};

const inspectAnswer = z.object({ Running: z.nullish(z.boolean()), ExitCode: z.nullish(z.number()) });

/** Runs a call within a time, and puts what goes wrong into words. */
type Ask = <Answer>(
	what: Text,
	signal: AbortSignal | undefined,
	call: (signal: AbortSignal) => Promise<Answer>,
) => Promise<Answer>;

/** Source: moby, api/swagger.yaml, ContainerExec, ExecStart (a connection that is taken over), ExecResize, ExecInspect. */
export async function openExec(
	container: Docker.Container,
	ask: Ask,
	argv: readonly string[],
	request: ExecRequest,
	signal: AbortSignal | undefined,
): Promise<ExecSession> {
	const { tty, columns, rows, user, environment } = request;
	const exec = await ask(['command', '명령'], signal, abortSignal =>
		container.exec({
			Cmd: [...argv],
			AttachStdin: true,
			AttachStdout: true,
			AttachStderr: true,
			Tty: tty,
			...(user === undefined ? {} : { User: user }),
			...(environment === undefined ? {} : { Env: [...environment] }),
			abortSignal,
		}),
	);
	// The signal of `ask` ends with the answer, and the stream goes on: it is not handed to the request.
	const stream = await ask(['command start', '명령 시작'], signal, () =>
		exec.start({ hijack: true, stdin: true, Detach: false, Tty: tty }),
	);
	// A cut connection ends the stream; who reads it sees that it ended, and asks for the exit code.
	stream.on('error', () => stream.destroy());
	const cut = () => stream.destroy();
	signal?.addEventListener('abort', cut, { once: true });
	stream.once('close', () => signal?.removeEventListener('abort', cut));
	if (signal?.aborted) cut();
	const resize = async (width: number, height: number) => {
		await ask(['terminal size', '터미널 크기'], undefined, abortSignal =>
			exec.resize({ w: width, h: height, abortSignal }),
		);
	};
	// It may have ended already, or not be there yet in older engines: a wrong size is no reason to fail.
	if (tty) await resize(columns, rows).catch(() => undefined);
	return {
		stream,
		resize,
		async exitCode() {
			const answer = await ask(['command exit code', '명령 종료 코드'], undefined, abortSignal =>
				exec.inspect({ abortSignal }),
			);
			const { Running, ExitCode } = inspectAnswer.parse(answer);
			return Running ? null : (ExitCode ?? null);
		},
	};
}

/** What came of a command that was run to its end. */
export type CommandEnd = {
	readonly exitCode: number;
	/** Output and errors, clean. */
	readonly lines: readonly string[];
	readonly tookMs: number;
};

/**
 * Runs a command that nobody types into: `input` is what it reads, `onLine` gets each line of its output, clean.
 * Returns its exit code. Throws ClientError `lost` where the connection broke before it ended.
 */
export async function execLines(
	session: ExecSession,
	input: string,
	onLine: (line: string) => void,
	signal: AbortSignal,
): Promise<number> {
	const { stream } = session;
	const decoder = new LogDecoder(false);
	let failure: unknown = null;
	stream.on('data', (bytes: Buffer) => {
		if (failure !== null) return;
		try {
			for (const { text } of decoder.push(bytes)) onLine(text);
		} catch (error) {
			// Thrown here it would end the program: nobody stands above a stream's listener.
			failure = error;
			stream.destroy();
		}
	});
	const closed = once(stream, 'close');
	stream.end(input);
	await closed;
	if (failure !== null) throw failure;
	for (const { text } of decoder.end()) onLine(text);
	signal.throwIfAborted();
	// The engine notes the end a moment after the last output.
	for (let look = 0; look < 20; look++) {
		const code = await session.exitCode();
		if (code !== null) return code;
		await delay(100, undefined, { signal });
	}
	throw new ClientError(
		'lost',
		phrase(['The connection to the running command was closed', '실행 중인 명령과의 연결이 끊어졌습니다']),
	);
}

/** Lines of a command's output that are kept of its beginning, and of its end. */
const linesKept = 2000;

/**
 * Runs a command that reads nothing to its end, within `limitMs`; `program` is what an error names. Throws ClientError,
 * `timeout`: with the code `command-unfinished` where the command takes longer, it goes on in the container then; without
 * it where the engine has not even started it, which says nothing about what is in the container.
 */
export async function runToEnd(
	open: (signal: AbortSignal) => Promise<ExecSession>,
	program: string,
	limitMs: number,
	signal: AbortSignal,
): Promise<CommandEnd> {
	const limit = AbortSignal.timeout(limitMs);
	const ended = AbortSignal.any([signal, limit]);
	const startedAt = performance.now();
	const lines: string[] = [];
	let session: ExecSession | undefined;
	try {
		session = await open(ended);
		let leftOut = 0;
		const take = (line: string) => {
			lines.push(line);
			if (lines.length > 2 * linesKept + 1000) leftOut += lines.splice(linesKept, 1000).length;
		};
		const exitCode = await execLines(session, '', take, ended);
		if (leftOut > 0) lines.splice(linesKept, 0, `(${leftOut} lines left out)`);
		return { exitCode, lines, tookMs: performance.now() - startedAt };
	} catch (error) {
		if (!limit.aborted || signal.aborted) throw error;
		if (!session) {
			const message = phrase(
				[
					'The engine did not start {program} in the container within {limitMs:seconds}',
					'엔진이 {limitMs:seconds} 안에 컨테이너에서 {program}을(를) 시작하지 못했습니다',
				],
				{ program, limitMs },
			);
			throw new ClientError('timeout', message);
		}
		const message = phrase(
			[
				'{program} in the container did not finish within {limitMs:seconds}',
				'컨테이너의 {program}이(가) {limitMs:seconds} 안에 끝나지 않았습니다',
			],
			{ program, limitMs },
		);
		throw new ClientError('timeout', message, null, { code: 'command-unfinished' });
	}
}
