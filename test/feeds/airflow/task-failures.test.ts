import { expect, test, vi } from 'vitest';
import { failureReader } from '../../../source/feeds/airflow/task-failures.ts';
import type { TaskInstance } from '../../../source/model/airflow/pipeline.ts';
import { ClientError } from '../../../source/model/failures/failure.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { quoted } from '../../../source/words/message.ts';
import { soon } from '../../patience.ts';

const now = 1_000_000;

function failed(endedAt: number): TaskInstance {
	return {
		...{ dagId: 'd', dagRunId: 'r', taskId: 'a', mapIndex: -1, state: 'failed', tryNumber: 1, maxTries: 1 },
		...{ queuedAt: null, startedAt: now - 9000, endedAt, durationSeconds: 9, hostname: '', pool: '', note: null },
	};
}

/** Reads a log that is longer each time, or an error; what is reported of it, and after how much waiting. */
function reading(logs: readonly (string | ClientError)[]) {
	const reported: Fact[] = [];
	const waited: number[] = [];
	const stopping = new AbortController();
	const clock = {
		now: () => now,
		sleep: async (ms: number) => {
			waited.push(ms);
		},
	};
	let reads = 0;
	const explain = failureReader(
		{ clock, signal: stopping.signal, random: () => 0.5, observe: fact => void reported.push(fact) },
		() => reported.length > 0,
	);
	const readLog = async () => {
		const log = logs[Math.min(reads++, logs.length - 1)];
		if (log === undefined || log instanceof ClientError) throw log ?? new Error('no log');
		return log;
	};
	return {
		reported,
		waited,
		turn: (task: TaskInstance) => explain([task], readLog, stopping.signal),
		reads: () => reads,
	};
}

const line = (words: string) => `[2026-11-24T10:32:17.0+0000] {local_task_job_runner.py:302} WARNING - ${words}`;
const marked = line('State of this instance has been externally set to failed. Terminating instance.');
const progress = '[4/6] 8000/10000 rows received';

test('a log without its end is read again: why the try failed is written some seconds later', async () => {
	const { reported, turn, reads, waited } = reading([
		progress,
		progress,
		`${progress}\n${marked}\n${line('(1) terminated with exit code 0')}`,
	]);
	await turn(failed(now - 1000));
	// The next turn does not start again.
	await turn(failed(now - 1000));
	await vi.waitFor(() => expect(reported).toHaveLength(1), soon);
	expect(reported[0]).toMatchObject({
		reason: { params: { words: expect.stringMatching(/^State of this instance has been externally set/) } },
	});
	expect([reads(), waited.length]).toEqual([3, 2]);
});

test('a log that never gets its end is taken as it is', async () => {
	const { reported, turn, reads } = reading([progress]);
	await turn(failed(now - 1000));
	await vi.waitFor(() => expect(reported).toHaveLength(1), soon);
	expect(reported[0]).toMatchObject({ reason: quoted(progress) });
	expect(reads()).toBe(7);
});

test('what ended long ago is read once, as is a log that has its end', async () => {
	const old = reading([progress]);
	await old.turn(failed(now - 60_000));
	expect([old.reported.length, old.reads()]).toEqual([1, 1]);
	const whole = reading([line('Task exited with return code 1')]);
	await whole.turn(failed(now));
	expect([whole.reported.length, whole.reads()]).toEqual([1, 1]);
	await whole.turn(failed(now));
	expect(whole.reads()).toBe(1);
});

test('why a log cannot be read is reported meanwhile; the reason follows when it can be', async () => {
	const timeout = new ClientError('timeout', quoted('no response within 5 s'));
	const { reported, turn, reads, waited } = reading([
		timeout,
		timeout,
		`${marked}\n${line('(1) terminated with exit code 0')}`,
	]);
	await turn(failed(now - 1000));
	// The next turn does not read it beside.
	await turn(failed(now - 1000));
	await vi.waitFor(() => expect(reported).toHaveLength(2), soon);
	expect(reported).toMatchObject([
		{ reason: { params: { why: timeout.failure.message } }, tail: [], isUnread: true },
		{ reason: { params: { words: expect.stringMatching(/^State of this instance has been externally set/) } } },
	]);
	expect(reported[1]).not.toHaveProperty('isUnread');
	expect([reads(), waited.length]).toEqual([3, 2]);
	expect(waited[1]).toBeGreaterThan(waited[0] ?? 0);
});

test.each(['not-found', 'unauthorised', 'permission'] as const)(
	'a log that is refused (%s) is not asked for again',
	async kind => {
		const { reported, turn, reads } = reading([new ClientError(kind, quoted('no'))]);
		await turn(failed(now));
		await turn(failed(now));
		expect(reported).toMatchObject([{ isUnread: true }]);
		expect(reads()).toBe(1);
	},
);

test('a log that stays unreadable is given up after a while', async () => {
	const { reported, turn, reads, waited } = reading([new ClientError('server', quoted('HTTP 500'))]);
	await turn(failed(now));
	await vi.waitFor(() => expect(reads()).toBe(21), soon);
	expect(reported).toHaveLength(1);
	expect(Math.max(...waited)).toBeLessThanOrEqual(15_000);
});
