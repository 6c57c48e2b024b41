import { isSlower, taskElapsedMs } from '../../model/airflow/durations.ts';
import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import { quantile } from '../../model/quantile.ts';

/** How long a task usually takes, ms; of a mapped task each of its instances. */
export type UsualDuration = {
	readonly medianMs: number;
	readonly p90Ms: number;
	/** Instances that it is made from. */
	readonly instances: number;
};

/** Fewest successful instances of which the median is usual, as in the trend. */
const leastInstances = 3;

/** null: too few of them succeeded. */
export function usualDuration(earlier: readonly TaskInstance[]): UsualDuration | null {
	const durations = earlier.flatMap(task => (task.state === 'success' ? (taskElapsedMs(task, 0) ?? []) : []));
	const [medianMs, p90Ms] = [quantile(durations, 0.5), quantile(durations, 0.9)];
	if (durations.length < leastInstances || medianMs === null || p90Ms === null) return null;
	return { medianMs, p90Ms, instances: durations.length };
}

/** By how much it takes longer than usual, ms; null: it does not. */
export function slowerMs(elapsedMs: number | null, usual: UsualDuration | null): number | null {
	if (elapsedMs === null || usual === null || !isSlower(elapsedMs, usual.medianMs)) return null;
	return elapsedMs - usual.medianMs;
}
