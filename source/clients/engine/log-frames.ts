import { DescribedError } from '../../model/failures/described-error.ts';
import type { LogChannel, LogLine } from '../../model/logs/log-line.ts';
import { phrase } from '../../words/message.ts';
import { LineAssembler, lineLimitBytes } from './line-assembler.ts';
import { lineOf, stampLimitBytes } from './stamped-line.ts';

/**
 * The engine's log stream of a container without a TTY consists of frames: an 8-byte header `{1|2, 0, 0, 0, size as
 * big-endian u32}` and that many bytes of stdout (1) or stderr (2). Source: moby, api/swagger.yaml, ContainerAttach.
 * With `timestamps=1` every frame starts with an RFC 3339 time and a space. A line over 16 KiB comes in several frames,
 * the line break in the last, each with the time of the first (daemon/logger/copier.go; seen on 20.10).
 */
const headerBytes = 8;
const newline = 0x0a;
/** No log driver sends more at once; a larger frame is a header read at the wrong place. */
const frameLimitBytes = 64 * 1024 * 1024;

/** Converts the bytes of a log stream to lines, however the network split the bytes. */
export class LogDecoder {
	readonly #framed: boolean;
	readonly #limit: number;
	#pending: Buffer = Buffer.alloc(0);
	#frameLeft = 0;
	#frameBegins = false;
	#frameChannel: LogChannel = 'stdout';
	readonly #assemblers: Record<LogChannel, LineAssembler>;

	/**
	 * @param tty whether the container has a TTY: then the stream is raw, without frames
	 * @param limit maximum bytes of a line
	 * @param stamped whether lines start with the engine's time
	 */
	constructor(tty: boolean, limit: number = lineLimitBytes, stamped = true) {
		this.#framed = !tty;
		this.#limit = limit;
		this.#assemblers = {
			stdout: new LineAssembler('stdout', limit, stamped),
			stderr: new LineAssembler('stderr', limit, stamped),
		};
	}

	/**
	 * The lines that these bytes complete, in order. Throws DescribedError if the stream turns out not to be framed.
	 */
	push(bytes: Buffer): LogLine[] {
		const lines: LogLine[] = [];
		if (!this.#framed) {
			this.#assemblers.stdout.push(bytes, lines);
			return lines;
		}
		const all = this.#pending.length > 0 ? Buffer.concat([this.#pending, bytes]) : bytes;
		let at = 0;
		while (at < all.length) {
			if (this.#frameLeft === 0) {
				if (all.length - at < headerBytes) break;
				this.#readHeader(all, at);
				at += headerBytes;
				continue;
			}
			// The time at the start of a frame shows whether it continues a line: it must be complete.
			if (this.#frameBegins && all.length - at < Math.min(this.#frameLeft, stampLimitBytes)) break;
			const end = Math.min(all.length, at + this.#frameLeft);
			this.#readPayload(all, at, end, lines);
			this.#frameLeft -= end - at;
			at = end;
		}
		// Copied, so that a short tail does not keep a large network buffer alive.
		this.#pending = Buffer.from(all.subarray(at));
		return lines;
	}

	/** The rest at the end of the stream: last lines without a line break, `unfinished`. */
	end(): LogLine[] {
		const lines: LogLine[] = [];
		for (const assembler of [this.#assemblers.stdout, this.#assemblers.stderr]) assembler.end(lines);
		return lines;
	}

	#readHeader(bytes: Buffer, at: number): void {
		const channel = bytes[at] ?? 9;
		if (channel > 3 || bytes[at + 1] !== 0 || bytes[at + 2] !== 0 || bytes[at + 3] !== 0) {
			throw new DescribedError(
				phrase(['the log stream has no valid frame header', '로그 스트림의 프레임 헤더가 올바르지 않습니다']),
			);
		}
		this.#frameChannel = channel === 2 ? 'stderr' : 'stdout';
		const size = bytes.readUInt32BE(at + 4);
		if (size > frameLimitBytes) {
			throw new DescribedError(
				phrase(['the log stream has a frame of {size:bytes}', '로그 스트림에 {size:bytes} 크기의 프레임이 있습니다'], {
					size,
				}),
			);
		}
		this.#frameLeft = size;
		this.#frameBegins = true;
	}

	#readPayload(bytes: Buffer, start: number, end: number, into: LogLine[]): void {
		const channel = this.#frameChannel;
		const assembler = this.#assemblers[channel];
		let from = start;
		if (this.#frameBegins) {
			this.#frameBegins = false;
			const isWhole = end - start === this.#frameLeft && end - start <= this.#limit;
			// Nearly always: one frame, one line.
			if (isWhole && assembler.isEmpty && bytes.indexOf(newline, start) === end - 1) {
				into.push(lineOf(bytes.toString('utf8', start, end - 1), channel, assembler.mask));
				return;
			}
			from += assembler.beginFrame(bytes.toString('latin1', start, Math.min(end, start + stampLimitBytes)), into);
		}
		assembler.push(bytes.subarray(from, end), into);
	}
}
