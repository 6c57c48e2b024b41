import { clearedRuns, slowRuns } from '../diagnosis/slow-runs.ts';
import { fetchTaskHistory } from '../feeds/task-history.ts';
import type { Check } from './check.ts';

/**
 * Durations of the tasks of a DAG in its last successful DAG runs. Fetched only while a DAG run is slow, to find the task
 * that causes it, and while a cleared DAG run is running, to forecast its end.
 */
export const taskHistoryCheck: Check = {
	name: 'task history',
	subjects: ({ facts, airflow }) =>
		facts().isAirflowLive && airflow() !== null
			? [...new Set([...slowRuns(facts()), ...clearedRuns(facts())].map(({ run }) => run.dagId))]
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
