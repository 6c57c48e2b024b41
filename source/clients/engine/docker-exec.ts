import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type Docker from 'dockerode';
import * as z from 'zod/mini';
import { ClientError } from '../../model/failures/failure.ts';
import type { Text } from '../../words/language.ts';
import { phrase } from '../../words/message.ts';
import { LogDecoder } from './log-frames.ts';

export type ExecRequest = {
	/** With a terminal of this size, for people; without one for programs, see `execLines`. */
	readonly tty: boolean;
	readonly columns: number;
	readonly rows: number;
	/** Name or UID; by default the container's own user. */
	readonly user?: string | undefined;
	/** `NAME=value`. */
	readonly environment?: readonly string[] | undefined;
};

/** A running command in a container. Its stream ends with it. */
export type ExecSession = {
	/** With a TTY the raw bytes of its terminal; otherwise its output in frames (`LogDecoder`). */
	readonly stream: Duplex;
	resize(columns: number, rows: number): Promise<void>;
	/** The exit code of an ended command; null while it runs. */
	exitCode(): Promise<number | null>;
};

const inspectAnswer = z.object({ Running: z.nullish(z.boolean()), ExitCode: z.nullish(z.number()) });

/** Runs a call with a time limit, and words its failures. */
type Ask = <Answer>(
	what: Text,
	signal: AbortSignal | undefined,
	call: (signal: AbortSignal) => Promise<Answer>,
) => Promise<Answer>;

/** Source: moby, api/swagger.yaml, ContainerExec, ExecStart (a hijacked connection), ExecResize, ExecInspect. */
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
	// The signal of `ask` ends with the response, but the stream continues, so the request does not get it.
	const stream = await ask(['command start', '명령 시작'], signal, () =>
		exec.start({ hijack: true, stdin: true, Detach: false, Tty: tty }),
	);
	// A lost connection ends the stream; its reader then requests the exit code.
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
	// It may have ended already, or not exist yet in older engines: a wrong size is no failure.
	if (tty) await resize(columns, rows).catch(() => undefined);
	return {
		stream,
		resize,
		async exitCode() {
			const answer = await ask(['command exit code', '명령 종료 코드'], undefined, abortSignal =>
				exec.inspect({ abortSignal }),
			);
			const parsed = inspectAnswer.safeParse(answer);
			if (parsed.success) return parsed.data.Running ? null : (parsed.data.ExitCode ?? null);
			throw new ClientError(
				'protocol',
				phrase([
					'Unexpected response from the engine (command exit code)',
					'엔진의 응답 형식이 예상과 다릅니다(명령 종료 코드)',
				]),
			);
		},
	};
}

/** The result of a command. */
export type CommandEnd = {
	readonly exitCode: number;
	/** Output and errors, cleaned. */
	readonly lines: readonly string[];
	readonly tookMs: number;
};

/**
 * Runs a non-interactive command: `input` is its input, `onLine` gets each line of its output, cleaned. Returns its
 * exit code. Throws ClientError `lost` if the connection broke before it ended.
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
			// Thrown in a stream's listener it would end the program.
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
	// The engine records the exit code a moment after the last output.
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

/** Lines kept from the beginning of a command's output, and from its end. */
const linesKept = 2000;

/**
 * Runs a command without input to its end, within `limitMs`; `program` is the name in errors. Throws ClientError,
 * `timeout`: with the code `command-unfinished` if the command takes longer and continues in the container; without it
 * if the engine has not even started it, which says nothing about the container.
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
		// English in every language: it stands among the program's own output, which is not translated.
		if (leftOut > 0) lines.splice(linesKept, 0, `(${leftOut} lines omitted)`);
		return { exitCode, lines, tookMs: performance.now() - startedAt };
	} catch (error) {
		if (!limit.aborted || signal.aborted) throw error;
		if (!session) {
			const message = phrase(
				[
					'The engine did not start {program} in the container within {limitMs:precise}',
					'엔진이 {limitMs:precise} 안에 컨테이너에서 {program}을(를) 시작하지 못했습니다',
				],
				{ program, limitMs },
			);
			throw new ClientError('timeout', message);
		}
		const message = phrase(
			[
				'{program} in the container did not finish within {limitMs:precise}',
				'컨테이너의 {program}이(가) {limitMs:precise} 안에 끝나지 않았습니다',
			],
			{ program, limitMs },
		);
		throw new ClientError('timeout', message, null, { code: 'command-unfinished' });
	}
}
