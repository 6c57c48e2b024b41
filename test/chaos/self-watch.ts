/**
 * Loaded before the program (`node --import`): records in the file SELF_WATCH how long the program is blocked at a
 * time, its memory, and its end. In CPU time: on a busy machine the wall clock depends on others.
 */
import { appendFileSync } from 'node:fs';
import { waitedMs } from './waited.ts';

const file = process.env.SELF_WATCH;
if (file !== undefined) {
	delete process.env.SELF_WATCH;
	const usage = process.threadCpuUsage ?? process.cpuUsage;
	let last = usage.call(process);
	let notedAt = 0;
	const held = () => {
		const { heapUsed, external } = process.memoryUsage();
		return heapUsed + external;
	};
	const note = (...values: (string | number)[]) => appendFileSync(file, `${values.join(' ')}\n`);
	setInterval(() => {
		const { user, system } = usage.call(process, last);
		last = usage.call(process);
		const blockedMs = Math.round((user + system) / 1000);
		if (blockedMs < 50 && performance.now() - notedAt < 250) return;
		notedAt = performance.now();
		note('tick', Date.now(), blockedMs, held());
	}, 5).unref();
	process.on('exit', () => note('exit', Date.now(), waitedMs(process.pid)));
}
