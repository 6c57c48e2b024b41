import type { TaskInstance } from '../../model/airflow/pipeline.ts';

/** Times that the task instances of a run are read, at most. */
const roundsRead = 3;

/** The instances of a run as they were read, and how many the run has. */
export type ReadInstances = { readonly tasks: readonly TaskInstance[]; readonly total: number };

/**
 * The task instances of a run, each once. A row that changes between two pages moves in their order, so that one instance
 * is on two pages and another on none: Airflow 2.8 sends rows as the database finds them (no ORDER BY in
 * airflow/api_connexion/endpoints/task_instance_endpoint.py), Airflow 3 by their id, which each try renews
 * (airflow/models/taskinstance.py 3.3.2, `prepare_db_for_next_try`). They are read again until none is missing.
 */
export async function wholeRun(read: () => Promise<ReadInstances>): Promise<TaskInstance[]> {
	const all = new Map<string, TaskInstance>();
	for (let round = 0; round < roundsRead; round++) {
		const { tasks, total } = await read();
		const found = new Map(tasks.map(task => [keyOf(task), task]));
		// A list that was cut has as many as anybody can show.
		if (found.size >= total || tasks.length < total) return [...found.values()];
		// Later rounds know better.
		for (const [key, task] of found) all.set(key, task);
		if (all.size >= total) break;
	}
	const mapped = new Set([...all.values()].flatMap(({ taskId, mapIndex }) => (mapIndex >= 0 ? taskId : [])));
	// The one instance of a mapped task becomes its first when it expands.
	return [...all.values()].filter(({ taskId, mapIndex }) => mapIndex >= 0 || !mapped.has(taskId));
}

const keyOf = ({ taskId, mapIndex }: TaskInstance) => `${taskId}\n${mapIndex}`;
