import type { LogChannel } from '../../model/logs/log-line.ts';

const headerBytes = 8;

/**
 * Splits the frames in which the engine sends output and errors of a command without a TTY: 8 bytes, the first the
 * channel, the last four the size (big endian), then the payload. Bytes of a frame are passed on as they arrive,
 * without waiting for its end. Source: Docker Engine API, ContainerAttach, "Stream format".
 */
export class FrameSplitter {
	/** The first bytes of an incomplete header. */
	#head: Buffer = Buffer.alloc(0);
	#left = 0;
	#channel: LogChannel = 'stdout';

	/** Throws RangeError if no frame starts where one is due. */
	push(bytes: Buffer): { channel: LogChannel; payload: Buffer }[] {
		const frames: { channel: LogChannel; payload: Buffer }[] = [];
		let at = 0;
		while (at < bytes.length) {
			if (this.#left === 0) {
				const part = bytes.subarray(at, at + headerBytes - this.#head.length);
				this.#head = Buffer.concat([this.#head, part]);
				at += part.length;
				if (this.#head.length === headerBytes) this.#readHeader();
				continue;
			}
			const payload = bytes.subarray(at, at + this.#left);
			this.#left -= payload.length;
			at += payload.length;
			frames.push({ channel: this.#channel, payload });
		}
		return frames;
	}

	#readHeader(): void {
		const [channel = 0, ...zeros] = this.#head.subarray(0, 4);
		if (channel > 3 || zeros.some(byte => byte !== 0))
			throw new RangeError('invalid frame header in the stream of the engine');
		this.#channel = channel === 2 ? 'stderr' : 'stdout';
		this.#left = this.#head.readUInt32BE(4);
		this.#head = Buffer.alloc(0);
	}
}
