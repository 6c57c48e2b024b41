import { describe, expect, test } from 'vitest';
import { factsOf } from '../../../source/diagnosis/facts.ts';
import { slowRuns } from '../../../source/diagnosis/slow-runs.ts';
import { waitersIn } from '../../../source/diagnosis/waiting/waiters.ts';
import type { TaskInstance } from '../../../source/model/airflow/pipeline.ts';
import { earlierRun, taskHistory } from '../../../source/model/airflow/task-history.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { runForecast } from '../../../source/selectors/durations/run-forecast.ts';
import {
	check,
	dagId,
	diagnosisOptions,
	minute,
	now,
	run,
	runsFetched,
	stages,
	stateOf,
	type Timed,
	task,
	tasksFetched,
} from '../../diagnosis/stack.ts';

const second = 1000;
/** How far the servers' clock of this stack is ahead. */
const aheadMs = factsOf(stateOf(), now, diagnosisOptions).clockAheadMs;
const serverNow = now + aheadMs;
/** Seven tasks of one minute each, with ten seconds between them. */
const ran = (from: number): TaskInstance[] =>
	stages.map((taskId, index) => {
		const startedAt = from + index * 70 * second;
		return task(taskId, 'success', { startedAt, endedAt: startedAt + minute, durationSeconds: 60 });
	});
const defined = stages.map((taskId, index) => ({
	taskId,
	operator: 'PythonOperator',
	downstreamTaskIds: stages.slice(index + 1, index + 2),
	retries: 1,
}));
const definitions: Fact = { type: 'dag tasks fetched', dagId, tasks: defined };
const history = check(
	{
		check: 'task history',
		history: taskHistory(
			['1', '2'].map(dagRunId =>
				earlierRun({ dagRunId, conf: {}, span: { from: 0, until: 480 * second } }, ran(0), defined),
			),
		),
	},
	dagId,
);
const started = now - 60 * minute;
const runs = runsFetched(
	run('again', 'running', 60 * minute),
	...[2, 3].map(hours => {
		const ago = hours * 60 * minute;
		return run(`h${hours}`, 'success', ago, { endedAt: now - ago + 8 * minute });
	}),
);
const ended = { startedAt: started, endedAt: started + minute, durationSeconds: 60 };
/** Six of seven tasks are done; the last one started half a minute ago. */
const last = (more: Partial<TaskInstance>) =>
	tasksFetched([...stages.slice(1).map(() => 'success'), 'running'], 'again', [
		...stages.slice(1).map(() => ended),
		{ queuedAt: now - 32 * second, startedAt: now - 30 * second, ...more },
	]);
const clearedLast = { tryNumber: 2, maxTries: 2 };

function forecast(...facts: readonly Timed[]) {
	const state = stateOf(definitions, runs, ...facts);
	const shown = state.dagRuns[dagId]?.find(({ dagRunId }) => dagRunId === 'again');
	if (!shown) throw new Error('the run is not known');
	return runForecast(state, shown, now);
}

describe('the forecast of a run of which tasks were cleared', () => {
	test('is what the tasks that are left usually take', () => {
		expect(forecast(history, last(clearedLast))).toEqual({ leftMs: 30 * second, spreadMs: 0, stalledSince: null });
		const two = tasksFetched([...stages.slice(2).map(() => 'success'), 'running', null], 'again', [
			...stages.slice(2).map(() => ended),
			{ queuedAt: now - 32 * second, startedAt: now - 30 * second, ...clearedLast },
			{ ...ended, ...clearedLast },
		]);
		expect(forecast(history, two)?.leftMs).toBeGreaterThanOrEqual(90 * second);
		expect(forecast(history, two)?.leftMs).toBeLessThan(100 * second);
	});

	test('of a run that had ended counts what is left, not the whole run', () => {
		const again = runsFetched(
			run('again', 'running', minute),
			...[2, 3].map(hours => run(`h${hours}`, 'success', hours * 60 * minute)),
		);
		expect(forecast(history, again, last({ tryNumber: 1 }))?.leftMs).toBe(30 * second);
	});

	test('is not known where too little is known of its tasks', () => {
		expect(forecast(last(clearedLast))).toEqual({ leftMs: null, spreadMs: null, stalledSince: null });
		const other = check(
			{ check: 'task history', history: { runs: 3, tasks: [{ taskId: 'raw_to_bronze', usualMs: 1 }], usualIdleMs: 0 } },
			dagId,
		);
		expect(forecast(other, last(clearedLast))?.leftMs).toBeNull();
	});

	test('a plain retry is no clear', () => {
		expect(forecast(last({ tryNumber: 2, maxTries: 1 }))?.leftMs).toBe((8 - 60) * minute);
	});
});

describe('tasks that are cleared while the run goes on', () => {
	const others: Partial<TaskInstance>[] = [ended, { startedAt: started, endedAt: null, durationSeconds: null }];
	const at = (agoMs: number, state: string | null, more: Partial<TaskInstance> = {}): Timed => ({
		at: now - agoMs,
		fact: tasksFetched([state, 'running'], 'again', [{ ...ended, ...more }, ...others.slice(1)]),
	});
	const waitsSince = (...facts: readonly Timed[]) => {
		const state = stateOf(definitions, runs, ...facts);
		const shown = state.dagRuns[dagId]?.find(({ dagRunId }) => dagRunId === 'again');
		const waiters = shown ? waitersIn(state, shown, now, diagnosisOptions.project) : [];
		return waiters.find(({ task: { taskId } }) => taskId === 'raw_to_bronze')?.since;
	};

	test('wait since the clear, not since the others began', () => {
		expect(waitsSince(at(20 * second, 'success'), at(10 * second, null, { maxTries: 2 }))).toBe(
			serverNow - 10 * second,
		);
	});

	test('wait since they were first seen to, where nobody saw the clear', () => {
		expect(waitsSince(at(10 * second, null))).toBe(serverNow - 10 * second);
	});
});

describe('a run under way is slow', () => {
	const slow = (...facts: readonly Timed[]) =>
		slowRuns(factsOf(stateOf(definitions, runs, ...facts), now, diagnosisOptions));

	test('counted from its start', () => {
		expect(slow(last({ tryNumber: 1 }))).toMatchObject([{ elapsedMs: 60 * minute + aheadMs }]);
	});

	test('counted from the clear, where tasks were cleared within it', () => {
		expect(slow(last(clearedLast))).toEqual([]);
		const long = last({ ...clearedLast, queuedAt: now - 30 * minute, startedAt: now - 29 * minute });
		expect(slow(long)).toMatchObject([{ elapsedMs: 30 * minute + aheadMs, from: now - 30 * minute }]);
	});
});
