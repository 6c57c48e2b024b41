import { type Message, phrase } from '../../words/message.ts';
import type { TaskInstance } from './pipeline.ts';

/** The name of a task instance: `collect`, or `divide[7]` for an instance of a mapped task. Ids contain no brackets. */
export function taskName({ taskId, mapIndex }: Pick<TaskInstance, 'taskId' | 'mapIndex'>): string {
	return mapIndex < 0 ? taskId : `${taskId}[${mapIndex}]`;
}

/** The parts of a name; `mapIndex` null: no index, which means all instances of a mapped task. */
export function parseTaskName(name: string): { readonly taskId: string; readonly mapIndex: number | null } {
	const [, taskId = name, index] = /^([^[\]]*)\[(\d{1,9})\]$/.exec(name) ?? [];
	return { taskId, mapIndex: index === undefined ? null : Number(index) };
}

/** Whether a name means this instance: its own name, or that of its task. */
export function isTaskNamed(task: Pick<TaskInstance, 'taskId' | 'mapIndex'>, name: string): boolean {
	return task.taskId === name || taskName(task) === name;
}

/**
 * The fewest names for some of a run's instances: a mapped task with all its instances is named once.
 * @param all the run's instances
 */
export function namesOfTasks(
	some: readonly Pick<TaskInstance, 'taskId' | 'mapIndex'>[],
	all: readonly Pick<TaskInstance, 'taskId' | 'mapIndex'>[],
): (string | Message)[] {
	return [...Map.groupBy(some, ({ taskId }) => taskId)].flatMap(([taskId, instances]): (string | Message)[] => {
		const whole = all.filter(task => task.taskId === taskId).length;
		const isWhole = instances.length === whole && whole > 1;
		if (isWhole) return [phrase(['{task} (all {n})', '{task}({n}개 모두)'], { task: taskId, n: whole })];
		return instances.toSorted((a, b) => a.mapIndex - b.mapIndex).map(taskName);
	});
}
