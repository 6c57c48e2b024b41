/** Which existing DAG runs a backfill runs again; those that have not run yet are always run. */
export const reprocessBehaviors = ['none', 'failed', 'completed'] as const;
export type ReprocessBehavior = (typeof reprocessBehaviors)[number];

/** A backfill of Airflow 3. Times are ms since the epoch. */
export type Backfill = {
	readonly id: number;
	readonly dagId: string;
	/** First and last logical date, inclusive. */
	readonly from: number;
	readonly to: number;
	readonly isPaused: boolean;
	/** none, failed, completed, or a newer word. */
	readonly reprocess: string;
	readonly maxActiveRuns: number;
	readonly createdAt: number;
	/** When all its DAG runs had finished, or it was cancelled; null: it is active. */
	readonly completedAt: number | null;
};

/** A backfill that is to be created. */
export type BackfillRequest = Pick<Backfill, 'dagId' | 'from' | 'to' | 'maxActiveRuns'> & {
	readonly reprocess: ReprocessBehavior;
	/** The newest date first. */
	readonly isBackwards: boolean;
};

/** Numbers of the DAG runs of a backfill. Source: airflow/models/backfill.py (3.3.2), all runs are queued at once. */
export type BackfillProgress = {
	readonly total: number;
	readonly success: number;
	readonly failed: number;
	readonly running: number;
	readonly queued: number;
};

export type BackfillState = 'active' | 'paused' | 'completed';

export function backfillState({ isPaused, completedAt }: Pick<Backfill, 'isPaused' | 'completedAt'>): BackfillState {
	if (completedAt !== null) return 'completed';
	return isPaused ? 'paused' : 'active';
}

/** Progress from the runs; a state that is none of the four counts in the total only. */
export function progressOf(runs: readonly { readonly state: string }[]): BackfillProgress {
	const count = (state: string) => runs.filter(run => run.state === state).length;
	return {
		total: runs.length,
		success: count('success'),
		failed: count('failed'),
		running: count('running'),
		queued: count('queued'),
	};
}
