import { expect, test } from 'vitest';
import { earlierRun, type TaskHistory, taskHistory } from '../../../source/model/airflow/task-history.ts';
import { usualTaskMs } from '../../../source/selectors/durations/usual-task.ts';
import { check, dagId, minute, now, run, runsFetched, stages, stateOf, task } from '../../diagnosis/stack.ts';

const [first = '', second = ''] = stages;
const oneSecond = 1000;
/** Runs of the first task, which takes as many seconds as `pace` says. */
const paced = (pace: number) =>
	earlierRun(
		{ dagRunId: `${pace}`, conf: { pace }, span: { from: now, until: now + minute } },
		[task(first, 'success', { startedAt: now, endedAt: now + pace * oneSecond, durationSeconds: pace })],
		[],
	);
const usual = (history: TaskHistory, conf: string | null, taskId = first) =>
	usualTaskMs(
		stateOf(runsFetched(run('newest', 'running', minute, { conf })), check({ check: 'task history', history }, dagId)),
		{ dagId, dagRunId: 'newest', taskId },
	);

test('what a task usually takes follows the conf of the run', () => {
	const history = taskHistory([3, 9, 5, 12, 7].map(paced), { pace: 4 });
	expect(usual(history, '{"pace":20}')).toBeCloseTo(20_000);
	expect(usual(history, null)).toBeCloseTo(4000);
	expect(usual(history, null, second)).toBeNull();
});

test('a recording of an earlier version has the median alone', () => {
	const history = { runs: 3, tasks: [{ taskId: first, usualMs: 8000 }], usualIdleMs: 0 };
	expect(usual(history, '{"pace":20}')).toBe(8000);
});
