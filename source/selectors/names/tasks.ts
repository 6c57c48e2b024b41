import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import { isTaskNamed, parseTaskName, taskName } from '../../model/airflow/task-name.ts';
import { taskStateLook } from '../../model/airflow/task-state.ts';
import { joined, type Message, phrase } from '../../words/message.ts';
import { type Found, found, none, type Resolution, type Unresolved } from './resolution.ts';

/** The instances that the name of a task means in a run: `collect`, `divide` (all instances) or `divide[7]`. */
export function tasksNamed(word: string, ofRun: readonly TaskInstance[]): Resolution<TaskInstance> {
	const named = ofRun.filter(task => isTaskNamed(task, word));
	if (named.length > 0) return found(...named);
	const { taskId, mapIndex } = parseTaskName(word);
	const instances = ofRun.filter(task => task.taskId === taskId);
	if (mapIndex === null || instances.length === 0)
		return none('task', word, [...new Set(ofRun.map(task => task.taskId))]);
	const highest = Math.max(...instances.map(task => task.mapIndex));
	return {
		kind: 'none',
		noun: 'task',
		word,
		suggestions: [],
		hint:
			highest < 0
				? phrase(['{taskId} is not mapped', '{taskId}은(는) 매핑된 작업이 아닙니다'], { taskId })
				: phrase(['{taskId} has the indexes 0 to {highest}', '{taskId}의 인덱스는 0부터 {highest}까지입니다'], {
						taskId,
						highest,
					}),
	};
}

/** One task instance. For a mapped task without an index: the failed instance, if there is only one. */
export function oneTaskNamed(word: string, ofRun: readonly TaskInstance[]): Found<TaskInstance> | Unresolved {
	const resolution = tasksNamed(word, ofRun);
	if (resolution.kind !== 'found' || resolution.items.length === 1) return resolution;
	const instances = mostRelevantFirst(resolution.items);
	const failed = instances.filter(hasFailed);
	const [only] = failed;
	if (only && failed.length === 1) return found(only);
	const candidates = instances.map(taskName);
	return {
		kind: 'ambiguous',
		noun: 'task',
		word,
		candidates,
		reason: phrase(['{word} has {states}', '{word}: {states}'], { word, states: countedStates(instances) }),
	};
}

/** Failed instances first, then running, then waiting ones, then the rest; each by index. */
export function mostRelevantFirst(instances: readonly TaskInstance[]): TaskInstance[] {
	return instances.toSorted((a, b) => rank(a) - rank(b) || a.mapIndex - b.mapIndex);
}

/** `60 instances: 3 failed, 1 running, 56 success`. */
export function countedStates(instances: readonly TaskInstance[]): Message {
	const counts = Map.groupBy(mostRelevantFirst(instances), ({ state }) => state);
	const states = [...counts].map(([state, { length: n }]) =>
		phrase(['{n} {state}', '{state} {n}'], { n, state: phrase(taskStateLook(state).word) }),
	);
	const n = instances.length;
	return phrase(['{n} {n|instance|instances}: {states}', '인스턴스 {n}개: {states}'], {
		n,
		states: joined(states, ', '),
	});
}

const order = [
	'failed',
	'up_for_retry',
	'awaiting_input',
	'running',
	'restarting',
	'upstream_failed',
	'queued',
	'scheduled',
	'deferred',
	'up_for_reschedule',
];

function rank({ state }: TaskInstance): number {
	const index = order.indexOf(state ?? '');
	return index === -1 ? order.length : index;
}

function hasFailed({ state }: TaskInstance): boolean {
	return state === 'failed' || state === 'up_for_retry';
}
