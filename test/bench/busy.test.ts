import { getPriority, setPriority } from 'node:os';
import { expect, test } from 'vitest';
import { makeBusy, niceWords } from '../../bench/busy.ts';
import { processTable } from '../../bench/proc.ts';

/** Its children, each with a session of its own. */
const loops = () =>
	processTable().filter(({ parent, pid, session, name }) => parent === process.pid && pid === session && name === 'sh');

test('a busy host has its processes until it is idle again, and programs keep their usual niceness', async () => {
	const usual = getPriority();
	// Only root may go below the usual niceness, but this process may be nice already.
	const mayFavour = (() => {
		try {
			setPriority(usual - 1);
			setPriority(usual);
			return true;
		} catch {
			return false;
		}
	})();
	const makeIdle = makeBusy(3);
	try {
		await expect.poll(() => loops().length).toBe(3);
		expect(getPriority()).toBe(mayFavour ? usual - 10 : usual);
		expect(niceWords()).toEqual(mayFavour ? ['nice', '-n', '10'] : []);
	} finally {
		makeIdle();
	}
	expect(getPriority()).toBe(usual);
	expect(niceWords()).toEqual([]);
	await expect.poll(() => loops().length).toBe(0);
});
