import { type ConfNumbers, confNumbers } from '../../model/airflow/conf-numbers.ts';
import { taskElapsedMs } from '../../model/airflow/durations.ts';
import { type DagTask, isFinishedTask, type TaskInstance } from '../../model/airflow/pipeline.ts';
import {
	byTask,
	type EarlierRun,
	endedTasks,
	type RunStep,
	stepsOf,
	type TaskHistory,
	upstreamOf,
} from '../../model/airflow/task-history.ts';
import { quantile } from '../../model/quantile.ts';
import { memoised } from '../memo.ts';
import { expectation, factorOf, type Outcome } from './expected-duration.ts';

/** What is expected of a task, from earlier runs, ms. */
export type Expected = {
	readonly waitMs: number;
	/** Of a run in which it runs. */
	readonly tookMs: number;
	/** How far off both together usually are. */
	readonly errorMs: number;
	/** Whether it is skipped in most runs. */
	readonly isUsuallySkipped: boolean;
};

/** A run under way. Times in ms since the epoch. */
export type RunUnderWay = {
	/** JSON text; null if empty. */
	readonly conf: string | null;
	readonly tasks: readonly TaskInstance[];
	readonly definitions: readonly DagTask[];
	/** Its start, or the last clear of its tasks. */
	readonly from: number;
	readonly now: number;
};

/** Times in ms. */
export type TimeLeft = {
	/** Negative: later than expected by this much. */
	readonly ms: number;
	/** How far off the expectations of the tasks on that path were on average, added up. */
	readonly spreadMs: number;
};

/** States in which the time since the start counts, as sensors usually wait. */
const startedStates: ReadonlySet<string> = new Set(['running', 'up_for_reschedule', 'deferred']);

/** Tasks whose durations are compared with the conf, the longest first: a DAG may have thousands. */
const mostCompared = 16;

/** What to expect of each task in a run with this conf. */
export const expectations = memoised(
	(earlier: readonly EarlierRun[], defaults: ConfNumbers, confText: string | null): ReadonlyMap<string, Expected> => {
		const conf = confNumbers(confText, defaults);
		const steps = earlier.flatMap(run => run.steps.map(step => ({ ...step, conf: run.conf })));
		const tasks = [...Map.groupBy(steps, ({ taskId }) => taskId)].map(([taskId, of]) => {
			const ran = of.flatMap(({ tookMs: ms, conf: with_ }) => (ms === null ? [] : [{ ms, conf: with_ }]));
			const usualMs = median(ran.map(({ ms }) => ms));
			return { taskId, of, ran, usualMs };
		});
		const long = new Set(tasks.toSorted((a, b) => b.usualMs - a.usualMs).slice(0, mostCompared));
		return new Map(
			tasks.map(task => {
				const waits = task.of.map(({ waitMs: ms }) => ({ ms, conf: none }));
				const wait = expectation(waits, none);
				const took = long.has(task) ? expectation(task.ran, conf) : null;
				const expected: Expected = {
					waitMs: wait?.ms ?? 0,
					tookMs: took?.ms ?? task.usualMs,
					errorMs: (wait?.errorMs ?? 0) + (took?.errorMs ?? 0),
					isUsuallySkipped: task.ran.length * 2 < task.of.length,
				};
				return [task.taskId, expected];
			}),
		);
	},
	// Several runs may be under way.
	8,
);

/**
 * Time until the run ends, ms: the longest path through the tasks that are left, by what each task waited and took in
 * earlier runs. Two facts correct that: the conf, as far as durations have followed its numbers, and how long the tasks of
 * this run have waited and taken so far.
 * Negative if each task that is left already takes longer than that. null if nothing is known of one of them.
 */
