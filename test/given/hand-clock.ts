import type { Clock } from '../../source/model/time/clock.ts';

type Sleeper = { readonly at: number; readonly wake: () => void };

/** A clock that stands still until the test moves it. */
export class HandClock implements Clock {
	#now: number;
	#sleepers: Sleeper[] = [];

	constructor(now = 0) {
		this.#now = now;
	}

	readonly now = (): number => this.#now;

	readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
		new Promise(resolve => {
			if (signal?.aborted) return resolve();
			this.#sleepers.push({ at: this.#now + ms, wake: resolve });
			signal?.addEventListener('abort', () => resolve());
		});

	/** Moves time on, ms: sleepers are woken in order, and consequences happen at their time. */
	async advance(ms: number): Promise<void> {
		const end = this.#now + ms;
		await settled();
		for (;;) {
			const [next] = this.#sleepers.toSorted((one, other) => one.at - other.at);
			if (!next || next.at > end) break;
			this.#sleepers = this.#sleepers.filter(sleeper => sleeper !== next);
			this.#now = Math.max(this.#now, next.at);
			next.wake();
			await settled();
		}
		this.#now = end;
	}

	/** Sets the clock. */
	set(now: number): void {
		this.#now = now;
	}
}

/** Resolves when everything that follows by itself has happened. */
export const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
