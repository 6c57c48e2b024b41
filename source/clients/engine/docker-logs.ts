import { Readable } from 'node:stream';
import { DescribedError } from '../../model/failures/described-error.ts';
import { ClientError } from '../../model/failures/failure.ts';
import type { LogLine } from '../../model/logs/log-line.ts';
import { phrase } from '../../words/message.ts';
import { readChunks } from '../http/read-chunks.ts';
import { setupAnswer } from './docker-setup.ts';
import { answerLimitMs, type EngineCalls } from './engine-calls.ts';
import type { EngineModem } from './engine-modem.ts';
import { engineProblem, noAnswer } from './engine-problem.ts';
import { LogDecoder } from './log-frames.ts';

export type LogRequest = {
	/** `seconds.nanoseconds` of the first line, inclusive; undefined: from `tail`. */
	readonly since?: string | undefined;
	/** Number of newest lines to start with. */
	readonly tail?: number | undefined;
	readonly tty: boolean;
	readonly follow: boolean;
	/** Maximum bytes of a line. */
	readonly lineLimit?: number | undefined;
};

/**
 * A container's log in batches of lines as they arrive; the first is empty and means that the log is open. Reading
 * applies back-pressure to the engine. Ends with the log (when following: with the container).
 */
export async function* readLog(
	calls: EngineCalls,
	id: string,
	request: LogRequest,
	signal: AbortSignal,
): AsyncGenerator<LogLine[]> {
	const options = {
		stdout: true,
		stderr: true,
		timestamps: true,
		follow: request.follow,
		...(request.since === undefined ? {} : { since: request.since }),
		...(request.tail === undefined ? {} : { tail: request.tail }),
	};
	const opening = new AbortController();
	const timer = setTimeout(() => opening.abort(), answerLimitMs);
	let stream: Readable;
	try {
		stream = await calls.ask(
			['log', '로그'],
			AbortSignal.any([signal, opening.signal]),
			abortSignal => openLog(calls.modem, id, options, abortSignal),
			null,
		);
	} catch (error) {
		if (opening.signal.aborted && !signal.aborted) throw noAnswer(calls.host, ['log', '로그'], answerLimitMs);
		throw (await unreadableLog(calls, id, error, signal)) ?? error;
	} finally {
		clearTimeout(timer);
	}
	const decoder = new LogDecoder(request.tty, request.lineLimit);
	try {
		yield [];
		for await (const chunk of readChunks(stream)) {
			const lines = decoder.push(chunk);
			if (lines.length > 0) yield lines;
		}
	} catch (error) {
		if (signal.aborted || error instanceof ClientError) throw error;
		throw engineProblem(calls.host, error);
	} finally {
		stream.destroy();
	}
	const last = decoder.end();
	if (last.length > 0) yield last;
}

/**
 * Why a log can never be read, if the engine refused because of the container's log driver. Docker responds with 501
 * (moby, daemon/logger/logger.go, ErrReadLogsNotSupported), Podman with 500; undefined for any other reason.
 */
async function unreadableLog(
	calls: EngineCalls,
	id: string,
	error: unknown,
	signal: AbortSignal,
): Promise<ClientError | undefined> {
	if (!(error instanceof ClientError) || (error.httpStatus ?? 0) < 500) return undefined;
	const driver = await calls.inspect(id, setupAnswer, signal).then(
		({ logDriver }) => logDriver,
		() => '',
	);
	if (driver !== 'none' && error.httpStatus !== 501) return undefined;
	const message =
		driver === 'none'
			? phrase(['log driver none keeps no logs', '로그 드라이버 none은 로그를 보관하지 않습니다'])
			: phrase(
					['log driver {driver} does not support reading', '로그 드라이버 {driver}에서는 로그를 읽을 수 없습니다'],
					{ driver },
				);
	const fix = phrase([
		'Recreate the container with another log driver',
		'다른 로그 드라이버로 컨테이너를 다시 생성하세요',
	]);
	return new ClientError('refused', message, fix, { httpStatus: error.httpStatus ?? undefined });
}

/** Opens a log as a stream even if it is not followed: dockerode would collect all of it in memory. */
function openLog(modem: EngineModem, id: string, options: object, abortSignal: AbortSignal): Promise<Readable> {
	return new Promise((resolve, reject) => {
		const path = `/containers/${encodeURIComponent(id)}/logs?`;
		modem.dial({ path, method: 'GET', isStream: true, abortSignal, options }, (error, stream) => {
			if (stream instanceof Readable) resolve(stream);
			else reject(error ?? new DescribedError(phrase(['the log is not a stream', '로그가 스트림이 아닙니다'])));
		});
	});
}
