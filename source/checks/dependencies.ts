import { fetchUnmetDependencies, tasksWithDependencies } from '../feeds/airflow/unmet-dependencies.ts';
import type { Check } from './check.ts';

/** Why Airflow 3 does not queue the tasks that wait, in its own words. Asked only while one waits. */
export const dependenciesCheck: Check = {
	name: 'dependencies',
	subjects: ({ facts, airflow }) => (airflow() === null ? [] : [...tasksWithDependencies(facts()).keys()]),
	everyMs: Number.POSITIVE_INFINITY,
	leastMs: 8000,
	isUrgent: () => true,
	async look({ airflow, facts }, subject, signal) {
		const client = airflow();
		const waiters = tasksWithDependencies(facts()).get(subject);
		return client && waiters ? fetchUnmetDependencies(client, waiters, signal) : null;
	},
};
