/** Time comes from outside, so that tests and pictures are the same every time. */
export type Clock = {
	/** ms since the epoch. */
	now(): number;
	/** Resolves after so many ms, or at once when the signal is given; never rejects. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

export const systemClock: Clock = {
	now: Date.now,
	// By hand: the promised timers of Node make an error, stack and all, of each sleep that is cut short.
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