export function leftOfTasks(run: RunUnderWay, history: TaskHistory): TimeLeft | null {
	const { definitions, tasks, from, now } = run;
	const { earlier, defaults = none } = history;
	if (!earlier || definitions.length === 0 || tasks.length === 0) return null;
	const expected = expectations(earlier, defaults, run.conf);
	const closingMs = median(earlier.map(one => one.closingMs));
	const instances = byTask(tasks);
	const left = definitions.flatMap(({ taskId }) => {
		const some = instances.get(taskId) ?? [];
		return some.length > 0 && some.every(isFinishedTask) ? [] : [{ taskId, some }];
	});
	if (left.some(({ taskId }) => !expected.has(taskId))) return null;
	const ended = endedTasks(tasks);
	if (left.length === 0) {
		const last = Math.max(from, ...ended.map(({ until }) => until));
		return { ms: closingMs - (now - last), spreadMs: 0 };
	}
	const steps = stepsOf(ended, definitions, from);
	const begun = new Map(
		left.flatMap(({ taskId, some }) => {
			const starts = some.flatMap(one => (hasBegun(one, some.length > 1) ? (one.startedAt ?? []) : []));
			return starts.length === 0 ? [] : [[taskId, now - Math.min(...starts)] as const];
		}),
	);
	const factor = durationFactor(steps, begun, expected);
	const waitFactor = factorOf(steps.flatMap(({ taskId, waitMs: ms }) => outcome(expected.get(taskId)?.waitMs, ms)));
	const upstream = upstreamOf(definitions);
	const ends = new Map(ended.map(({ taskId, until }) => [taskId, until]));
	const ownMs = new Map(
		left.map(({ taskId, some }): [string, number] => {
			const { waitMs, tookMs, isUsuallySkipped } = expected.get(taskId) ?? nothing;
			const elapsedMs = begun.get(taskId);
			if (elapsedMs !== undefined) return [taskId, tookMs * factor - Math.max(0, elapsedMs)];
			if (isUsuallySkipped && some.every(({ state }) => state === null)) return [taskId, 0];
			const awaited = (upstream.get(taskId) ?? []).map(id => ends.get(id));
			const waited = awaited.includes(undefined) ? 0 : now - Math.max(from, ...awaited.map(end => end ?? from));
			return [taskId, Math.max(0, waitMs * waitFactor - waited) + tookMs * factor];
		}),
	);
	const { ms, spreadMs } = longestPath(definitions, taskId => ({
		ms: ownMs.get(taskId) ?? 0,
		spreadMs: ownMs.has(taskId) ? (expected.get(taskId)?.errorMs ?? 0) : 0,
	}));
	const least = Math.max(...ownMs.values());
	// All of them are late: by how much.
	return { ms: (least < 0 ? least : ms) + closingMs, spreadMs };
}

/** Whether its start counts. An instance of a mapped task that has ended began what the others go on with. */
function hasBegun(task: TaskInstance, isOneOfSeveral: boolean): boolean {
	if (task.state === null || task.startedAt === null) return false;
	return startedStates.has(task.state) || (isOneOfSeveral && taskElapsedMs(task, 0) !== null);
}

const none: ConfNumbers = {};
const nothing: Expected = { waitMs: 0, tookMs: 0, errorMs: 0, isUsuallySkipped: false };

/** How much longer than expected the tasks of this run take: those that have ended, and those that are late already. */
function durationFactor(
	steps: readonly RunStep[],
	begun: ReadonlyMap<string, number>,
	expected: ReadonlyMap<string, Expected>,
): number {
	const ended = steps.flatMap(({ taskId, tookMs }) => outcome(expected.get(taskId)?.tookMs, tookMs));
	const late = [...begun].flatMap(([taskId, ms]) =>
		outcome(expected.get(taskId)?.tookMs, ms).filter(one => one.ms > one.expectedMs),
	);
	return factorOf([...ended, ...late]);
}

function outcome(expected: number | undefined, ms: number | null): Outcome[] {
	return expected === undefined || ms === null ? [] : [{ expectedMs: expected, ms }];
}

/** @param own of each task: time that is left of it; below zero counts as none */
function longestPath(definitions: readonly DagTask[], own: (taskId: string) => TimeLeft): TimeLeft {
	const next = new Map(definitions.map(({ taskId, downstreamTaskIds }) => [taskId, downstreamTaskIds]));
	const known = new Map<string, TimeLeft>();
	/** From the start of a task to the end of the last task after it. */
	const from = (taskId: string): TimeLeft => {
		const found = known.get(taskId);
		if (found !== undefined) return found;
		// Ends a cycle, in case the server reports one.
		known.set(taskId, noTime);
		const after = longest((next.get(taskId) ?? []).map(from));
		const { ms, spreadMs } = own(taskId);
		const path = { ms: Math.max(0, ms) + after.ms, spreadMs: spreadMs + after.spreadMs };
		known.set(taskId, path);
		return path;
	};
	return longest(definitions.map(({ taskId }) => from(taskId)));
}

const noTime: TimeLeft = { ms: 0, spreadMs: 0 };
const longest = (times: readonly TimeLeft[]): TimeLeft =>
	times.reduce((best, time) => (time.ms > best.ms ? time : best), noTime);

function median(values: readonly number[]): number {
	return quantile(values, 0.5) ?? 0;
}
