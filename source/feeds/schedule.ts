import { backoffMs } from '../model/backoff.ts';
import type { Clock } from '../model/clock.ts';
import { failureOf } from '../model/failure.ts';
import type { Fact } from '../model/observation.ts';
import type { FeedName } from '../model/source.ts';

/** Wakes feeds that wait for their next turn: something happened that makes a request worthwhile. */
export class Wake {
	#waiting = new Set<() => void>();
	#fired = 0;

	/** Number of calls of `fire` so far, for those that did not wait at that moment. */
	get fired(): number {
		return this.#fired;
	}

	/** Ends every wait at once. */
	fire(): void {
		this.#fired++;
		const waiting = [...this.#waiting];
		this.#waiting.clear();
		for (const go of waiting) go();
	}

	/** Waits this time, or until `fire`, or until the signal. */
	async sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
		if (signal.aborted) return;
		const woken = new AbortController();
		// With a reason, no error with a stack trace is created; and a listener is cheaper than `AbortSignal.any`.
		const go = () => woken.abort(null);
		this.#waiting.add(go);
		signal.addEventListener('abort', go, { once: true });
		await clock.sleep(ms, woken.signal);
		signal.removeEventListener('abort', go);
		this.#waiting.delete(go);
	}
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
	/** Sends one turn's requests; resolves with the time until the next turn, ms. */
	readonly ask: (signal: AbortSignal) => Promise<number>;
	readonly wake: Wake;
	/** An answer that arrives after a wake may be older than its reason: the request is repeated. */
	readonly isNeverLate?: boolean;
};

/**
 * Repeats requests until the signal. A turn that throws marks the feed as failed and is repeated after a growing pause;
 * the next success makes it live again.
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
