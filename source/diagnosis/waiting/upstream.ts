import { isFinishedTask } from '../../model/airflow/pipeline.ts';
import { say } from '../messages/message.ts';
import { type Waiting, type WaitRule, wait } from './wait.ts';

/** Tasks that are named. */
const named = 2;

/** Direct upstream tasks that have not ended, with their counts of ended instances. */
export function unfinishedUpstream({
	task,
	tasks,
	definitions,
}: Waiting): { readonly taskId: string; readonly done: number; readonly all: number }[] {
	return definitions
		.filter(({ downstreamTaskIds }) => downstreamTaskIds.includes(task.taskId))
		.flatMap(({ taskId }) => {
			const instances = tasks.filter(one => one.taskId === taskId);
			const done = instances.filter(isFinishedTask).length;
			return done < instances.length ? [{ taskId, done, all: instances.length }] : [];
		});
}

/** Its trigger rule cannot be met before they have ended. */
export const upstream: WaitRule = waiting => {
	const { task, definition } = waiting;
	if (task.state !== null) return null;
	const before = unfinishedUpstream(waiting);
	if (before.length === 0) return null;
	const names = before
		.slice(0, named)
		.map(({ taskId, done, all }) => (all > 1 ? `${taskId} (${done}/${all})` : taskId))
		.join(', ');
	const more = before.length - named;
	const rule = definition?.triggerRule ?? 'all_success';
	const tasks = more > 0 ? `${names}, +${more}` : names;
	return wait(
		'upstream',
		rule === 'all_success' ? say('waits.upstream', { tasks }) : say('waits.upstream rule', { tasks, rule }),
	);
};
