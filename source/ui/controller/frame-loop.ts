import type { Clock } from '../../model/time/clock.ts';

/** Shortest time between two frames, ms: an eye cannot follow more than ten a second. */
export const drawIntervalMs = 100;

/** Oldest age of a frame, ms. Figures come once a second, and their frame also moves the clock. */
export const tickMs = 1200;

export type FrameLoopOptions = {
	readonly clock: Pick<Clock, 'now' | 'sleep'>;
	readonly signal: AbortSignal;
	readonly drawn: () => Promise<void>;
	readonly paint: () => void;
	/** Called for every due frame, also while the terminal is blocked. */
	readonly onDue?: () => void;
	/** Whether the screen is frozen: the clock does not move. */
	readonly isStill: () => boolean;
};

/** Draws no faster than an eye can follow, and not before the terminal has taken the last frame. */
export class FrameLoop {
	readonly #options: FrameLoopOptions;
	#drawnAt = Number.NEGATIVE_INFINITY;
	/** A frame is scheduled. */
	#isPending = false;
	/** One frame at a time: later changes are in the next one. */
	#isWriting = false;
	#isStale = false;

	constructor(options: FrameLoopOptions) {
		this.#options = options;
	}

	draw(): void {
		this.#isPending = false;
		this.#options.onDue?.();
		if (this.#isWriting) this.#isStale = true;
		else this.paint();
	}

	/** Draws even while the terminal is blocked. */
	paint(): void {
		const { clock, signal, paint, drawn } = this.#options;
		this.#drawnAt = clock.now();
		if (signal.aborted) return;
		this.#isStale = false;
		paint();
		if (this.#isWriting) return;
		this.#isWriting = true;
		void drawn().then(() => {
			this.#isWriting = false;
			if (this.#isStale) this.paint();
		});
	}

	/** Draws at most ten times a second. */
	drawSoon(): void {
		if (this.#isPending) return;
		this.#isPending = true;
		const { clock, signal } = this.#options;
		void clock
			.sleep(Math.max(0, this.#drawnAt + drawIntervalMs - clock.now()), signal)
			.then(() => this.#isPending && this.draw());
	}

	/** Moves the clock where no news is drawn. */
	async tick(): Promise<void> {
		const { clock, signal, isStill } = this.#options;
		while (!signal.aborted) {
			const left = this.#drawnAt + tickMs - clock.now();
			await clock.sleep(Math.min(tickMs, Math.max(tickMs / 4, left)), signal);
			const age = clock.now() - this.#drawnAt;
			// A negative age: the clock was set back.
			const isOld = age >= tickMs || age < 0;
			if (isOld && !signal.aborted && !isStill()) this.drawSoon();
		}
	}
}
