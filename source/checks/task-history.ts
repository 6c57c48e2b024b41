import { clearedRuns, slowRuns } from '../diagnosis/slow-runs.ts';
import { fetchTaskHistory } from '../feeds/task-history.ts';
import type { Check } from './check.ts';

/**
 * How long the tasks of a DAG took in its last successful runs. Asked for only while a run of it is slow, to find which
 * task is to blame, or that none is, and while a run of it goes on after a clear, to forecast its end.
 */
export const taskHistoryCheck: Check = {
	name: 'task history',
	subjects: ({ facts, airflow }) =>
		facts().isAirflowLive && airflow() !== null
			? [...new Set([...slowRuns(facts()), ...clearedRuns(facts())].map(({ run }) => run.dagId))]
			: [],
	// Well within the age from which a check says nothing any more.
	everyMs: 4 * 60_000,
	leastMs: 60_000,
	async look({ airflow, facts }, dagId, signal) {
		const client = airflow();
		if (!client) return null;
		const history = await fetchTaskHistory(client, dagId, facts().state.dagRuns[dagId] ?? [], signal);
		return { check: 'task history', history };
	},
};
