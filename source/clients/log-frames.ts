import { cleanText } from '../model/clean-text.ts';
import type { LogChannel, LogLine } from '../model/log-line.ts';

/**
 * The engine's log stream of a container without a TTY is cut into frames: an 8-byte header `{1|2, 0, 0, 0, size as
 * big-endian u32}` and so many bytes of stdout (1) or stderr (2). Source: moby, api/swagger.yaml, ContainerAttach.
 */
const headerBytes = 8;
/** Longer lines are cut here and marked: no screen shows more, and one line must not fill the memory. */
export const lineLimitBytes = 64 * 1024;
const newline = 0x0a;

/** Turns the bytes of a log stream into lines, whatever way the bytes were split on the road. */
export class LogDecoder {
	readonly #framed: boolean;
	#pending: Buffer = Buffer.alloc(0);
	#frameLeft = 0;
	#frameChannel: LogChannel = 'stdout';
	readonly #lines: Record<LogChannel, LineAssembler> = { stdout: new LineAssembler(), stderr: new LineAssembler() };

	/** @param tty whether the container has a TTY: then the stream is raw, without frames. */
	constructor(tty: boolean) {
		this.#framed = !tty;
	}

	/** The lines that these bytes complete, in their order. Throws RangeError when the stream is not framed after all. */
	push(bytes: Buffer): LogLine[] {
		const lines: LogLine[] = [];
		if (!this.#framed) {
			this.#lines.stdout.push(bytes, 'stdout', lines);
			return lines;
		}
		let rest = this.#pending.length > 0 ? Buffer.concat([this.#pending, bytes]) : bytes;
		while (rest.length > 0) {
			if (this.#frameLeft === 0) {
				if (rest.length < headerBytes) break;
				this.#readHeader(rest);
				rest = rest.subarray(headerBytes);
				continue;
			}
			const payload = rest.subarray(0, this.#frameLeft);
			this.#lines[this.#frameChannel].push(payload, this.#frameChannel, lines);
			this.#frameLeft -= payload.length;
			rest = rest.subarray(payload.length);
		}
		this.#pending = Buffer.from(rest);
		return lines;
	}

	/** What is left when the stream has ended: a last line without a line break. */
	end(): LogLine[] {
		const lines: LogLine[] = [];
		this.#lines.stdout.flush('stdout', lines);
		this.#lines.stderr.flush('stderr', lines);
		return lines;
	}

	#readHeader(bytes: Buffer): void {
		const [channel, zero1, zero2, zero3] = bytes;
		if ((channel ?? 9) > 3 || zero1 !== 0 || zero2 !== 0 || zero3 !== 0) {
			throw new RangeError('the log stream holds no frame header where one is due');
		}
		this.#frameChannel = channel === 2 ? 'stderr' : 'stdout';
		this.#frameLeft = bytes.readUInt32BE(4);
	}
}

class LineAssembler {
	#parts: Buffer[] = [];
	#length = 0;
	#droppedBytes = 0;

	push(bytes: Buffer, channel: LogChannel, into: LogLine[]): void {
		let start = 0;
		for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
			this.#keep(bytes.subarray(start, end));
			this.flush(channel, into, true);
			start = end + 1;
		}
		this.#keep(bytes.subarray(start));
	}

	#keep(bytes: Buffer): void {
		const room = lineLimitBytes - this.#length;
		// Copied, so that a short tail does not keep a large network buffer alive.
		if (bytes.length > 0 && room > 0) this.#parts.push(Buffer.from(bytes.subarray(0, room)));
		this.#length += Math.min(bytes.length, room);
		this.#droppedBytes += Math.max(0, bytes.length - room);
	}

	flush(channel: LogChannel, into: LogLine[], complete = false): void {
		if (this.#length === 0 && !complete) return;
		const text = Buffer.concat(this.#parts, this.#length).toString('utf8');
		into.push(parseLine(text, channel, this.#droppedBytes));
		this.#parts = [];
		this.#length = 0;
		this.#droppedBytes = 0;
	}
}

/** With `timestamps=1` each line begins with an RFC 3339 time of nanoseconds and a space. */
const timestamped = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) ?/;

function parseLine(raw: string, channel: LogChannel, droppedBytes: number): LogLine {
	const stamp = timestamped.exec(raw);
	const body = (stamp ? raw.slice(stamp[0].length) : raw).replace(/\r+$/, '');
	// A progress bar redraws its line with carriage returns: what stays visible is the last drawing.
	const visible = body.slice(body.lastIndexOf('\r') + 1);
	const cut = droppedBytes > 0 ? ` [${droppedBytes} bytes more]` : '';
	return {
		stamp: stamp?.[1] ?? null,
		loggedAt: stamp?.[1] ? Date.parse(stamp[1]) : null,
		channel,
		text: cleanText(visible) + cut,
	};
}
