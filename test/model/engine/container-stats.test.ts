import { expect, test } from 'vitest';
import { memoryInUse } from '../../../source/clients/engine/docker-answers.ts';
import { cpuPercent, type StatsSample, useAfter } from '../../../source/model/engine/container-stats.ts';

const sample = (cpuTotalNs: number, systemCpuNs: number, more: Partial<StatsSample> = {}): StatsSample => ({
	id: 'a',
	sampledAt: systemCpuNs / 1e6,
	cpuTotalNs,
	systemCpuNs,
	onlineCpus: 2,
	memoryBytes: 100,
	memoryLimitBytes: 400,
	receivedBytes: 0,
	sentBytes: 0,
	blockReadBytes: 0,
	blockWrittenBytes: 0,
	processes: 1,
	...more,
});

test('CPU percent is of one core, as docker stats has it', () => {
	// Half of the host's two cores' time: 100 % of one core.
	expect(cpuPercent(sample(0, 0), sample(1e9, 2e9))).toBe(100);
	expect(cpuPercent(sample(5, 0), sample(5, 2e9))).toBe(0);
	expect(cpuPercent(sample(0, 5), sample(1e9, 5))).toBe(0);
});

test('the first sample gives memory, the second CPU and rates', () => {
	const first = useAfter(undefined, sample(0, 0));
	expect(first.cpuPercent).toBeNull();
	expect(first.memoryPercent).toBe(25);
	const second = useAfter(first, sample(1e9, 2e9, { receivedBytes: 4000 }));
	expect(second.cpuPercent).toBe(100);
	expect(second.receivedPerSecond).toBe(2000);
	expect(second.cpuHistory).toEqual([100]);
});

test('a restarted container counts from zero: no difference is taken', () => {
	const before = useAfter(useAfter(undefined, sample(5e9, 0)), sample(6e9, 2e9));
	expect(useAfter(before, sample(1e8, 4e9)).cpuPercent).toBeNull();
});

test('memory leaves out the inactive page cache, in the way of either cgroup version', () => {
	expect(memoryInUse(100, { total_inactive_file: 30, inactive_file: 10 })).toBe(70);
	expect(memoryInUse(100, { inactive_file: 10 })).toBe(90);
	expect(memoryInUse(100, { inactive_file: 200 })).toBe(100);
	expect(memoryInUse(100, {})).toBe(100);
});
