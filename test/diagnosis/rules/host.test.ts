import { expect, test } from 'vitest';
import { check, failed, only } from '../stack.ts';

test.each([
	['permission', /may not use its socket/],
	['unreachable', /does not run/],
] as const)('the engine: %s', (kind, cause) => {
	expect(only('engine unreachable', failed('containers', kind, 'Docker at unix:///x: no'))[0]?.cause).toMatch(cause);
	expect(only('engine unreachable')).toEqual([]);
});

const gib = 2 ** 30;
const disk = (freeBytes: number, totalBytes: number, freeInodes = 900, totalInodes = 1000) =>
	check({ check: 'disk', places: [{ path: '/data', freeBytes, totalBytes, freeInodes, totalInodes }] });

test.each([
	[1 * gib, 100 * gib, 'bad'],
	[8 * gib, 100 * gib, 'warning'],
	[0, 100 * gib, 'bad'],
	[20 * 2 ** 20, 2 * gib, 'bad'],
] as const)('%s of %s bytes free is %s', (free, total, severity) => {
	expect(only('disk full', disk(free, total))).toMatchObject([{ severity, subject: '/data' }]);
});

test('a large disk with much room left is not nearly full, whatever the share', () => {
	expect(only('disk full', disk(300 * gib, 4000 * gib))).toEqual([]);
	expect(only('disk full', disk(50 * gib, 100 * gib))).toEqual([]);
});

test('inodes used up; a file system without a number of them has enough', () => {
	expect(only('inodes used up', disk(50 * gib, 100 * gib, 10, 1000))).toMatchObject([{ severity: 'warning' }]);
	expect(only('inodes used up', disk(50 * gib, 100 * gib, 0, 1000))).toMatchObject([{ severity: 'bad' }]);
	expect(only('inodes used up', disk(50 * gib, 100 * gib, 0, 0))).toEqual([]);
});

test('clocks that differ by more than the travel of the answer', () => {
	const engine = (clockAheadMs: number, uncertainMs = 20) =>
		check({ check: 'engine', clockAheadMs, uncertainMs, memoryBytes: 1, rootFolder: '/' });
	expect(only('clock skew', engine(-42_000))[0]?.evidence).toEqual(['Docker is 42 s -']);
	expect(only('clock skew', engine(6000, 3000))).toEqual([]);
	expect(only('clock skew', engine(900))).toEqual([]);
});
