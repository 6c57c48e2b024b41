import type { Clients } from '../../clients/clients.ts';
import { taskOrder } from '../../model/airflow/dag-graph.ts';
import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import { isTaskNamed, parseTaskName } from '../../model/airflow/task-name.ts';
import { phrase } from '../../words/message.ts';
import { airflowOf, airflowUnavailable, runAsItIs, targetOfRun } from '../airflow.ts';
import { once } from '../plan/outcomes.ts';
import type { Facts, Outcome, Planned, Tools } from '../plan/plan.ts';
import { clearCommand } from './clear-command.ts';
import { type ClearRequest, previewClear } from './clear-preview.ts';
import { clearQuestion, clearTitle, countedTasks, idsOf, nothingToClear } from './clear-words.ts';

/**
 * Clears tasks of a DAG run, so that they run again. Airflow's dry run lists the tasks first: the question names them,
 * and exactly these are cleared. Refused if the list is empty or contains another run.
 */
export async function planClear(
	clients: Clients,
	{ state }: Facts,
	request: ClearRequest,
	signal: AbortSignal,
): Promise<Planned> {
	const { dagId, dagRunId, onlyFailed } = request;
	const unavailable = airflowUnavailable(
		state,
		phrase(['Tasks cannot be cleared now', '지금은 작업을 재실행(clear)할 수 없습니다']),
	);
	if (unavailable) return unavailable;
	const preview = await previewClear(clients, request, signal);
	if ('refused' in preview) return preview;
	const { run, before, would } = preview;
	const stranger = would.find(task => task.dagRunId !== dagRunId);
	if (stranger) {
		return {
			refused: phrase(
				[
					'Nothing cleared: Airflow would also clear {task} of another run, {run}',
					'재실행(clear)하지 않았습니다. Airflow가 다른 실행 {run}의 {task}도 함께 clear하려 합니다',
				],
				{ task: stranger.taskId, run: stranger.dagRunId },
			),
			kind: 'refused',
		};
	}
	const order = taskOrder(state.dagTasks[dagId] ?? []).taskIds;
	// Airflow returns them unordered.
	const cleared = would.toSorted((a, b) => order.indexOf(a.taskId) - order.indexOf(b.taskId));
	const names = namesToClear(request, idsOf(cleared));
	if (names.length === 0) return nothingToClear(request, run);
	const isConcerned = (task: TaskInstance) => names.some(name => isTaskNamed(task, name));
	const confirmed = { dagId, dagRunId, taskIds: names, onlyFailed, withDownstream: false };
	return {
		actionId: 'clear',
		title: clearTitle(request),
		effects: clearQuestion(request, preview, cleared, isConcerned),
		command: clearCommand(state, confirmed),
		targets: [targetOfRun(dagId, dagRunId), ...names.map(name => `task ${dagId}/${dagRunId}/${name}`)],
		perform: tools =>
			performClear(tools, confirmed, tasks => tasks.some(task => isConcerned(task) && hasMoved(task, before))),
	};
}

/** Names instead of `onlyFailed`: a task that fails in the meantime was not in the question. */
function namesToClear({ taskIds }: ClearRequest, ids: readonly string[]): string[] {
	const indexed = (taskIds ?? []).filter(name => parseTaskName(name).mapIndex !== null);
	return ids.flatMap(id => {
		const named = indexed.filter(name => parseTaskName(name).taskId === id);
		return named.length > 0 ? named : [id];
	});
}

/** @param isDone whether the tasks of the run show that they were cleared; asked if the response was lost */
async function performClear(
	tools: Tools,
	confirmed: ClearRequest,
	isDone: (tasks: readonly TaskInstance[]) => boolean,
): Promise<Outcome> {
	const { dagId, dagRunId } = confirmed;
	const airflow = airflowOf(tools.clients);
	const asItIs = () => runAsItIs(airflow, dagId, dagRunId, tools.signal);
	return once(
		tools,
		async () => {
			const now = await airflow.clearTasks({ ...confirmed, dryRun: false }, tools.signal);
			if (now.length === 0) {
				const message = phrase(
					[
						'Nothing cleared: the tasks have changed in the meantime; {now}',
						'재실행(clear)하지 않았습니다. 그사이 작업 상태가 바뀌었습니다. {now}',
					],
					{ now: await asItIs() },
				);
				return { outcome: 'failed', message, failure: 'refused' };
			}
			const message = phrase(['{tasks} cleared; {now}', '{tasks} 재실행(clear)됨. {now}'], {
				tasks: countedTasks(now, idsOf(now)),
				now: await asItIs(),
			});
			return { outcome: 'done', message };
		},
		async () => {
			if (!isDone(await airflow.taskInstances(dagId, dagRunId, tools.signal))) return null;
			return {
				outcome: 'done',
				message: phrase(['cleared; {now}', '재실행(clear)됨. {now}'], { now: await asItIs() }),
			};
		},
		phrase(['nothing was cleared', '재실행(clear)된 작업이 없습니다']),
	);
}

/** An ended task instance changes only when it is cleared: its state, tries or start differ. */
function hasMoved(task: TaskInstance, before: readonly TaskInstance[]): boolean {
	const was = before.find(one => one.taskId === task.taskId && one.mapIndex === task.mapIndex);
	return (
		was === undefined ||
		was.state !== task.state ||
		was.tryNumber !== task.tryNumber ||
		was.maxTries !== task.maxTries ||
		was.startedAt !== task.startedAt
	);
}
