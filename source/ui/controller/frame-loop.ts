import type { Clock } from '../../model/clock.ts';

/** Two drawings of news are at least so many ms apart: ten a second are as many as an eye can use. */
export const drawIntervalMs = 100;

/** A drawing is never older, ms; figures come once a second, and their drawing is soon enough for the clock. */
export const tickMs = 1200;

export type FrameLoopOptions = {
	readonly clock: Pick<Clock, 'now' | 'sleep'>;
	/** Ends the loop. */
	readonly signal: AbortSignal;
	/** Resolves when the terminal has taken all that was drawn. */
	readonly drawn: () => Promise<void>;
	/** Draws what is known by now. */
	readonly paint: () => void;
	/** A drawing is due, also where the terminal has not taken the one before. */
	readonly onDue?: () => void;
	/** Whether the screen stands still: time is not shown then. */
	readonly isStill: () => boolean;
};

/** Decides when the screen is drawn: not more often than an eye can follow, nor before the terminal has taken the last frame. */
export class FrameLoop {
	readonly #options: FrameLoopOptions;
	#drawnAt = Number.NEGATIVE_INFINITY;
	/** A drawing is to come within a tenth of a second. */
	#isPending = false;
	/** One frame at a time: what changes until the terminal has taken the last one is in the next. */
	#isWriting = false;
	#isStale = false;

	constructor(options: FrameLoopOptions) {
		this.#options = options;
	}

	/** Draws as soon as the terminal has taken the frame before. */
	draw(): void {
		this.#isPending = false;
		this.#options.onDue?.();
		if (this.#isWriting) this.#isStale = true;
		else this.paint();
	}

	/** Draws now, whether or not the terminal has taken the frame before. */
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

	/** Draws now, or a tenth of a second after the last time: a firehose must not draw more often than an eye can follow. */
	drawSoon(): void {
		if (this.#isPending) return;
		this.#isPending = true;
		const { clock, signal } = this.#options;
		void clock
			.sleep(Math.max(0, this.#drawnAt + drawIntervalMs - clock.now()), signal)
			.then(() => this.#isPending && this.draw());
	}

	/** Time goes on where nothing else does: what is drawn for news anyway need not be drawn for the clock as well. */
	async tick(): Promise<void> {
		const { clock, signal, isStill } = this.#options;
		while (!signal.aborted) {
			const left = this.#drawnAt + tickMs - clock.now();
			await clock.sleep(Math.min(tickMs, Math.max(tickMs / 4, left)), signal);
			const age = clock.now() - this.#drawnAt;
			// Of a drawing that is to come, the clock was set back.
			const isOld = age >= tickMs || age < 0;
			if (isOld && !signal.aborted && !isStill()) this.drawSoon();
		}
	}
}
