import type { Clock } from '../model/clock.ts';
import { failureOf } from '../model/failure.ts';
import type { Fact } from '../model/observation.ts';
import type { FeedName } from '../model/source.ts';

/** Wakes those who wait for the next turn: something happened that makes asking now worth it. */
export class Wake {
	#waiting = new Set<() => void>();
	#fired = 0;

	/** How often it was fired so far: tells those who did not wait just then. */
	get fired(): number {
		return this.#fired;
	}

	/** Lets everybody who waits go on at once. */
	fire(): void {
		this.#fired++;
		const waiting = [...this.#waiting];
		this.#waiting.clear();
		for (const go of waiting) go();
	}

	/** Waits so many ms, or until `fire`, or until the signal is given. */
	async sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
		if (signal.aborted) return;
		const woken = new AbortController();
		// With a reason none is made up, stack and all; and listening by hand is cheaper than `AbortSignal.any`.
		const go = () => woken.abort(null);
		this.#waiting.add(go);
		signal.addEventListener('abort', go, { once: true });
		await clock.sleep(ms, woken.signal);
		signal.removeEventListener('abort', go);
		this.#waiting.delete(go);
	}
}

export const backoffStartMs = 1000;
export const backoffLimitMs = 15_000;

/**
 * How long to wait after so many failures in a row (1, 2, …): doubling from one second to fifteen, ±20 % so that several
 * feeds, and several people's laketops, do not come back in step.
 */
export function backoffMs(failures: number, random: number): number {
	const base = Math.min(backoffLimitMs, backoffStartMs * 2 ** Math.min(10, failures - 1));
	return Math.round(base * (0.8 + 0.4 * random));
}

export type FeedContext = {
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly observe: (fact: Fact) => void;
	/** Uniform in [0, 1). */
	readonly random: () => number;
};

export type Turn = {
	readonly feed: FeedName;
	/** Does one turn's asking; returns how long to wait until the next, ms. */
	readonly ask: (signal: AbortSignal) => Promise<number>;
	readonly wake: Wake;
	/** What is answered while it is woken may be from before the reason to wake it: it is asked once more. */
	readonly isNeverLate?: boolean;
};

/**
 * Asks again and again until the signal is given. A turn that throws makes the feed say so, and is repeated after a
 * growing pause; the first that succeeds makes it live again.
 */
export async function keepAsking(context: FeedContext, turn: Turn): Promise<void> {
	const { clock, signal, observe, random } = context;
	let failures = 0;
	while (!signal.aborted) {
		let pauseMs: number;
		const { fired } = turn.wake;
		try {
			pauseMs = await turn.ask(signal);
			if (turn.isNeverLate && turn.wake.fired !== fired) pauseMs = 0;
			failures = 0;
			if (!signal.aborted) observe({ type: 'feed live', feed: turn.feed });
		} catch (error) {
			if (signal.aborted) return;
			failures++;
			pauseMs = backoffMs(failures, random());
			observe({ type: 'feed failed', feed: turn.feed, failure: failureOf(error), retryAt: clock.now() + pauseMs });
		}
		await turn.wake.sleep(clock, pauseMs, signal);
	}
}
