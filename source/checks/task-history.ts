import { clearedRuns, comparableRuns } from '../diagnosis/slow-runs.ts';
import { fetchTaskHistory } from '../feeds/task-history.ts';
import type { Check } from './check.ts';

/**
 * Durations of the tasks of a DAG in its last successful DAG runs. Fetched only while a DAG run is running: for the progress
 * of its tasks, to find the task that makes it slow, and to forecast its end after a clear.
 */
export const taskHistoryCheck: Check = {
	name: 'task history',
	subjects: ({ facts, airflow }) =>
		facts().isAirflowLive && airflow() !== null
			? [...new Set([...comparableRuns(facts()), ...clearedRuns(facts())].map(({ run }) => run.dagId))]
			: [],
	// Well below the age at which a check expires.
	everyMs: 4 * 60_000,
	leastMs: 60_000,
	async look({ airflow, facts }, dagId, signal) {
		const client = airflow();
		if (!client) return null;
		const history = await fetchTaskHistory(client, dagId, facts().state.dagRuns[dagId] ?? [], signal);
		return { check: 'task history', history };
	},
};
