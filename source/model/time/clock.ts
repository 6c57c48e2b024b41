/** Time is injected, so that tests and pictures are reproducible. */
export type Clock = {
	/** ms since the epoch. */
	now(): number;
	/** Resolves after this time, or at once when the signal aborts; never rejects. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

export const systemClock: Clock = {
	now: Date.now,
	// Node's promised timers create an error with a stack trace for each aborted sleep.
	sleep: (ms, signal) =>
		new Promise(resolve => {
			if (signal?.aborted) return resolve();
			const end = () => {
				clearTimeout(timer);
				signal?.removeEventListener('abort', end);
				resolve();
			};
			const timer = setTimeout(end, ms);
			signal?.addEventListener('abort', end);
		}),
};
