import { quantile } from '../quantile.ts';
import { taskElapsedMs } from './durations.ts';
import { type DagTask, isFinishedTask, type TaskInstance } from './pipeline.ts';

/** The usual duration of a task, from earlier successful runs. Times in ms. */
export type UsualTask = { readonly taskId: string; readonly usualMs: number };

/** A task in a run, ms. */
export type RunStep = {
	readonly taskId: string;
	/** From the end of the last task that it waits for to its start: queues, scheduler loops, retries. */
	readonly waitMs: number;
	/** null: it ended without running, for example skipped. */
	readonly tookMs: number | null;
};

/** What an earlier run took. Times in ms. */
export type EarlierRun = {
	readonly dagRunId: string;
	/** The numbers in its conf, with those of the DAG's params that it does not set; true is 1, false 0. */
	readonly conf: Readonly<Record<string, number>>;
	readonly steps: RunStep[];
	/** From the end of its last task to its own end. */
	readonly closingMs: number;
	/** Time in which no task ran although the run was active: queues, scheduler loops, retry delays. */
	readonly idleMs: number;
};

/** What earlier runs of a DAG say about its next run. */
export type TaskHistory = {
	/** Number of earlier runs. */
	readonly runs: number;
	readonly tasks: UsualTask[];
	/** The median of `idleMs`. */
	readonly usualIdleMs: number;
	/** The runs, newest first. Left out in recordings of earlier versions. */
	readonly earlier?: EarlierRun[] | undefined;
	/** The numbers among the defaults of the DAG's params. */
	readonly defaults?: Readonly<Record<string, number>> | undefined;
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

/** A task all instances of which have ended; one that did not run has the time of that decision. */
export type EndedTask = Span & { readonly taskId: string; readonly hasRun: boolean };

export function endedTasks(tasks: readonly TaskInstance[]): EndedTask[] {
	return [...byTask(tasks)].flatMap(([taskId, instances]): EndedTask[] => {
		if (!instances.every(isFinishedTask)) return [];
		const span = taskSpan(instances, 0);
		if (span) return [{ taskId, ...span, hasRun: true }];
		const ends = instances.flatMap(({ endedAt }) => endedAt ?? []);
		if (ends.length === 0) return [];
		const at = Math.max(...ends);
		return [{ taskId, from: at, until: at, hasRun: false }];
	});
}

/**
 * What each ended task waited and took.
 * @param from start of the run, ms since the epoch
 */
export function stepsOf(ended: readonly EndedTask[], definitions: readonly DagTask[], from: number): RunStep[] {
	const upstream = upstreamOf(definitions);
	const ends = new Map(ended.map(one => [one.taskId, one.until]));
	return ended.map(one => {
		// A trigger rule may let it start before all of them have ended.
		const awaited = (upstream.get(one.taskId) ?? []).flatMap(id => ends.get(id) ?? []).filter(end => end <= one.from);
		return {
			taskId: one.taskId,
			waitMs: Math.max(0, one.from - Math.max(from, ...awaited)),
			tookMs: one.hasRun ? one.until - one.from : null,
		};
	});
}

/** The tasks that each task waits for. */
export function upstreamOf(definitions: readonly DagTask[]): ReadonlyMap<string, readonly string[]> {
	const upstream = new Map<string, string[]>();
	for (const { taskId, downstreamTaskIds } of definitions) {
		for (const id of downstreamTaskIds) {
			const some = upstream.get(id);
			if (some) some.push(taskId);
			else upstream.set(id, [taskId]);
		}
	}
	return upstream;
}

/** An ended run as it counts for later ones. */
export function earlierRun(
	{ dagRunId, conf, span }: Pick<EarlierRun, 'dagRunId' | 'conf'> & { readonly span: Span },
	tasks: readonly TaskInstance[],
	definitions: readonly DagTask[],
): EarlierRun {
	const ended = endedTasks(tasks);
	const last = Math.max(span.from, ...ended.map(({ until }) => until));
	return {
		dagRunId,
		conf,
		steps: stepsOf(ended, definitions, span.from),
		closingMs: Math.max(0, span.until - last),
		idleMs: idleMs(tasks, span, span.until),
	};
}

/** Medians over earlier runs, newest first. */
export function taskHistory(
	earlier: readonly EarlierRun[],
	defaults: Readonly<Record<string, number>> = {},
): TaskHistory {
	const durations = new Map<string, number[]>();
	for (const { taskId, tookMs } of earlier.flatMap(({ steps }) => steps)) {
		if (tookMs !== null) durations.set(taskId, [...(durations.get(taskId) ?? []), tookMs]);
	}
	return {
		runs: earlier.length,
		tasks: [...durations].map(([taskId, values]) => ({ taskId, usualMs: quantile(values, 0.5) ?? 0 })),
		usualIdleMs:
			quantile(
				earlier.map(run => run.idleMs),
				0.5,
			) ?? 0,
		earlier: [...earlier],
		defaults,
	};
}
