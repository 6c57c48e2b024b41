import { join } from 'node:path';
import { writtenAt } from '../../clients/airflow/task-log-file.ts';
import type { Dag } from '../../model/airflow/pipeline.ts';
import type { Clock } from '../../model/time/clock.ts';

/** Time between two looks, ms. One look at a folder costs a thousandth of a request to Airflow. */
const everyMs = 2000;
/** Time from a due date until the scheduler has usually made the run, ms: it looks for due DAGs every few seconds. */
const schedulerMs = 2000;

export type RunFoldersDeps = {
	/** The folders of Airflow's logs on this host; empty: they are elsewhere. */
	readonly folders: () => readonly string[];
	readonly dagId: () => string;
	/** Called when a run of the DAG got its first log. */
	readonly onNew: () => void;
};

/**
 * Watches the folder of a DAG's logs, in which each run gets a folder when its first task starts (Airflow's
 * `[logging] log_filename_template` begins with `dag_id={{ dag_id }}/run_id={{ run_id }}`). A folder's time of
 * modification changes with its entries alone. It is looked at rather than subscribed to, since no event arrives from
 * folders that another machine shares.
 */
export async function watchRunFolders(
	{ clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
	{ folders, dagId, onNew }: RunFoldersDeps,
): Promise<void> {
	const seen = new Map<string, number>();
	while (!signal.aborted) {
		const name = `dag_id=${dagId()}`;
		// It comes from a server.
		const paths = /[/\0]/.test(name) ? [] : folders().map(folder => join(folder, name));
		for (const path of paths) {
			const changedAt = await writtenAt(path);
			const before = seen.get(path);
			seen.set(path, changedAt);
			if (before !== undefined && changedAt !== before && !signal.aborted) onNew();
		}
		for (const path of seen.keys()) if (!paths.includes(path)) seen.delete(path);
		await clock.sleep(everyMs, signal);
	}
}

/** Time until the scheduler has probably made the next run of the DAG, ms; Infinity if none is due. */
export function untilNextRun(dag: Dag | undefined, now: number): number {
	const { nextRunAt = null, isPaused = true } = dag ?? {};
	if (nextRunAt === null || isPaused || nextRunAt + schedulerMs <= now) return Number.POSITIVE_INFINITY;
	return nextRunAt + schedulerMs - now;
}
