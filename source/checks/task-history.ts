import { clearedRuns, slowRuns } from '../diagnosis/slow-runs.ts';
import { taskHistory } from '../model/task-history.ts';
import type { Check } from './check.ts';

/** Earlier runs that are looked at: one request each. */
const runsCompared = 5;

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
		const earlier = (facts().state.dagRuns[dagId] ?? [])
			.flatMap(({ state, dagRunId, startedAt, endedAt }) =>
				state === 'success' && startedAt !== null && endedAt !== null
					? [{ dagRunId, span: { from: startedAt, until: endedAt } }]
					: [],
			)
			.slice(0, runsCompared);
		const runs = [];
		for (const { dagRunId, span } of earlier) {
			runs.push({ span, tasks: await client.taskInstances(dagId, dagRunId, signal) });
		}
		return { check: 'task history', history: taskHistory(runs) };
	},
};
