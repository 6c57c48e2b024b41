import type { Container } from '../containers/container.ts';
import { answers, type World } from '../world.ts';
import type { TaskInstance } from './airflow-state.ts';

/** The replicas of the demo's Celery worker. */

/** As `AIRFLOW__CELERY__WORKER_CONCURRENCY` sets it. */
export const CONCURRENCY = 4;

export function isWorker({ stack }: World, { definition }: Pick<Container, 'definition'>): boolean {
	const { service, project, isOneOff } = definition;
	return service === 'airflow-worker' && project.name === stack.project.name && isOneOff !== true;
}

/** At least one, by number. */
export function workersOf(world: World): readonly [Container, ...Container[]] {
	const [first, ...others] = [...world.containers.values()].filter(container => isWorker(world, container));
	if (first === undefined) throw new RangeError('the demo has no worker');
	return [first, ...others];
}

/** Docker's default host name, by which Airflow knows where a task runs. */
export function hostOf({ id }: Pick<Container, 'id'>): string {
	return id.slice(0, 12);
}

export function tasksOn(world: World, worker: Container): TaskInstance[] {
	return [...world.airflow.working.values()].filter(({ hostname }) => hostname === hostOf(worker));
}

export function respondingWorkers(world: World): Container[] {
	return workersOf(world).filter(({ definition }) => answers(world, definition.name));
}

/** The worker with the fewest tasks that has a free slot; undefined where none responds or all are busy. */
export function freeWorker(world: World): Container | undefined {
	const [best] = respondingWorkers(world)
		.map(worker => ({ worker, busy: tasksOn(world, worker).length }))
		.filter(({ busy }) => busy < CONCURRENCY)
		.toSorted((a, b) => a.busy - b.busy);
	return best?.worker;
}
