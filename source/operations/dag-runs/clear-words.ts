import type { ClearedTask } from '../../clients/airflow/airflow.ts';
import { type DagRun, isActiveRun, type TaskInstance } from '../../model/airflow/pipeline.ts';
import { namesOfTasks } from '../../model/airflow/task-name.ts';
import { taskStateText } from '../../model/state-texts.ts';
import { type Message, phrase } from '../../words/message.ts';
import { listed } from '../airflow.ts';
import type { Refusal } from '../plan/plan.ts';
import type { ClearPreview, ClearRequest } from './clear-preview.ts';
import { interruptions } from './interrupted.ts';

/** `clear bronze_to_silver of RUN`, for the question and the audit file. */
export function clearTitle({ dagRunId, taskIds, withDownstream, onlyFailed }: ClearRequest): Message {
	const named = { run: dagRunId, tasks: listed(taskIds ?? [], 3) };
	if (taskIds === null) {
		return onlyFailed
			? phrase(['clear the failed tasks of {run}', '{run}의 실패한 작업 재실행(clear)'], { run: dagRunId })
			: phrase(['clear all tasks of {run}', '{run}의 모든 작업 재실행(clear)'], { run: dagRunId });
	}
	return withDownstream
		? phrase(['clear {tasks} and downstream tasks of {run}', '{run}의 {tasks} 및 다운스트림 작업 재실행(clear)'], named)
		: phrase(['clear {tasks} of {run}', '{run}의 {tasks} 재실행(clear)'], named);
}

/** Task ids without repetition: a mapped task has several instances. */
export function idsOf(tasks: readonly ClearedTask[]): string[] {
	return [...new Set(tasks.map(task => task.taskId))];
}

/** Why the dry run is empty. Without failed tasks, `onlyFailed` is already fulfilled. */
export function nothingToClear({ dagRunId, taskIds, onlyFailed }: ClearRequest, run: DagRun): Refusal {
	const named = { run: dagRunId, state: taskStateText(run.state), tasks: listed(taskIds ?? []) };
	return { refused: nothingWords(), kind: onlyFailed ? 'already' : 'nothing' };

	function nothingWords(): Message {
		if (taskIds === null) {
			return onlyFailed
				? phrase(
						['Nothing to clear: {run} ({state}) has no failed tasks', '{run}({state})에 실패한 작업이 없습니다'],
						named,
					)
				: phrase(['Nothing to clear: {run} ({state}) has no tasks', '{run}({state})에 작업이 없습니다'], named);
		}
		return onlyFailed
			? phrase(['Nothing to clear: {tasks} of {run} did not fail', '{run}의 {tasks}은(는) 실패하지 않았습니다'], named)
			: phrase(['Nothing to clear: {run} has no task {tasks}', '{run}에 {tasks} 작업이 없습니다'], named);
	}
}

/**
 * The effects of a clear, one text each.
 *
 * @param isConcerned whether the task instance has one of the names that are cleared
 */
export function clearQuestion(
	{ dagRunId, onlyFailed }: ClearRequest,
	{ run, before, isPaused }: ClearPreview,
	cleared: readonly ClearedTask[],
	isConcerned: (task: TaskInstance) => boolean,
): Message[] {
	const ids = idsOf(cleared);
	const touched = before.filter(task => isConcerned(task) && (!onlyFailed || hasFailed(task)));
	return [
		phrase(['Runs {tasks} of {run} again: {names}.', '{run}의 {tasks}을(를) 다시 실행합니다: {names}.'], {
			tasks: countedTasks(cleared, ids),
			run: dagRunId,
			names: listed(instanceNames(cleared, ids, before, onlyFailed), 20),
		}),
		isActiveRun(run)
			? phrase(['The DAG run is {state} and continues.', 'DAG 실행은 {state} 상태이며 계속됩니다.'], {
					state: taskStateText(run.state),
				})
			: phrase(['The DAG run ({state}) is queued again.', 'DAG 실행({state})이 다시 대기열에 들어갑니다.'], {
					state: taskStateText(run.state),
				}),
		...interruptions(touched, before),
		...(isPaused
			? [
					phrase([
						'The DAG is paused: its tasks do not run until it is unpaused.',
						'DAG가 일시 중지되어 있습니다. 해제하기 전까지 작업이 실행되지 않습니다.',
					]),
				]
			: []),
	];
}

/** `3 tasks`, or `5 task instances of 3 tasks` where some of them are mapped: the count and the list agree. */
export function countedTasks(instances: readonly ClearedTask[], ids: readonly string[]): Message {
	if (instances.length === ids.length && instances.every(({ mapIndex }) => (mapIndex ?? -1) < 0))
		return phrase(['{n} {n|task|tasks}', '작업 {n}개'], { n: ids.length });
	return phrase(['{n} task {n|instance|instances} of {ids} {ids|task|tasks}', '작업 {ids}개의 인스턴스 {n}개'], {
		n: instances.length,
		ids: ids.length,
	});
}

/**
 * Names of the instances that are cleared. For a whole task Airflow 2 reports only their number: their states tell which
 * they are, if that number agrees.
 */
function instanceNames(
	cleared: readonly ClearedTask[],
	ids: readonly string[],
	before: readonly TaskInstance[],
	onlyFailed: boolean,
): (string | Message)[] {
	return ids.flatMap(id => {
		const some = cleared.filter(task => task.taskId === id);
		const named = some.flatMap(({ taskId, mapIndex }) => (mapIndex === null ? [] : [{ taskId, mapIndex }]));
		if (named.length === some.length) return namesOfTasks(named, before);
		const fitting = before.filter(task => task.taskId === id && (!onlyFailed || hasFailed(task)));
		if (fitting.length === some.length) return namesOfTasks(fitting, before);
		return [some.length === 1 ? id : `${id} (${some.length})`];
	});
}

/** What `only_failed` means: airflow/models/dag.py (2.8.0), `_get_task_instances`. */
function hasFailed({ state }: TaskInstance): boolean {
	return state === 'failed' || state === 'upstream_failed';
}
