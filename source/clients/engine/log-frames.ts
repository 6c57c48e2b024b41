import { LineMask } from '../../model/line-mask.ts';
import type { LogChannel, LogLine } from '../../model/log-line.ts';
import { styledText } from '../../model/log-styles.ts';

/**
 * The engine's log stream of a container without a TTY is cut into frames: an 8-byte header `{1|2, 0, 0, 0, size as
 * big-endian u32}` and so many bytes of stdout (1) or stderr (2). Source: moby, api/swagger.yaml, ContainerAttach.
 * With `timestamps=1` every frame begins with an RFC 3339 time and a space. A line over 16 KiB comes in several frames,
 * the line break in the last, each with the time of the first (daemon/logger/copier.go; seen on 20.10).
 */
const headerBytes = 8;
const newline = 0x0a;
const carriageReturn = 0x0d;
/** The engine's parts of a long line. */
const partBytes = 16 * 1024;
/** No log driver passes on more at once; a larger frame is a header read at the wrong place. */
const frameLimitBytes = 64 * 1024 * 1024;
/** A time is within so many bytes: `2026-11-24T08:00:00.000000001+09:00 `. */
const stampLimitBytes = 36;

/** Longer lines are cut here and marked: no screen shows more, and one line must not fill the memory. */
export const lineLimitBytes = 64 * 1024;
/** A line that goes on for so long after its cut is shown without waiting for its end, which may never come. */
export const unendingBytes = 1024 * 1024;

/** Turns the bytes of a log stream into lines, whatever way the bytes were split on the road. */
export class LogDecoder {
	readonly #framed: boolean;
	readonly #limit: number;
	#pending: Buffer = Buffer.alloc(0);
	#frameLeft = 0;
	#frameBegins = false;
	#frameChannel: LogChannel = 'stdout';
	readonly #assemblers: Record<LogChannel, LineAssembler>;

