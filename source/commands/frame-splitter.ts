import type { LogChannel } from '../model/log-line.ts';

/**
 * Takes the frames apart in which the engine sends output and errors of a command without a TTY: 8 bytes, the first the
 * channel, the last four the size (big endian), then the bytes as they are.
 * Source: Docker Engine API, ContainerAttach, "Stream format".
 */
export class FrameSplitter {
	#rest: Buffer<ArrayBufferLike> = Buffer.alloc(0);

	push(bytes: Buffer): { channel: LogChannel; payload: Buffer }[] {
		this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
		const frames: { channel: LogChannel; payload: Buffer }[] = [];
		while (this.#rest.length >= 8) {
			const end = 8 + this.#rest.readUInt32BE(4);
			if (this.#rest.length < end) break;
			frames.push({ channel: this.#rest[0] === 2 ? 'stderr' : 'stdout', payload: this.#rest.subarray(8, end) });
			this.#rest = this.#rest.subarray(end);
		}
		return frames;
	}
}
