import { readFile } from 'node:fs/promises';
import { type Check, one } from './check.ts';
import { rounded } from './rounded.ts';

/** Memory of the engine's host, as reported by Linux (proc(5), /proc/meminfo). */
export const hostMemoryCheck: Check = {
	name: 'host memory',
	subjects: deps => one(deps.isHere),
	everyMs: 10_000,
	leastMs: 5000,
	async look() {
		const text = await readFile('/proc/meminfo', 'utf8').catch(() => '');
		const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024;
		const totalBytes = bytes('MemTotal');
		if (totalBytes === 0) return null;
		return {
			check: 'host memory',
			totalBytes,
			availableBytes: rounded(bytes('MemAvailable'), totalBytes),
			swapBytes: bytes('SwapTotal'),
			swapFreeBytes: bytes('SwapFree'),
		};
	},
};
