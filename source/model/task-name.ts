import type { TaskInstance } from './pipeline.ts';

/** How one task instance is called: `collect`, or `divide[7]` for an instance of a mapped task. Ids hold no brackets. */
export function taskName({ taskId, mapIndex }: Pick<TaskInstance, 'taskId' | 'mapIndex'>): string {
	return mapIndex < 0 ? taskId : `${taskId}[${mapIndex}]`;
}

/** The parts of a name; `mapIndex` null: no index was given, so all instances of a mapped task are meant. */
export function parseTaskName(name: string): { readonly taskId: string; readonly mapIndex: number | null } {
	const [, taskId = name, index] = /^([^[\]]*)\[(\d{1,9})\]$/.exec(name) ?? [];
	return { taskId, mapIndex: index === undefined ? null : Number(index) };
}

/** Whether a name means this instance: by its own name, or by that of its task. */
export function isTaskNamed(task: Pick<TaskInstance, 'taskId' | 'mapIndex'>, name: string): boolean {
	return task.taskId === name || taskName(task) === name;
}

/**
 * Names for some of a run's instances, as few as say it: a mapped task of which all instances are among them comes once.
 * @param all the run's instances
 */
export function namesOfTasks(
	some: readonly Pick<TaskInstance, 'taskId' | 'mapIndex'>[],
	all: readonly Pick<TaskInstance, 'taskId' | 'mapIndex'>[],
): string[] {
	return [...Map.groupBy(some, ({ taskId }) => taskId)].flatMap(([taskId, instances]) => {
		const whole = all.filter(task => task.taskId === taskId).length;
		const isWhole = instances.length === whole && whole > 1;
		if (isWhole) return [`${taskId} (all ${whole})`];
		return instances.toSorted((a, b) => a.mapIndex - b.mapIndex).map(taskName);
	});
}
