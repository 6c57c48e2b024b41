import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { OutOfTime, withinMs } from '../../../source/model/time/time-limit.ts';

/** Waits as on a host without a free processor. */
const starve = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

function failureOf(work: () => void): unknown {
	try {
		withinMs(100, work);
		return null;
	} catch (error) {
		return error;
	}
}

test('endless work is stopped, and its CPU time is reported', () => {
	const { user, system } = process.cpuUsage();
	const used = () => process.cpuUsage().user + process.cpuUsage().system - user - system;
	const failure = failureOf(() => {
		// Only this process's time, however busy the machine is.
		while (used() < 3_600_000_000);
	});
	expect(failure).toBeInstanceOf(OutOfTime);
	expect(failure).toSatisfy(({ usedMs }: OutOfTime) => usedMs > 0);
});

test('work that waited for a processor has used little of it', () => {
	const failure = failureOf(() => {
		starve(300);
		for (let index = 0; index < 1e6; index++);
	});
	expect(failure).toSatisfy(({ name, usedMs }: OutOfTime) => name === 'OutOfTime' && usedMs < 50);
});

test('the CPU time of other threads is not that of the work', async () => {
	const spinning = new Worker(
		"const { parentPort } = require('node:worker_threads'); parentPort.postMessage(0); for (;;);",
		{
			eval: true,
		},
	);
	try {
		await once(spinning, 'message');
		const failure = failureOf(() => starve(300));
		expect(failure).toSatisfy(({ name, usedMs }: OutOfTime) => name === 'OutOfTime' && usedMs < 50);
	} finally {
		await spinning.terminate();
	}
});

test('what the work throws itself comes through', () => {
	expect(
		failureOf(() => {
			throw new RangeError('own');
		}),
	).toMatchObject({ name: 'RangeError', message: 'own' });
});
