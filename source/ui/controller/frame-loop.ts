import type { Clock } from '../../model/time/clock.ts';

/** Shortest time between two frames, ms: an eye cannot follow more than ten a second. */
export const drawIntervalMs = 100;

/** Oldest age of a frame, ms. Figures come once a second, and their frame also moves the clock. */
export const tickMs = 1200;

/**
 * Oldest age of a frame while no seconds are shown, ms. Frames with new figures come every 3 s at rest and move the
 * clock as well.
 */
export const idleTickMs = 3 * tickMs;

export type FrameLoopOptions = {
	readonly clock: Pick<Clock, 'now' | 'sleep'>;
	readonly signal: AbortSignal;
	readonly drawn: () => Promise<void>;
	/** Returns whether the clock probably changes the screen again in a second. */
	readonly paint: () => boolean;
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
	/** Time to the next frame for the clock, ms. */
	#tickMs = tickMs;
	/** Aborts the wait for the next clock frame. */
	#wake = new AbortController();

	constructor(options: FrameLoopOptions) {
		this.#options = options;
	}

	/** Returns whether the clock probably changes the screen again in a second. */
	draw(): boolean {
		this.#isPending = false;
		this.#options.onDue?.();
		if (!this.#isWriting) return this.paint();
		this.#isStale = true;
		return true;
	}

	/** Draws even while the terminal is blocked. Returns what `paint` returns. */
	paint(): boolean {
		const { clock, signal, paint, drawn } = this.#options;
		this.#drawnAt = clock.now();
		if (signal.aborted) return false;
		this.#isStale = false;
		const hasSeconds = paint();
		if (this.#isWriting) return hasSeconds;
		this.#isWriting = true;
		void drawn().then(() => {
			this.#isWriting = false;
			if (this.#isStale) this.paint();
		});
		return hasSeconds;
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

	/** Something was shown that may have an age of seconds: the next frame for the clock comes soon. */
	expectSeconds(): void {
		if (this.#tickMs === tickMs) return;
		this.#tickMs = tickMs;
		this.#wake.abort(null);
	}

	/** Moves the clock where no news is drawn: seldom while no seconds are shown. */
	async tick(): Promise<void> {
		const { clock, signal, isStill } = this.#options;
		const stop = () => this.#wake.abort(null);
		signal.addEventListener('abort', stop);
		while (!signal.aborted) {
			const left = this.#drawnAt + this.#tickMs - clock.now();
			if (this.#wake.signal.aborted) this.#wake = new AbortController();
			await clock.sleep(Math.min(this.#tickMs, Math.max(tickMs / 4, left)), this.#wake.signal);
			const age = clock.now() - this.#drawnAt;
			// A negative age: the clock was set back.
			const isOld = age >= this.#tickMs || age < 0;
			if (!isOld || signal.aborted || isStill()) continue;
			this.#tickMs = this.draw() ? tickMs : Math.min(idleTickMs, this.#tickMs + tickMs);
		}
		signal.removeEventListener('abort', stop);
	}
}
