import type { DagDefinition } from './airflow-state.ts';

/** Number of tasks that depend on this one, including itself: Airflow's weight rule `downstream`. */
export function priorityWeight(definition: DagDefinition, taskId: string): number {
	const seen = new Set<string>();
	const visit = (id: string): void => {
		if (seen.has(id)) return;
		seen.add(id);
		for (const next of definition.tasks.find(task => task.taskId === id)?.downstream ?? []) visit(next);
	};
	visit(taskId);
	return seen.size;
}
