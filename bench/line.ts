/** A slow line between a program and the terminal, as ssh over a bad network: rate, delay, and a buffer at its entry. */

export type LineShape = {
	/** Towards the terminal; keys are few. */
	readonly bytesASecond: number;
	/** Half of it in each direction. */
	readonly roundTripMs: number;
	/** What it takes from the program before it lets it wait: sockets and ssh itself hold some 64 kB. */
	readonly bufferBytes: number;
};

/** A packet is taken as a whole: with more the screen moves in jerks, with less there are more timers. */
const packetBytes = 500;

export type LineEnds = {
	/** At the terminal. */
	readonly deliver: (data: Buffer) => void;
	/** At the program: whether the line takes more. */
	readonly setFull: (isFull: boolean) => void;
};

export class Line {
	readonly #shape: LineShape;
	readonly #ends: LineEnds;
	#waiting: Buffer[] = [];
	#waitingBytes = 0;
	#isFull = false;
	/** When the last packet has left, ms of `performance.now()`. */
	#freeAt = 0;
	#isSending = false;

	constructor(shape: LineShape, ends: LineEnds) {
		this.#shape = shape;
		this.#ends = ends;
	}

	/** Output of the program. */
	send(data: Buffer): void {
		this.#waiting.push(data);
		this.#waitingBytes += data.length;
		this.#report();
		if (!this.#isSending) this.#sendNext();
	}

	/** Something typed, or a response of the terminal. */
	sendBack(arrive: () => void): void {
		setTimeout(arrive, this.#shape.roundTripMs / 2);
	}

	#report(): void {
		const isFull = this.#waitingBytes >= this.#shape.bufferBytes;
		if (isFull === this.#isFull) return;
		this.#isFull = isFull;
		this.#ends.setFull(isFull);
	}

	#sendNext(): void {
		const all = Buffer.concat(this.#waiting);
		this.#isSending = all.length > 0;
		if (!this.#isSending) return;
		const packet = all.subarray(0, packetBytes);
		this.#waiting = [all.subarray(packet.length)];
		const now = performance.now();
		// From the end of the last packet, not from now: late timers do not make the line slower.
		this.#freeAt = Math.max(this.#freeAt, now) + (packet.length / this.#shape.bytesASecond) * 1000;
		setTimeout(() => {
			this.#waitingBytes -= packet.length;
			setTimeout(() => this.#ends.deliver(packet), this.#shape.roundTripMs / 2);
			this.#report();
			this.#sendNext();
		}, this.#freeAt - now);
	}
}
