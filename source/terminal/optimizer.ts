import { setFlagsFromString } from 'node:v8';
import { flagsAreKnown } from './v8-flags.ts';

/** Share of a core from which optimized code pays, and below which it does not. Left alone laketop takes 0.01. */
const busyShare = 0.1;
const calmShare = 0.05;
/** Somebody who presses keys goes on soon, ms. */
const calmForMs = 60_000;
const lookEveryMs = 2000;
/** The work of the start is done once; optimizing it would take more than it saves, ms. */
const startMs = 10_000;
/** Spans in sequence: a page that was opened is done when its code is optimized. */
const busySpans = 2;

/** V8's compilers of frequent code; its baseline compiler, which costs little, stays (`--sparkplug`). */
const compilers = ['maglev', 'turbofan'];

/** Decides from the CPU time of the process whether frequent code is to be optimized. */
export class Busyness {
	#isBusy = false;
	#before: { readonly at: number; readonly cpuMs: number } | null = null;
	#busyAt = 0;
	#spans = 0;

	/**
	 * @param at ms since the start
	 * @param cpuMs of the process since its start
	 */
	see(at: number, cpuMs: number): boolean {
		const before = this.#before;
		this.#before = { at, cpuMs };
		if (before === null || before.at < startMs) return this.#isBusy;
		const share = (cpuMs - before.cpuMs) / (at - before.at);
		this.#spans = share > (this.#isBusy ? calmShare : busyShare) ? this.#spans + 1 : 0;
		if (this.#spans >= busySpans) {
			this.#isBusy = true;
			this.#busyAt = at;
		} else if (at - this.#busyAt > calmForMs) this.#isBusy = false;
		return this.#isBusy;
	}

	/** Work is certain to come: somebody presses keys. */
	expect(at: number): void {
		this.#isBusy = true;
		this.#busyAt = at;
	}
}

export type Optimizer = {
	/** Optimizes from now on, until it has been calm for a minute. */
	wake(): void;
	stop(): void;
};

/**
 * Lets V8 optimize frequent code only while the process is busy or somebody presses keys. At rest the functions that draw
 * a frame run often enough to be optimized one after the other for minutes, in other threads: a quarter of all CPU, for
 * code that was fast enough. Under an endless log, or for a burst of keys, optimized code pays within seconds.
 */
export function optimizeWhenBusy(): Optimizer {
	if (!flagsAreKnown()) return { wake: () => undefined, stop: () => undefined };
	const busyness = new Busyness();
	const startedAt = performance.now();
	let isOn = true;
	const set = (isWanted: boolean) => {
		if (isWanted !== isOn) for (const name of compilers) setFlagsFromString(isWanted ? `--${name}` : `--no-${name}`);
		isOn = isWanted;
	};
	const look = () => {
		const { user, system } = process.cpuUsage();
		set(busyness.see(performance.now() - startedAt, (user + system) / 1000));
	};
	look();
	const timer = setInterval(look, lookEveryMs);
	timer.unref();
	return {
		wake() {
			busyness.expect(performance.now() - startedAt);
			set(true);
		},
		stop: () => clearInterval(timer),
	};
}
