import type { TaskTry } from '../../clients/airflow/airflow.ts';
import { isFinishedTask, type TaskInstance } from '../../model/airflow/pipeline.ts';
import { taskStateLook } from '../../model/airflow/task-state.ts';
import type { TaskLogRequest } from '../../model/logs/log-watch.ts';
import { type Message, phrase } from '../../words/message.ts';

/** Selects the try whose log is shown next. Pure. */

export function tryName({ taskId, mapIndex, tryNumber }: TaskTry): string {
	return `${taskId}\n${mapIndex}\n${tryNumber}`;
}

/** The try to show next; null: there is none yet. */
export function nextTry(
	tasks: readonly TaskInstance[],
	request: TaskLogRequest,
	options: { readonly follow: boolean },
	shown: ReadonlySet<string>,
	last: TaskTry | null,
): TaskTry | null {
	const wanted = tasks.find(task => task.taskId === request.taskId && task.mapIndex === request.mapIndex);
	const of = (task: TaskInstance, tryNumber: number): TaskTry => ({
		dagId: task.dagId,
		dagRunId: task.dagRunId,
		taskId: task.taskId,
		mapIndex: task.mapIndex,
		tryNumber,
	});
	if (request.follow !== 'run') {
		if (!wanted) return null;
		const first = request.tryNumber ?? Math.max(1, wanted.tryNumber);
		const tryNumber = last === null ? first : last.tryNumber + 1;
		if (last !== null && (request.follow === 'try' || !options.follow)) return null;
		return tryNumber <= wanted.tryNumber ? of(wanted, tryNumber) : null;
	}
	if (last === null && wanted && wanted.tryNumber > 0) return of(wanted, request.tryNumber ?? wanted.tryNumber);
	const lastTask = last && tasks.find(task => task.taskId === last.taskId && task.mapIndex === last.mapIndex);
	// The task shown last has priority: its own next try.
	if (last && lastTask && lastTask.tryNumber > last.tryNumber) return of(lastTask, last.tryNumber + 1);
	const since = lastTask?.startedAt ?? 0;
	const candidates = tasks
		.filter(task => task.tryNumber > 0 && task.startedAt !== null && task.startedAt >= since)
		.filter(task => !shown.has(tryName(of(task, task.tryNumber))))
		.toSorted((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
	// Without a task all of them, from the first; else what runs now. Then whatever started next, so that none of
	// several parallel tasks is left out.
	if (last === null && request.taskId !== '') {
		const now = candidates.findLast(task => task.state === 'running') ?? candidates.at(-1);
		return now ? of(now, now.tryNumber) : null;
	}
	return candidates[0] ? of(candidates[0], 1) : null;
}

/** The tries that may start next, of unfinished tasks. */
export function dueTries(tasks: readonly TaskInstance[], request: TaskLogRequest, last: TaskTry | null): TaskTry[] {
	const isLast = (task: TaskInstance) => last?.taskId === task.taskId && last.mapIndex === task.mapIndex;
	if (request.follow === 'try' && last !== null) return [];
	return tasks
		.filter(task => !isFinishedTask(task) && task.state !== null)
		.filter(task => request.follow === 'run' || (task.taskId === request.taskId && task.mapIndex === request.mapIndex))
		.map(task => {
			const { dagId, dagRunId, taskId, mapIndex } = task;
			const next = (isLast(task) && last ? Math.max(last.tryNumber, task.tryNumber) : task.tryNumber) + 1;
			return { dagId, dagRunId, taskId, mapIndex, tryNumber: next };
		})
		.filter(
			({ tryNumber }) => request.follow !== 'try' || request.tryNumber === null || request.tryNumber === tryNumber,
		);
}

function stateOf({ taskId, state }: TaskInstance): Message {
	if (state === null) return phrase(['{task} is not scheduled yet', '{task}: 아직 예약되지 않음'], { task: taskId });
	const word = phrase(taskStateLook(state).word);
	return phrase(['{task} is {state}', '{task}: {state}'], { task: taskId, state: word });
}

/** The reason for waiting if there is no such try yet, and whether none will come. */
export function waitingFor(tasks: readonly TaskInstance[], request: TaskLogRequest, last: TaskTry | null) {
	const wanted = tasks.find(task => task.taskId === request.taskId && task.mapIndex === request.mapIndex);
	if (request.follow === 'run') {
		const isOver = tasks.length > 0 && tasks.every(isFinishedTask);
		if (isOver) return { words: phrase(['the DAG run has ended', 'DAG 실행이 끝남']), isOver };
		const next = tasks.find(task => !isFinishedTask(task) && task.state !== null);
		return { words: next ? stateOf(next) : phrase(['no task has started', '시작된 작업 없음']), isOver };
	}
	if (!wanted)
		return {
			words: phrase(['the DAG run has no {task} yet', 'DAG 실행에 아직 {task} 작업이 없음'], { task: request.taskId }),
			isOver: false,
		};
	const tooFar = request.tryNumber !== null && last === null && request.tryNumber > wanted.tryNumber;
	const words = tooFar
		? phrase(['try {n} has not started: {state}', '시도 {n}은(는) 시작되지 않음: {state}'], {
				n: request.tryNumber ?? 0,
				state: stateOf(wanted),
			})
		: stateOf(wanted);
	return { words, isOver: isFinishedTask(wanted) || (request.follow === 'try' && last !== null) };
}
