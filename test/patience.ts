/**
 * How long a test waits for what must come: it ends as soon as it has come, so only a failure takes this long. Long
 * enough for a machine that does ten other things, because being slow is not what these tests look for.
 */
export const soon = { timeout: 40_000, interval: 20 };

/**
 * Processor time of this process for some work, ms: what others do on the machine is no part of it. A limit for work that
 * would take minutes or years where it grows faster than its input; the least of three, as the first run compiles.
 */
export function cpuMs(work: () => unknown): number {
	const once = () => {
		const before = process.cpuUsage();
		work();
		return process.cpuUsage(before).user / 1000;
	};
	return Math.min(once(), once(), once());
}

/** Beside others that keep the machine busy, what takes a moment has taken twenty times as long. */
const patience = 8;
let waiting = 0;
const usual = AbortSignal.timeout;

/**
 * Makes the time limits of requests (seconds, for an operator who waits) longer, until what it returns is called: a test in
 * which no limit is meant to be reached must not fail because the machine is busy.
 */
export function bePatient(): () => void {
	waiting++;
	AbortSignal.timeout = ms => usual.call(AbortSignal, ms * patience);
	let isOver = false;
	return () => {
		if (isOver) return;
		isOver = true;
		waiting--;
		if (waiting === 0) AbortSignal.timeout = usual;
	};
}
