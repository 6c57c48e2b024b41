import { expect, test } from 'vitest';
import { lastTryBegun, type StoredTry } from '../../../source/model/airflow/task-tries.ts';

const stored = (state: string | null, tryNumber: number, startedAt: number | null = null, endedAt = startedAt) =>
	({ state, tryNumber, startedAt, endedAt }) satisfies StoredTry;

test.each<[words: string, task: StoredTry, before210: number, from210: number]>([
	['not scheduled yet', stored(null, 0), 0, 0],
	['queued for its first try', stored('queued', 0), 0, 0],
	['running', stored('running', 1, 1000, null), 1, 1],
	['running its third try', stored('running', 3, 1000, null), 3, 3],
	['succeeded', stored('success', 2, 1000, 2000), 2, 2],
	['waits for its second try', stored('up_for_retry', 1, 1000, 2000), 1, 1],
	['an empty operator, marked or skipped without a run', stored('success', 0, 1000, 1000), 0, 0],
	['an empty operator, decided over a ms', { ...stored('success', 0, 1000, 1001), durationSeconds: 0 }, 0, 0],
	['upstream failed', stored('upstream_failed', 0, 1000, 2000), 0, 0],
])('%s', (_words, task, before210, from210) => {
	expect([lastTryBegun(task, '2.8.0'), lastTryBegun(task, '2.10.3')]).toEqual([before210, from210]);
});

test('before 2.10 a try that was put off is stored as one less', () => {
	expect(lastTryBegun(stored('up_for_reschedule', 0, 1000, 2000), '2.8.0')).toBe(1);
	expect(lastTryBegun(stored('up_for_reschedule', 1, 1000, 2000), '2.9.3')).toBe(2);
	expect(lastTryBegun(stored('deferred', 0, 1000, null), '2.8.0')).toBe(1);
	// On its way to the next poke.
	expect(lastTryBegun(stored('scheduled', 0, 1000, 2000), '2.8.0')).toBe(1);
	expect(lastTryBegun(stored('queued', 0, 1000, 2000), '2.8.0')).toBe(1);
	// Marked while it waited.
	expect(lastTryBegun(stored('failed', 0, 1000, 2000), '2.8.0')).toBe(1);
});

test('from 2.10 on the number grows before the try begins', () => {
	expect(lastTryBegun(stored('up_for_reschedule', 1, 1000, 2000), '2.10.0')).toBe(1);
	expect(lastTryBegun(stored('queued', 1), '2.10.0')).toBe(0);
	expect(lastTryBegun(stored('deferred', 1, 1000, null), '3.0.0')).toBe(1);
});
