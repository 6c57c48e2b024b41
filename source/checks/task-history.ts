import { clearedRuns, comparableRuns } from '../diagnosis/slow-runs.ts';
import { comparedRuns, TaskHistoryReader } from '../feeds/airflow/task-history.ts';
import type { StackState } from '../model/state.ts';
import type { Check } from './check.ts';

/**
 * Durations of the tasks of a DAG in its last successful DAG runs. Fetched only while a DAG run is running: for the progress
 * of its tasks, to find the task that makes it slow, and to forecast its end.
 */
export function taskHistoryCheck(): Check {
	const reader = new TaskHistoryReader();
	const seen = new Map<string, string>();
	/** Another run has ended, or the tasks of the DAG became known. */
	const newsOf = ({ dagRuns, dagTasks }: StackState, dagId: string) =>
		`${comparedRuns(dagRuns[dagId] ?? [])[0]?.run.dagRunId} ${dagTasks[dagId]?.length}`;
	return {
		name: 'task history',
		subjects: ({ facts, airflow }) =>
			facts().isAirflowLive && airflow() !== null
				? [...new Set([...comparableRuns(facts()), ...clearedRuns(facts())].map(({ run }) => run.dagId))]
				: [],
		// Well below the age at which a check expires.
		everyMs: 4 * 60_000,
		leastMs: 10_000,
		// One request more, or none.
		isUrgent: ({ facts }, dagId) => seen.get(dagId) !== newsOf(facts().state, dagId),
		async look({ airflow, facts }, dagId, signal) {
			const client = airflow();
			if (!client) return null;
			const { state } = facts();
			const known = { dagRuns: state.dagRuns[dagId] ?? [], definitions: state.dagTasks[dagId] ?? [] };
			const history = await reader.read(client, dagId, known, signal);
			seen.set(dagId, newsOf(state, dagId));
			return { check: 'task history', history };
		},
	};
}
