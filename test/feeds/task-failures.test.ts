import { expect, test, vi } from 'vitest';
import { failureReader } from '../../source/feeds/task-failures.ts';
import type { Fact } from '../../source/model/observation.ts';
import type { TaskInstance } from '../../source/model/pipeline.ts';
import { quoted } from '../../source/words/message.ts';
import { soon } from '../patience.ts';

const now = 1_000_000;

function failed(endedAt: number): TaskInstance {
	return {
		...{ dagId: 'd', dagRunId: 'r', taskId: 'a', mapIndex: -1, state: 'failed', tryNumber: 1, maxTries: 1 },
		...{ queuedAt: null, startedAt: now - 9000, endedAt, durationSeconds: 9, hostname: '', pool: '', note: null },
	};
}

/** Reads a log that is longer each time; what is reported of it, and after how much waiting. */
function reading(logs: readonly string[]) {
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
		if (log === undefined) throw new Error('no log');
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

test('an unavailable log is reported instead of a reason', async () => {
	const { reported, turn } = reading([]);
	await turn(failed(now));
	expect(reported).toMatchObject([{ type: 'task failure explained', reason: quoted('no log'), tail: [] }]);
});
