import type { Container, LogStream } from '../containers/container.ts';
import { nanos } from '../time.ts';

/** json-file with three files of 10 MB would keep more; a demo needs no more. */
const KEPT = 20_000;

/** The daemon splits a line into parts of this size (moby daemon/logger/copier.go). */
const PART_BYTES = 16 * 1024;

/** Output of a program: a line gets a newline, bytes are written unchanged. */
export function writeLog(container: Container, time: number, stream: LogStream, text: string | Buffer): void {
	const bytes = typeof text === 'string' ? Buffer.from(`${text}\n`) : text;
	let from = 0;
	while (from < bytes.length) {
		const newline = bytes.indexOf(0x0a, from);
		const lineEnd = newline === -1 ? bytes.length : newline + 1;
		const to = Math.min(lineEnd, from + PART_BYTES);
		const last = container.logs.at(-1);
		const wanted = nanos(time);
		// Two lines never share a time, so that `since` can separate them.
		const at = last !== undefined && last.time >= wanted ? last.time + 1_813n : wanted;
		const record = { time: at, stream, bytes: bytes.subarray(from, to) };
		container.logs.push(record);
		for (const follower of container.followers) follower.write(record);
		from = to;
	}
	if (container.logs.length > KEPT) container.logs.splice(0, container.logs.length - KEPT);
}

/** A line on the stream to which this program logs. */
export function say(container: Container, time: number, line: string): void {
	writeLog(container, time, container.definition.logsToStdout ? 'stdout' : 'stderr', line);
}

/** The log ends with the process: followers are notified. */
export function endLog(container: Container): void {
	for (const follower of container.followers) follower.end();
	container.followers.clear();
}
