import { taskElapsedMs } from '../../model/airflow/durations.ts';
import { isFinishedTask } from '../../model/airflow/pipeline.ts';
import { type StateLook, taskStateLook } from '../../model/airflow/task-state.ts';
import type { Stage } from './shown-pipeline.ts';

/** Whether the stage is a mapped task with several instances. */
export function isMapped({ instances }: Pick<Stage, 'instances'>): boolean {
	return instances.length > 1;
}

/**
 * Duration of a stage so far, or in all, ms; null before it has started. Of a mapped task from the first start to the
 * last end of its instances, up to now while one of them is running.
 */
export function stageElapsedMs({ shown, instances }: Pick<Stage, 'shown' | 'instances'>, now: number): number | null {
	if (!shown) return null;
	if (!isMapped({ instances })) return taskElapsedMs(shown, now);
	const started = instances.filter(task => taskElapsedMs(task, now) !== null);
	const starts = started.flatMap(({ startedAt }) => startedAt ?? []);
	if (starts.length === 0) return null;
	const ends = started.map(({ endedAt }) => endedAt ?? now);
	return Math.max(0, Math.max(...ends) - Math.min(...starts));
}

/** How many instances are in a state. */
export type StateCount = { readonly look: StateLook; readonly count: number };

/** States by what an operator looks for: what failed, what works, what waits, what is over. */
const order = ['failed', 'upstream_failed', 'up_for_retry', 'restarting', 'awaiting_input', 'running', 'success'];

/** The instances of a stage by state, failures first; states that look the same are one. */
export function stateCounts({ instances }: Pick<Stage, 'instances'>, hasRunEnded: boolean): readonly StateCount[] {
	return countsOf(
		instances.map(({ state }) => ({ state, count: 1 })),
		hasRunEnded,
	);
}

/** The same for states that have been counted. */
export function countsOf(
	states: readonly { readonly state: string | null; readonly count: number }[],
	hasRunEnded: boolean,
): readonly StateCount[] {
	const rank = (state: string | null) => {
		const index = order.indexOf(state ?? '');
		return index === -1 ? order.length : index;
	};
	const counts = new Map<string, { look: StateLook; count: number; rank: number }>();
	for (const { state, count } of states) {
		const look = taskStateLook(state, hasRunEnded);
		const [word] = look.word;
		const found = counts.get(word);
		if (found) found.count += count;
		else counts.set(word, { look, count, rank: rank(state) });
	}
	return [...counts.values()].toSorted((a, b) => a.rank - b.rank).map(({ look, count }) => ({ look, count }));
}

/** Instances of a mapped task that have ended, and all of them. */
export function stageProgress({ instances }: Pick<Stage, 'instances'>): {
	readonly ended: number;
	readonly of: number;
} {
	return { ended: instances.filter(isFinishedTask).length, of: instances.length };
}
