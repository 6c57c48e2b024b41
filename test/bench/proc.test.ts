import { expect, test } from 'vitest';
import {
	cpuOfThreads,
	type ProcessStat,
	parseCpuGroup,
	parsePss,
	parseSchedstat,
	parseStat,
	treeOf,
} from '../../bench/proc.ts';

test('a line of /proc/PID/stat, whatever the name of the process holds', () => {
	const rest = 'S 11 12 13 34818 12 4194304 100 200 0 0 150 50 30 20 20 0 11 0 12345 1000000 2000';
	expect(parseStat(`42 (node) ${rest}\n`)).toEqual({
		pid: 42,
		name: 'node',
		parent: 11,
		session: 13,
		own: 2,
		reaped: 0.5,
	});
	expect(parseStat(`42 (a) S 1 (b c)) ${rest}`)).toMatchObject({ name: 'a) S 1 (b c)', parent: 11, own: 2 });
	expect(parseStat('')).toBeNull();
	expect(parseStat('42 (node) S 11')).toBeNull();
});

test('the proportional set size', () => {
	const rollup = '55d0-7ffe ---p 00000000 00:00 0    [rollup]\nRss:   90000 kB\nPss:   50000 kB\nPss_Anon:  40000 kB\n';
	expect(parsePss(rollup)).toBeCloseTo(51.2);
	expect(parsePss('')).toBeNull();
});

test('the time of a thread on a processor', () => {
	expect(parseSchedstat('5123456789 2023 12\n')).toBe(5_123_456_789);
	expect(parseSchedstat('')).toBeNull();
});

test('the CPU time of threads is that of the process, to less than a hundredth of a second', () => {
	const before = cpuOfThreads(process.pid);
	for (const end = process.cpuUsage().user + 50_000; process.cpuUsage().user < end; );
	const after = cpuOfThreads(process.pid);
	expect(after - before).toBeGreaterThan(0.04);
	expect(cpuOfThreads(2 ** 30)).toBe(0);
});

test('the control group that counts CPU time, of both versions', () => {
	expect(parseCpuGroup('5:memory:/docker/ab\n4:cpu,cpuacct:/docker/ab\n0::/\n')).toEqual({
		version: 1,
		path: '/docker/ab',
	});
	expect(parseCpuGroup('0::/system.slice/docker-ab.scope\n')).toEqual({
		version: 2,
		path: '/system.slice/docker-ab.scope',
	});
	expect(parseCpuGroup('')).toBeNull();
});

test('a tree is what descends from its root, and what is in its session though its parent has gone', () => {
	const made = (pid: number, parent: number, session: number): ProcessStat => ({
		...{ pid, parent, session },
		...{ name: 'x', own: 0, reaped: 0 },
	});
	const table = [made(30, 20, 20), made(10, 1, 10), made(20, 10, 20), made(11, 1, 10), made(99, 1, 99)];
	expect(treeOf(10, table).map(({ pid }) => pid)).toEqual([30, 10, 20, 11]);
	expect(treeOf(77, table)).toEqual([]);
});
