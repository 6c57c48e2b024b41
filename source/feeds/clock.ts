import { setTimeout as delay } from 'node:timers/promises';

/** Time comes from outside, so that tests and pictures are the same every time. */
export type Clock = {
	/** ms since the epoch. */
	now(): number;
	/** Resolves after so many ms, or at once when the signal is given; never rejects. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

export const systemClock: Clock = {
	now: Date.now,
	sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined),
};
