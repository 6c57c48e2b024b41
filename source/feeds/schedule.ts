import { failureOf } from '../model/failures/failure.ts';
import type { Fact } from '../model/observation.ts';
import type { Failure, FeedName } from '../model/source.ts';
import { backoffMs } from '../model/time/backoff.ts';
import type { Clock } from '../model/time/clock.ts';

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
 * Longest wait that a server can ask for, ms: some ask everybody for an hour, and the screen would not show that they
 * answer again.
 */
const longestWaitMs = 60_000;

/** How long laketop waits if a server asks for this, ms. */
export const waitMs = (retryAfterMs: number): number => Math.min(longestWaitMs, retryAfterMs);

/** The pause before a failed request is repeated, ms: it grows, and is at least what the server asks for. */
export type RetryPause = { readonly ms: number; readonly leastMs: number };

/**
 * @param failures consecutive ones so far
 * @param random uniform in [0, 1)
 */
export function retryPause({ retryAfterMs = 0 }: Failure, failures: number, random: number): RetryPause {
	const leastMs = waitMs(retryAfterMs);
	return { ms: Math.max(leastMs, backoffMs(failures, random)), leastMs };
}

/** Waits for the pause. A wake ends it, but no earlier than the server wants. */
export async function sleepPause(
	{ ms, leastMs }: RetryPause,
	{ clock, signal, wake }: { readonly clock: Clock; readonly signal: AbortSignal; readonly wake: Wake },
): Promise<void> {
	if (leastMs > 0) await clock.sleep(leastMs, signal);
	if (ms > leastMs || leastMs === 0) await wake.sleep(clock, ms - leastMs, signal);
}

/**
 * Repeats requests until the signal. A turn that throws marks the feed as failed and is repeated after a growing pause;
 * the next success makes it live again.
 */
export async function keepAsking(context: FeedContext, turn: Turn): Promise<void> {
	const { clock, signal, observe, random } = context;
	let failures = 0;
	while (!signal.aborted) {
		let pause: RetryPause;
		const { fired } = turn.wake;
		try {
			const ms = await turn.ask(signal);
			pause = { ms: turn.isNeverLate && turn.wake.fired !== fired ? 0 : ms, leastMs: 0 };
			failures = 0;
			if (!signal.aborted) observe({ type: 'feed live', feed: turn.feed });
		} catch (error) {
			if (signal.aborted) return;
			failures++;
			const failure = failureOf(error);
			pause = retryPause(failure, failures, random());
			observe({ type: 'feed failed', feed: turn.feed, failure, retryAt: clock.now() + pause.ms });
		}
		await sleepPause(pause, { clock, signal, wake: turn.wake });
	}
}