	/**
	 * @param tty whether the container has a TTY: then the stream is raw, without frames.
	 * @param limit bytes of a line that are kept.
	 * @param stamped whether lines begin with the engine's time.
	 */
	constructor(tty: boolean, limit: number = lineLimitBytes, stamped = true) {
		this.#framed = !tty;
		this.#limit = limit;
		this.#assemblers = {
			stdout: new LineAssembler('stdout', limit, stamped),
			stderr: new LineAssembler('stderr', limit, stamped),
		};
	}

	/** The lines that these bytes complete, in their order. Throws RangeError when the stream is not framed after all. */
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
			// The time at the beginning of a frame says whether it goes on with a line: it must be there whole.
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

	/** What is left when the stream has ended: last lines without a line break, `unfinished`. */
	end(): LogLine[] {
		const lines: LogLine[] = [];
		for (const assembler of [this.#assemblers.stdout, this.#assemblers.stderr]) assembler.end(lines);
		return lines;
	}

	#readHeader(bytes: Buffer, at: number): void {
		const channel = bytes[at] ?? 9;
		if (channel > 3 || bytes[at + 1] !== 0 || bytes[at + 2] !== 0 || bytes[at + 3] !== 0) {
			throw new RangeError('the log stream holds no frame header where one is due');
		}
		this.#frameChannel = channel === 2 ? 'stderr' : 'stdout';
		const size = bytes.readUInt32BE(at + 4);
		if (size > frameLimitBytes) throw new RangeError(`the log stream holds a frame of ${size} bytes`);
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

/**
 * One channel's line in the making. A progress bar redraws its line with carriage returns: of such a line the last
 * drawing is kept, so that it never grows.
 */
class LineAssembler {
	readonly #channel: LogChannel;
	readonly #limit: number;
	readonly #stamped: boolean;
	readonly mask = new LineMask();
	/** The first bytes of a line, until it is clear whether they are a time. */
	#head: Buffer | null = null;
	#stamp = '';
	#parts: Buffer[] = [];
	#length = 0;
	#droppedBytes = 0;
	/** The last byte was a carriage return; it ends a drawing only when something other than a line break follows. */
	#returned = false;

	constructor(channel: LogChannel, limit: number, stamped: boolean) {
		this.#channel = channel;
		this.#limit = limit;
		this.#stamped = stamped;
	}

	/** Whether nothing of a line was seen. */
	get isEmpty(): boolean {
		return this.#head === null && this.#stamp === '' && this.#length === 0 && !this.#returned;
	}

	/**
	 * A frame begins like this. With the time of the line in the making it is that line's next part; with another it is a
	 * new line, and the one before had no line break (its program ended within it). Returns the bytes to skip.
	 */
	beginFrame(beginning: string, into: LogLine[]): number {
		if (this.isEmpty) return 0;
		const stamp = stampOf(beginning);
		if (stamp === '') return 0;
		this.#closeHead(into);
		if (stamp === this.#stamp) return stamp.length + 1;
		this.#flush(into);
		return 0;
	}

	push(bytes: Buffer, into: LogLine[]): void {
		let start = 0;
		for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
			this.#take(bytes.subarray(start, end), into);
			this.#closeHead(into);
			this.#flush(into);
			start = end + 1;
		}
		this.#take(bytes.subarray(start), into);
	}

	end(into: LogLine[]): void {
		if (this.isEmpty) return;
		this.#closeHead(into);
		this.#flush(into);
		const last = into.pop();
		if (last) into.push({ ...last, unfinished: true });
	}

	#take(bytes: Buffer, into: LogLine[]): void {
		if (bytes.length === 0) return;
		if (!this.isEmpty && this.#head === null) return this.#draw(bytes, into);
		this.#head = this.#head ? Buffer.concat([this.#head, bytes]) : Buffer.from(bytes);
		if (this.#head.length >= stampLimitBytes) this.#closeHead(into);
	}

	#closeHead(into: LogLine[]): void {
		const head = this.#head;
		if (head === null) return;
		this.#head = null;
		this.#stamp = this.#stamped ? stampOf(head.toString('latin1', 0, stampLimitBytes)) : '';
		this.#draw(this.#stamp === '' ? head : head.subarray(this.#stamp.length + 1), into);
	}

	/** Adds to the last drawing, or begins another after a carriage return. */
	#draw(bytes: Buffer, into: LogLine[]): void {
		let start = 0;
		while (start < bytes.length) {
			if (bytes[start] === carriageReturn) {
				this.#returned = true;
				start++;
				continue;
			}
			if (this.#returned) {
				this.#returned = false;
				this.#forgetText();
			}
			const found = bytes.indexOf(carriageReturn, start);
			const end = found === -1 ? bytes.length : found;
			this.#keep(bytes.subarray(start, end), into);
			start = end;
		}
	}

	#keep(bytes: Buffer, into: LogLine[]): void {
		const room = Math.min(bytes.length, this.#limit - this.#length);
		// Copied, so that a short tail does not keep a large network buffer alive.
		if (room > 0) this.#parts.push(Buffer.from(bytes.subarray(0, room)));
		this.#length += room;
		const over = bytes.length - room;
		const untilShown = unendingBytes - this.#droppedBytes;
		if (over < untilShown) {
			this.#droppedBytes += over;
			return;
		}
		this.#droppedBytes = unendingBytes;
		const stamp = this.#stamp;
		this.#flush(into, ', and the line goes on');
		// The rest is shown as another line of the same moment.
		this.#stamp = stamp;
		this.#keep(bytes.subarray(room + untilShown), into);
	}

	#flush(into: LogLine[], more = ''): void {
		const text = Buffer.concat(this.#parts, this.#length).toString('utf8');
		const cut = this.#droppedBytes > 0 ? ` [${this.#droppedBytes} bytes more${more}]` : '';
		// Without frames the engine's parts of a long line are told by the time that each begins with.
		const whole = this.#length > partBytes && this.#stamp !== '' ? text.replaceAll(`${this.#stamp} `, '') : text;
		into.push(stampedLine(this.#stamp, whole, this.#channel, this.mask, cut));
		this.#stamp = '';
		this.#returned = false;
		this.#forgetText();
	}

	#forgetText(): void {
		this.#parts = [];
		this.#length = 0;
		this.#droppedBytes = 0;
	}
}

const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)(?= )/;

/** The time that a line begins with, followed by a space; empty where it begins with none. */
function stampOf(beginning: string): string {
	// jsonmessage.RFC3339NanoFixed, which is what Docker sends, needs no expression.
	if (
		beginning.charCodeAt(30) === 0x20 &&
		beginning.charCodeAt(29) === 0x5a &&
		beginning.charCodeAt(10) === 0x54 &&
		beginning.charCodeAt(19) === 0x2e &&
		beginning.charCodeAt(4) === 0x2d
	)
		return beginning.slice(0, 30);
	return timestamp.exec(beginning)?.[0] ?? '';
}

/** A line that came whole: time, text, and what a terminal would show of it. */
function lineOf(raw: string, channel: LogChannel, mask: LineMask): LogLine {
	const stamp = stampOf(raw);
	let text = stamp === '' ? raw : raw.slice(stamp.length + 1);
	if (text.includes('\r')) {
		text = text.replace(/(?<!\r)\r+$/, '');
		text = text.slice(text.lastIndexOf('\r') + 1);
	}
	return stampedLine(stamp, text, channel, mask, '');
}

function stampedLine(stamp: string, raw: string, channel: LogChannel, mask: LineMask, cut: string): LogLine {
	const { text, styles } = styledText(raw);
	const shown = mask.mask(text);
	const line: LogLine = {
		stamp: stamp === '' ? null : stamp,
		loggedAt: stamp === '' ? null : msOf(stamp),
		channel,
		text: shown + cut,
	};
	// Styles are places in the text as it was.
	return styles && shown === text ? { ...line, styles } : line;
}

/** A memo of the last second that was read: what a text means does not change. */
let second = '';
let secondMs = 0;

/** ms since the epoch of an RFC 3339 time. Of a firehose nearly all lines are of the same second. */
function msOf(stamp: string): number | null {
	if (stamp.length !== 30) {
		const ms = Date.parse(stamp);
		return Number.isFinite(ms) ? ms : null;
	}
	const of = stamp.slice(0, 19);
	if (of !== second) {
		const ms = Date.parse(`${of}Z`);
		if (!Number.isFinite(ms)) return null;
		second = of;
		secondMs = ms;
	}
	return secondMs + Number(stamp.slice(20, 26)) / 1000;
}
