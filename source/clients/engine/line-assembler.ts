import { LineMask } from '../../model/logs/line-mask.ts';
import type { LogChannel, LogLine } from '../../model/logs/log-line.ts';
import { stampedLine, stampLimitBytes, stampOf } from './stamped-line.ts';

const newline = 0x0a;
const carriageReturn = 0x0d;
/** The engine's parts of a long line. */
const partBytes = 16 * 1024;

/** Longer lines are cut here and marked: no screen shows more, and one line must not fill the memory. */
export const lineLimitBytes = 64 * 1024;
/** A line that continues this long after its cut is shown without waiting for its end, which may never come. */
export const unendingBytes = 1024 * 1024;

/**
 * The unfinished line of one channel. A progress bar redraws its line with carriage returns: only the last drawing is
 * kept, so that the line does not grow.
 */
export class LineAssembler {
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
	/** The last byte was a carriage return; it ends a drawing only if anything but a line break follows. */
	#returned = false;

	constructor(channel: LogChannel, limit: number, stamped: boolean) {
		this.#channel = channel;
		this.#limit = limit;
		this.#stamped = stamped;
	}

	/** Whether nothing of a line has arrived. */
	get isEmpty(): boolean {
		return this.#head === null && this.#stamp === '' && this.#length === 0 && !this.#returned;
	}

	/**
	 * The start of a frame. With the time of the unfinished line it is that line's next part; with another time it is a
	 * new line, and the previous one had no line break (its program ended within it). Returns the bytes to skip.
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

	/** Adds to the last drawing, or starts another after a carriage return. */
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
		this.#flush(into, '; the line continues');
		// The rest is shown as another line of the same moment.
		this.#stamp = stamp;
		this.#keep(bytes.subarray(room + untilShown), into);
	}

	#flush(into: LogLine[], more = ''): void {
		const text = Buffer.concat(this.#parts, this.#length).toString('utf8');
		// English in every language: it is a part of the log's text, which is searched, recorded and exported.
		const cut = this.#droppedBytes > 0 ? ` [${this.#droppedBytes} more bytes${more}]` : '';
		// Without frames, the engine's parts of a long line are recognised by the time at the start of each.
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
