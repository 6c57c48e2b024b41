import { createContext, Script } from 'node:vm';

/** Thrown by `withinMs` when the time is up. */
export class OutOfTime extends Error {
	override name = 'OutOfTime';
	/** CPU time of the work, ms: less than the limit if a busy host made it wait. */
	readonly usedMs: number;

	constructor(ms: number, usedMs: number) {
		super(`not done after ${ms} ms`);
		this.usedMs = usedMs;
	}
}

/**
 * CPU time of this thread. An older Node has only that of the process, with the other threads that collect garbage and
 * compile (`threadCpuUsage` came with Node 23.9).
 */
const cpuUsage = (before?: NodeJS.CpuUsage): NodeJS.CpuUsage =>
	typeof process.threadCpuUsage === 'function' ? process.threadCpuUsage(before) : process.cpuUsage(before);

const script = new Script('work()');
let context: { work?: () => void } | undefined;

/**
 * Runs work with a time limit, ms, and stops it then: a typed expression may take for ever on an unlucky line
 * (`(x+x+)+y`), and the screen would freeze. Throws OutOfTime. What the work has done by then stays. Costs about 0.3 ms
 * a call.
 */
export function withinMs(ms: number, work: () => void): void {
	context ??= createContext({});
	context.work = work;
	const before = cpuUsage();
	try {
		script.runInContext(context, { timeout: ms });
	} catch (error) {
		// An error of the other realm is not an instance of this one's Error.
		if (typeof error === 'object' && error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
			const { user, system } = cpuUsage(before);
			throw new OutOfTime(ms, (user + system) / 1000);
		}
		throw error;
	} finally {
		context.work = undefined;
	}
}
