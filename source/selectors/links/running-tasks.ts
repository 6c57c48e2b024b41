import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import type { Container } from '../../model/engine/container.ts';

/** Airflow names a task's host by its container: Docker's default host name is the beginning of the id. */
const shortIdLength = 12;

/**
 * The running task instances that a stop of this container interrupts.
 * @param others all containers that run tasks: a host that matches none of them (`hostname:` in the Compose file) may
 * be any
 */
export function runningTasksOn(
	container: Pick<Container, 'id'>,
	others: readonly Pick<Container, 'id'>[],
	tasks: readonly TaskInstance[],
): TaskInstance[] {
	const hostOf = ({ id }: Pick<Container, 'id'>) => id.slice(0, shortIdLength);
	const known = new Set(others.map(hostOf));
	return tasks.filter(
		({ state, hostname }) => state === 'running' && (hostname === hostOf(container) || !known.has(hostname)),
	);
}

/** The name of a task instance: `divide[2]`, `load`. */
export function instanceName({ taskId, mapIndex }: Pick<TaskInstance, 'taskId' | 'mapIndex'>): string {
	return mapIndex < 0 ? taskId : `${taskId}[${mapIndex}]`;
}
