import { taskElapsedMs } from './durations.ts';
import { isFinishedTask, type TaskInstance } from './pipeline.ts';

/** The usual duration of a task, from earlier successful runs. Times in ms. */
export type UsualTask = { readonly taskId: string; readonly usualMs: number };

/** What earlier runs of a DAG say about its next run. */
export type TaskHistory = {
	/** Number of earlier runs. */
	readonly runs: number;
	readonly tasks: UsualTask[];
	/** Time in which no task ran although the run was active: queues, scheduler loops, retry delays. */
	readonly usualIdleMs: number;
};

export type Span = { readonly from: number; readonly until: number };

/**
 * When a task ran: of a mapped task from the start of the first instance to the end of the last; null before it has
 * started.
 */
export function taskSpan(instances: readonly TaskInstance[], now: number): Span | null {
	const ran = instances.filter(task => task.startedAt !== null && taskElapsedMs(task, now) !== null);
	if (ran.length === 0) return null;
	const from = Math.min(...ran.map(task => task.startedAt ?? now));
	return { from, until: Math.max(from, ...ran.map(task => task.endedAt ?? now)) };
}

/** Task instances by task id. */
export function byTask(tasks: readonly TaskInstance[]): ReadonlyMap<string, readonly TaskInstance[]> {
	return Map.groupBy(tasks, ({ taskId }) => taskId);
}

/** Time within a period in which none of the tasks ran, ms. */
export function idleMs(tasks: readonly TaskInstance[], { from, until }: Span, now: number): number {
	const spans = tasks.flatMap(task => taskSpan([task], now) ?? []).toSorted((a, b) => a.from - b.from);
	let idle = 0;
	let busyUntil = from;
	for (const span of spans) {
		idle += Math.max(0, Math.min(span.from, until) - busyUntil);
		busyUntil = Math.max(busyUntil, span.until);
	}
	return idle + Math.max(0, until - busyUntil);
}

/** Medians over earlier runs, each given by its period and its task instances; null without runs. */
export function taskHistory(
	runs: readonly { readonly span: Span; readonly tasks: readonly TaskInstance[] }[],
): TaskHistory {
	const durations = new Map<string, number[]>();
	for (const { span, tasks } of runs) {
		for (const [taskId, instances] of byTask(tasks)) {
			const ran = instances.every(isFinishedTask) ? taskSpan(instances, span.until) : null;
			if (ran) durations.set(taskId, [...(durations.get(taskId) ?? []), ran.until - ran.from]);
		}
	}
	return {
		runs: runs.length,
		tasks: [...durations].map(([taskId, values]) => ({ taskId, usualMs: median(values) })),
		usualIdleMs: median(runs.map(({ span, tasks }) => idleMs(tasks, span, span.until))),
	};
}

/** The median; 0 without values. */
function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? 0;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
