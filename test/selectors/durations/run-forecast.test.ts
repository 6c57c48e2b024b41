import { expect, test } from 'vitest';
import { runForecast } from '../../../source/selectors/durations/run-forecast.ts';
import { dag, dagId, minute, now, run, runsFetched, stateOf, type Timed, tasksFetched } from '../../diagnosis/stack.ts';

/** Runs of ten minutes, and one that began four minutes ago. */
const started = now - 4 * minute;
const runs = runsFetched(
	run('newest', 'running', 4 * minute),
	...[1, 2, 3].map(hours => {
		const startedAt = now - hours * 60 * minute;
		return run(`h${hours}`, 'success', hours * 60 * minute, { endedAt: startedAt + 10 * minute });
	}),
);
const ended = { startedAt: started, endedAt: now - 3 * minute };
const paused: Timed = { type: 'dags fetched', dags: [{ ...dag, isPaused: true }] };

function forecast(at: number, ...facts: readonly Timed[]) {
	const state = stateOf(runs, ...facts);
	const shown = state.dagRuns[dagId]?.find(({ dagRunId }) => dagRunId === 'newest');
	if (!shown) throw new Error('the run is not known');
	return runForecast(state, shown, at);
}

test('counts down while a task runs', () => {
	const tasks = tasksFetched(['success', 'running'], 'newest', [ended, { startedAt: now - 2 * minute }]);
	expect(forecast(now, tasks)).toEqual({ leftMs: 6 * minute, spreadMs: null, stalledSince: null });
	expect(forecast(now + 7 * minute, tasks)).toEqual({ leftMs: -minute, spreadMs: null, stalledSince: null });
});

test('stands still with a run whose DAG was paused, however long that lasts', () => {
	const tasks = tasksFetched(['success', 'scheduled'], 'newest', [ended, { startedAt: null }]);
	const still = { leftMs: 9 * minute, spreadMs: null, stalledSince: now - 3 * minute };
	expect(forecast(now, paused, tasks)).toEqual(still);
	expect(forecast(now + 60 * minute, paused, tasks)).toEqual(still);
	// A task that was at work when it was paused runs to its end.
	const running = tasksFetched(['success', 'running'], 'newest', [ended, { startedAt: now - 2 * minute }]);
	expect(forecast(now, paused, running)?.stalledSince).toBeNull();
});

test('a retry, a sensor and an event go on as they usually do, unless the scheduler does not look at the DAG', () => {
	for (const state of ['up_for_retry', 'up_for_reschedule', 'deferred']) {
		const tasks = tasksFetched(['success', state], 'newest', [ended, ended]);
		expect(forecast(now, tasks)?.stalledSince).toBeNull();
		expect(forecast(now, paused, tasks)?.stalledSince).toBe(now - 3 * minute);
	}
});

test('stands still from the question on while the tasks that are left wait for answers', () => {
	const asked = { startedAt: now - 2 * minute };
	const tasks = tasksFetched(['success', 'awaiting_input'], 'newest', [ended, asked]);
	const still = { leftMs: 8 * minute, spreadMs: null, stalledSince: now - 2 * minute };
	expect(forecast(now, tasks)).toEqual(still);
	expect(forecast(now + 600 * minute, tasks)).toEqual(still);
	// Right after the question: there is nothing else that could start.
	expect(forecast(now - 2 * minute + 1000, tasks)?.stalledSince).toBe(now - 2 * minute);
	// Before Airflow 3.3 it is deferred, as tasks that wait for an event are.
	const trigger = { name: 'HITLTrigger', createdAt: now - minute, isTaken: true, triggererSeenAt: now };
	const deferred = tasksFetched(['success', 'deferred'], 'newest', [ended, { ...asked, trigger }]);
	expect(forecast(now, deferred)).toEqual({ leftMs: 7 * minute, spreadMs: null, stalledSince: now - minute });
	// Another task is at work.
	const both = tasksFetched(['success', 'awaiting_input', 'running'], 'newest', [ended, asked, asked]);
	expect(forecast(now, both)).toEqual({ leftMs: 6 * minute, spreadMs: null, stalledSince: null });
	const ready = tasksFetched(['success', 'awaiting_input', 'queued'], 'newest', [ended, { startedAt: now - 5000 }]);
	expect(forecast(now, ready)?.stalledSince).toBeNull();
});

test('the moment between two tasks is no stand', () => {
	const tasks = tasksFetched(['success', 'queued'], 'newest', [{ ...ended, endedAt: now - 5000 }, { startedAt: null }]);
	expect(forecast(now, tasks)?.stalledSince).toBeNull();
});

test('nothing is foretold of a run that has ended, or is not begun', () => {
	const [first] = stateOf(runsFetched(run('newest', 'queued', minute))).dagRuns[dagId] ?? [];
	expect(first && runForecast(stateOf(runs), first, now)).toBeNull();
});
