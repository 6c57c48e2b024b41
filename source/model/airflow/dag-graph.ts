import { byName } from '../text/by-name.ts';
import type { DagTask, TaskInstance } from './pipeline.ts';

/** The order in which tasks are shown, and whether they are one chain, each having one successor. */
export type TaskOrder = { readonly taskIds: readonly string[]; readonly isChain: boolean };

/**
 * Topological order of a DAG's tasks (Kahn's algorithm); ties are broken by name, so that the order is stable. Tasks in
 * a cycle, which Airflow rejects, come last.
 */
export function taskOrder(tasks: readonly DagTask[]): TaskOrder {
	const downstream = new Map(tasks.map(task => [task.taskId, task.downstreamTaskIds.filter(id => id !== task.taskId)]));
	const waitsFor = new Map(tasks.map(task => [task.taskId, 0]));
	for (const ids of downstream.values()) {
		for (const id of ids) waitsFor.set(id, (waitsFor.get(id) ?? 0) + 1);
	}
	/** The next one last. Sorting them again for each task took seconds with 10,000. */
	const ready = tasks
		.map(task => task.taskId)
		.filter(id => waitsFor.get(id) === 0)
		.sort()
		.reverse();
	const taskIds: string[] = [];
	for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
		taskIds.push(next);
		for (const id of downstream.get(next) ?? []) {
			const left = (waitsFor.get(id) ?? 1) - 1;
			waitsFor.set(id, left);
			if (left === 0 && downstream.has(id)) ready.splice(placeOf(id, ready), 0, id);
		}
	}
	const ordered = new Set(taskIds);
	const inCircle = tasks.map(task => task.taskId).filter(id => !ordered.has(id));
	const isChain =
		inCircle.length === 0 &&
		taskIds.every((id, index) => {
			const followers = downstream.get(id) ?? [];
			const next = taskIds[index + 1];
			return next === undefined ? followers.length === 0 : followers.length === 1 && followers[0] === next;
		});
	return { taskIds: [...taskIds, ...inCircle.sort()], isChain };
}

/** Where an id belongs among ids from last to first. */
function placeOf(id: string, ids: readonly string[]): number {
	let [low, high] = [0, ids.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((ids[middle] ?? '') > id) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The order if the DAG's structure is unknown (its file is gone, or not parsed yet): by start time. */
export function orderFromInstances(instances: readonly TaskInstance[]): TaskOrder {
	const began = (task: TaskInstance) => task.startedAt ?? task.queuedAt ?? Number.MAX_SAFE_INTEGER;
	const sorted = instances.toSorted((a, b) => began(a) - began(b) || byName(a.taskId, b.taskId));
	return { taskIds: [...new Set(sorted.map(task => task.taskId))], isChain: false };
}
