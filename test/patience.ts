/**
 * How long a test waits for an event: the wait ends with the event, so only a failure takes this long. Long enough for
 * a machine with ten other jobs, because these tests are not about speed.
 */
export const soon = { timeout: 40_000, interval: 20 };

/**
 * CPU time of this process for some work, ms: other programs on the machine do not count. A limit for work that would
 * take minutes or years if it grew faster than its input; the least of three, as the first run compiles.
 */
export function cpuMs(work: () => unknown): number {
	const once = () => {
		const before = process.cpuUsage();
		work();
		return process.cpuUsage(before).user / 1000;
	};
	return Math.min(once(), once(), once());
}

/**
 * CPU time of this process for the middle one of some frames, ms: a pause of the garbage collector, which may clear up
 * after another test, falls into some of them.
 */
export function frameCpuMs(frames: readonly (() => unknown)[]): number {
	const costs = frames.map(draw => {
		const before = process.cpuUsage();
		draw();
		const { user, system } = process.cpuUsage(before);
		return (user + system) / 1000;
	});
	return costs.toSorted((a, b) => a - b)[Math.floor(costs.length / 2)] ?? 0;
}

/** On a busy machine, what takes a moment has taken twenty times as long. */
const patience = 8;
let waiting = 0;
const usual = AbortSignal.timeout;

/**
 * Extends the time limits of requests (seconds, for an operator who waits) until the returned function is called: a
 * test in which no limit should be reached must not fail because the machine is busy.
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
