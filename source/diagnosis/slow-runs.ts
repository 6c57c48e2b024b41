import { isRunCleared, runCountsFrom } from '../model/airflow/clears.ts';
import { isSlower, usualRunMs } from '../model/airflow/durations.ts';
import { type DagRun, type DagTask, newestRun, type TaskInstance } from '../model/airflow/pipeline.ts';
import { asksPeople, waitsForAnswer } from '../model/airflow/question.ts';
import { byTask, idleMs, type Span, type TaskHistory, taskSpan } from '../model/airflow/task-history.ts';
import { runKey } from '../model/state.ts';
import { expectations } from '../selectors/durations/left-of-tasks.ts';
import { usualMsOf } from '../selectors/durations/usual-run.ts';
import type { DiagnosisFacts } from './facts.ts';
import { thresholds } from './thresholds.ts';

/** A DAG run that takes far longer than usual. Times in ms. */
export type SlowRun = {
	readonly run: DagRun;
	/** Its start, or the last clear of its tasks. */
	readonly from: number;
	/** Less the time in which it waited for answers of people, however long that takes. */
	readonly elapsedMs: number;
	readonly usualMs: number;
};

export function slowRuns(facts: DiagnosisFacts): SlowRun[] {
	const now = facts.now + facts.clockAheadMs;
	return Object.values(facts.state.dagRuns).flatMap((runs): SlowRun[] => {
		const run = newestRun(runs);
		if (run?.state !== 'running' || run.startedAt === null) return [];
		const usualMs = usualMsOf(facts.state, run);
		if (usualMs === null) return [];
		const key = runKey(run.dagId, run.dagRunId);
		const { dagTasks, clears } = facts.state;
		const from =
			runCountsFrom(run, facts.tasksOf(run), dagTasks[run.dagId] ?? [], clears[key], facts.clockAheadMs) ??
			run.startedAt;
		const elapsedMs = now - from - answersMs(facts.tasksOf(run), dagTasks[run.dagId] ?? [], { from, until: now });
		const isSlow = elapsedMs >= usualMs * thresholds.slowFactor && elapsedMs - usualMs >= thresholds.slowLeastMs;
		return isSlow ? [{ run, from, elapsedMs, usualMs }] : [];
	});
}

/** Time within a period in which tasks waited for answers, ms. */
function answersMs(tasks: readonly TaskInstance[], definitions: readonly DagTask[], period: Span): number {
	const asking = new Set(definitions.filter(asksPeople).map(({ taskId }) => taskId));
	const asked = tasks.flatMap(task => {
		// Its time counts as if it were running.
		if (waitsForAnswer(task)) return [{ ...task, state: 'running' }];
		return asking.has(task.taskId) ? [task] : [];
	});
	return period.until - period.from - idleMs(asked, period, period.until);
}

/** Running DAG runs of DAGs that have been run before. */
export function comparableRuns(facts: DiagnosisFacts): { readonly run: DagRun }[] {
	return Object.values(facts.state.dagRuns).flatMap(runs => {
		const run = newestRun(runs);
		return run?.state === 'running' && usualRunMs(runs) !== null ? [{ run }] : [];
	});
}

/** Running DAG runs with cleared tasks. */
export function clearedRuns(facts: DiagnosisFacts): { readonly run: DagRun }[] {
	return Object.values(facts.state.dagRuns).flatMap(runs =>
		runs
			.filter(run => run.state === 'running')
			.filter(run => isRunCleared(run, facts.tasksOf(run), facts.state.dagTasks[run.dagId] ?? []))
			.map(run => ({ run })),
	);
}

/** A task that takes, or took, longer than usual. Times in ms. */
export type SlowTask = { readonly taskId: string; readonly tookMs: number; readonly usualMs: number };

/** Where the time of a slow DAG run goes; tasks with the largest excess come first. Times in ms. */
export type Slowness =
	| { readonly kind: 'waiting'; readonly idleMs: number; readonly usualIdleMs: number }
	| {
			readonly kind: 'all tasks';
			readonly slow: readonly SlowTask[];
			readonly compared: number;
			readonly factor: number;
	  }
	| { readonly kind: 'one task'; readonly slow: readonly [SlowTask, ...SlowTask[]] }
	| { readonly kind: 'unknown' };

/** Share of slow tasks from which no single task is the cause. */
const allShare = 0.6;
/** Share of the excess from which one task is the cause, whatever the others do. */
const oneShare = 0.8;
/** Share of the excess between tasks from which waiting is the cause. */
const idleShare = 0.5;

/**
 * Compares the tasks of a slow DAG run with earlier ones: ended tasks, and those that already run longer than usual.
 */
export function slownessOf(
	{ run, from, elapsedMs, usualMs }: SlowRun,
	all: readonly TaskInstance[],
	history: TaskHistory | undefined,
	now: number,
): Slowness {
	if (!history || history.tasks.length === 0) return { kind: 'unknown' };
	// Tasks that ended before the clear do not count.
	const tasks = all.filter(({ endedAt }) => endedAt === null || endedAt >= from);
	const idle = idleMs(tasks, { from, until: now }, now);
	const { usualIdleMs } = history;
	if (idle - usualIdleMs > (elapsedMs - usualMs) * idleShare) return { kind: 'waiting', idleMs: idle, usualIdleMs };
	const { earlier = [], defaults = {} } = history;
	const expected = expectations(earlier, defaults, run.conf);
	const compared = [...byTask(tasks)].flatMap(([taskId, instances]): SlowTask[] => {
		const usual = expected.get(taskId)?.tookMs ?? history.tasks.find(one => one.taskId === taskId)?.usualMs;
		const span = taskSpan(instances, now);
		if (usual === undefined || span === null) return [];
		const tookMs = span.until - span.from;
		const isOpen = instances.some(task => task.endedAt === null);
		return isOpen && tookMs <= usual ? [] : [{ taskId, tookMs, usualMs: usual }];
	});
	const slow = compared
		.filter(({ tookMs, usualMs: usual }) => isSlower(tookMs, usual))
		.toSorted((a, b) => excess(b) - excess(a));
	const [worst, ...others] = slow;
	if (!worst) return { kind: 'unknown' };
	const total = slow.reduce((sum, task) => sum + excess(task), 0);
	const isOne = others.length === 0 || excess(worst) >= total * oneShare || slow.length < compared.length * allShare;
	if (isOne) return { kind: 'one task', slow: [worst, ...others] };
	const took = slow.reduce((sum, { tookMs }) => sum + tookMs, 0);
	const usual = slow.reduce((sum, task) => sum + task.usualMs, 0);
	return { kind: 'all tasks', slow, compared: compared.length, factor: took / Math.max(1, usual) };
}

function excess({ tookMs, usualMs }: SlowTask): number {
	return tookMs - usualMs;
}
