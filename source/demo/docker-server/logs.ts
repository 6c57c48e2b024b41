import type { Call } from '../server/routes.ts';
import type { Container, LogFollower, LogRecord } from '../world/containers/container.ts';
import { isUp } from '../world/containers/container.ts';
import { rfc3339Nano } from '../world/time.ts';
import { EngineError, flag } from './reply.ts';
import { readTimestamp } from './timestamp.ts';

/** Eight bytes before each piece of a log: the stream, three zeros, the length (moby pkg/stdcopy). */
export function frame(stream: 'stdout' | 'stderr', payload: Buffer): Buffer {
	const header = Buffer.alloc(8);
	header[0] = stream === 'stdout' ? 1 : 2;
	header.writeUInt32BE(payload.length, 4);
	return Buffer.concat([header, payload]);
}

/** `stamp` writes the time of a line. */
export function sendLogs(container: Container, call: Call, stamp: (time: bigint) => string = rfc3339Nano): void {
	const { response, query } = call;
	const streams = (['stdout', 'stderr'] as const).filter(name => flag(call, name));
	if (streams.length === 0) throw new EngineError(400, 'Bad parameters: you must choose at least one stream');
	// moby, daemon/logger/logger.go, ErrReadLogsNotSupported.
	if (container.logDriver !== undefined) {
		throw new EngineError(501, 'configured logging driver does not support reading');
	}
	const since = readTimestamp(query.get('since'));
	const until = readTimestamp(query.get('until'));
	const timestamps = flag(call, 'timestamps');
	const follow = flag(call, 'follow');
	// moby: anything but a number means all.
	const tail = /^\d+$/.test(query.get('tail') ?? '') ? Number(query.get('tail')) : Number.POSITIVE_INFINITY;

	const wanted = (record: LogRecord): boolean =>
		streams.includes(record.stream) &&
		(since === undefined || record.time >= since) &&
		(until === undefined || record.time <= until);
	const encode = (record: LogRecord): Buffer =>
		frame(
			record.stream,
			timestamps ? Buffer.concat([Buffer.from(`${stamp(record.time)} `), record.bytes]) : record.bytes,
		);

	response.writeHead(200);
	response.flushHeaders();
	// `tail` counts the lines of the whole log; streams and `since` then filter these.
	const last = tail === Number.POSITIVE_INFINITY ? container.logs : tail === 0 ? [] : container.logs.slice(-tail);
	const backlog = last.filter(wanted);
	if (backlog.length > 0) response.write(Buffer.concat(backlog.map(encode)));
	if (!follow || !isUp(container)) {
		response.end();
		return;
	}
	const follower: LogFollower = {
		write(record) {
			if (wanted(record)) response.write(encode(record));
		},
		end() {
			response.end();
		},
		cut() {
			container.followers.delete(follower);
			response.destroy();
		},
	};
	container.followers.add(follower);
	response.on('close', () => container.followers.delete(follower));
}
