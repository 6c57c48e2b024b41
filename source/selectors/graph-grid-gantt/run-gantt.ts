import { taskElapsedMs } from '../../model/airflow/durations.ts';
import { type DagTask, isFinishedTask, type TaskInstance } from '../../model/airflow/pipeline.ts';
import type { StateLook } from '../../model/airflow/task-state.ts';
import type { ShownPipeline, Stage } from '../dag-runs/shown-pipeline.ts';

/** Times of a task in its run, ms since the epoch. */
export type Bar = {
	readonly taskId: string;
	readonly look: StateLook;
	/** Instances of a mapped task, 1 for any other, 0 before the run has created it. */
	readonly instances: number;
	/** Of a task that is not mapped; 0 before the first try. */
	readonly tryNumber: number;
	/** When the last task before it ended, or the run started: from then on it only waited. null: not yet. */
	readonly readyAt: number | null;
	/** When the scheduler gave it to the executor: of a mapped task, its first instance. */
	readonly queuedAt: number | null;
	/** Of a mapped task the first start and the last end of its instances. Of another one those of its last try. */
	readonly startedAt: number | null;
	/** null while it runs, or before it has started. */
	readonly endedAt: number | null;
	/** On the critical path: with it the whole run would have been shorter. */
	readonly isCritical: boolean;
	/** It ended before the run was last started: its run was cleared without it. */
	readonly isEarlier: boolean;
};

export type RunGantt = {
	/** Start of the run, ms since the epoch. */
	readonly from: number;
	/** Its end, or now. */
	readonly to: number;
	readonly bars: readonly Bar[];
	/** Time on the critical path before its tasks started, and in them, ms. */
	readonly waitMs: number;
	readonly workMs: number;
};

/**
 * The tasks of the shown run on one time axis; null before the run has started.
 *
 * The critical path leads back from the task that ended last, or is running, always to the task that ended last of those
 * before it. A task waits from the end of that task (or the start of the run) until its last try starts, so that the time
 * of earlier tries counts as waiting.
 * @param tasks definitions of the DAG; unknown: no order, and so no path
 */
export function runGantt(
	{ run, stages }: Pick<ShownPipeline, 'run' | 'stages'>,
	tasks: readonly DagTask[] | undefined,
	now: number,
): RunGantt | null {
	const from = run?.startedAt ?? null;
	if (!run || from === null) return null;
	const to = Math.max(from + 1, run.endedAt ?? now, ...stages.flatMap(stage => spanOf(stage).endedAt ?? []));
	const upstream = upstreamOf(tasks ?? []);
	const spans = new Map(stages.map(stage => [stage.taskId, spanOf(stage)]));
	const path = criticalPath(spans, upstream, from);
	const bars = stages.map((stage): Bar => {
		const span = spans.get(stage.taskId) ?? nothing;
		const { queuedAt, startedAt, endedAt } = span;
		return {
			...{ queuedAt, startedAt, endedAt },
			taskId: stage.taskId,
			look: stage.look,
			instances: stage.instances.length,
			tryNumber: stage.instances.length === 1 ? (stage.shown?.tryNumber ?? 0) : 0,
			readyAt: readyAt(upstream.get(stage.taskId) ?? [], spans, from),
			isCritical: path.has(stage.taskId),
			isEarlier: endedAt !== null && endedAt < from,
		};
	});
	const critical = bars.filter(({ isCritical }) => isCritical);
	const sum = (ms: (bar: Bar) => number) => critical.reduce((total, bar) => total + ms(bar), 0);
	return {
		from,
		to,
		bars,
		waitMs: sum(({ readyAt, startedAt }) => Math.max(0, (startedAt ?? now) - (readyAt ?? now))),
		workMs: sum(({ startedAt, endedAt }) => (startedAt === null ? 0 : Math.max(0, (endedAt ?? now) - startedAt))),
	};
}

type TimeSpan = Pick<Bar, 'queuedAt' | 'startedAt' | 'endedAt'> & {
	/** No instance will run any more. */
	readonly isOver: boolean;
};
const nothing: TimeSpan = { queuedAt: null, startedAt: null, endedAt: null, isOver: false };

function spanOf({ instances }: Stage): TimeSpan {
	const begun = instances.filter(hasRun);
	const starts = begun.flatMap(({ startedAt }) => startedAt ?? []);
	const ends = begun.flatMap(({ endedAt }) => endedAt ?? []);
	const queued = instances.flatMap(({ queuedAt, state }) => (state === null ? [] : (queuedAt ?? [])));
	const isOver = instances.length > 0 && instances.every(isFinishedTask);
	return {
		queuedAt: queued.length === 0 ? null : Math.min(...queued),
		startedAt: starts.length === 0 ? null : Math.min(...starts),
		endedAt: isOver && ends.length > 0 ? Math.max(...ends) : null,
		isOver,
	};
}

/** A task that was skipped, or whose upstream failed, has times of the decision only. The time now does not matter. */
const hasRun = (task: TaskInstance) => taskElapsedMs(task, 0) !== null;

function upstreamOf(tasks: readonly DagTask[]): ReadonlyMap<string, readonly string[]> {
	const upstream = new Map<string, string[]>(tasks.map(({ taskId }) => [taskId, []]));
	for (const { taskId, downstreamTaskIds } of tasks) for (const id of downstreamTaskIds) upstream.get(id)?.push(taskId);
	return upstream;
}

/** When the last of these ended, at the earliest at the start of the run; null while one has not ended. */
function readyAt(ids: readonly string[], spans: ReadonlyMap<string, TimeSpan>, from: number): number | null {
	let latest = from;
	for (const id of ids) {
		const span = spans.get(id);
		if (!span) continue;
		if (!span.isOver) return null;
		// What was skipped does not delay what follows.
		if (span.endedAt !== null) latest = Math.max(latest, span.endedAt);
	}
	return latest;
}

function criticalPath(
	spans: ReadonlyMap<string, TimeSpan>,
	upstream: ReadonlyMap<string, readonly string[]>,
	from: number,
): ReadonlySet<string> {
	if (upstream.size === 0) return new Set();
	/** A task that runs ends after all others. */
	const endOf = ({ startedAt, endedAt }: TimeSpan) =>
		startedAt === null ? Number.NEGATIVE_INFINITY : (endedAt ?? Number.POSITIVE_INFINITY);
	const latest = (ids: Iterable<string>) => {
		let best: string | null = null;
		let bestEnd = from;
		for (const id of ids) {
			const end = endOf(spans.get(id) ?? nothing);
			if (end > bestEnd) [best, bestEnd] = [id, end];
		}
		return best;
	};
	const path = new Set<string>();
	for (let id = latest(spans.keys()); id !== null && !path.has(id); id = latest(upstream.get(id) ?? [])) path.add(id);
	return path;
}
