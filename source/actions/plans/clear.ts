import type { AirflowClient, ClearedTask } from '../../clients/airflow.ts';
import { failureOf } from '../../clients/failure.ts';
import { taskOrder } from '../../model/dag-graph.ts';
import { exactId, inPath } from '../../model/outside-id.ts';
import { isActiveRun, type TaskInstance } from '../../model/pipeline.ts';
import type { Clients } from '../../monitor.ts';
import type { Facts, Outcome, Planned } from '../plan.ts';
import { refusalKind } from '../run-plan.ts';
import { airflowAway, airflowOf, counted, curlCommand, listed, runAsItIs, targetOfRun } from './airflow.ts';
import { once } from './outcomes.ts';

export type ClearWish = {
	readonly dagId: string;
	readonly dagRunId: string;
	/** null: all of the run. */
	readonly taskIds: readonly string[] | null;
	/** Also what follows the named tasks. */
	readonly withDownstream: boolean;
	/** Of these, only what failed (and what could not run for its sake). */
	readonly onlyFailed: boolean;
};

/**
 * Lets tasks of a run run again. Airflow is asked first what that would touch (its dry run): that list is in the
 * question, and what was confirmed is what is cleared. Refused where it names nothing, or another run.
 */
export async function planClear(
	clients: Clients,
	{ state }: Facts,
	wish: ClearWish,
	signal: AbortSignal,
): Promise<Planned> {
	const { dagId, dagRunId, taskIds, withDownstream, onlyFailed } = wish;
	const away = airflowAway(state, 'Nothing can be cleared now');
	if (away) return away;
	let would: readonly ClearedTask[];
	let run: Awaited<ReturnType<AirflowClient['dagRun']>>;
	let before: readonly TaskInstance[];
	let isPaused: boolean;
	try {
		const airflow = airflowOf(clients);
		[would, run, before, { isPaused }] = await Promise.all([
			airflow.clearTasks({ ...wish, dryRun: true }, signal),
			airflow.dagRun(dagId, dagRunId, signal),
			airflow.taskInstances(dagId, dagRunId, signal),
			airflow.dag(dagId, signal),
		]);
	} catch (error) {
		const failure = failureOf(error);
		return { refused: failure.message, kind: refusalKind(failure.kind) };
	}
	const stranger = would.find(task => task.dagRunId !== dagRunId);
	if (stranger) {
		return {
			refused: `Airflow would also clear ${stranger.taskId} of another run, ${stranger.dagRunId}: nothing is cleared`,
			kind: 'refused',
		};
	}
	const order = taskOrder(state.dagTasks[dagId] ?? []).taskIds;
	// Airflow gives them in no order.
	const names = [...new Set(would.map(task => task.taskId))].toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
	if (names.length === 0) {
		const among = taskIds === null ? `${dagRunId} (${run.state})` : `${listed(taskIds)} of ${dagRunId}`;
		return {
			refused: `Nothing to clear: ${onlyFailed ? `no task failed in ${among}` : taskIds === null ? `${among} has no tasks` : `${among}: there are no such tasks`}`,
			kind: onlyFailed ? 'already' : 'nothing',
		};
	}
	const running = before
		.filter(task => names.includes(task.taskId) && task.state === 'running')
		.map(task => task.taskId);
	const asks = [
		`${counted(would.length, 'task')} of ${dagRunId} ${would.length === 1 ? 'runs' : 'run'} again: ${listed(names, 20)}.`,
		isActiveRun(run) ? `The run is ${run.state} and goes on.` : `The run, ${run.state} now, is queued again.`,
	];
	if (running.length > 0) asks.push(`${listed(running)}: the try that runs now is ended first.`);
	if (isPaused) asks.push('The DAG is paused: nothing of it runs until it is unpaused.');
	const scope = taskIds === null ? (onlyFailed ? 'the failed tasks' : 'all tasks') : listed(taskIds, 3);
	const after = withDownstream && taskIds !== null ? ' and what follows' : '';
	// By name, and not by rule: a task that fails meanwhile was not in the question.
	const confirmed = { dagId, dagRunId, taskIds: names, onlyFailed, withDownstream: false };
	return {
		actionId: 'clear',
		title: `clear ${scope}${after} of ${dagRunId}`,
		asks,
		command: curlCommand(state, 'POST', `/dags/${inPath(dagId)}/clearTaskInstances`, {
			dry_run: false,
			dag_run_id: exactId(dagRunId),
			task_ids: names.map(exactId),
			only_failed: onlyFailed,
			reset_dag_runs: true,
		}),
		targets: [targetOfRun(dagId, dagRunId), ...names.map(name => `task ${dagId}/${dagRunId}/${name}`)],
		perform: async (tools): Promise<Outcome> => {
			const airflow = airflowOf(tools.clients);
			const asItIs = () => runAsItIs(airflow, dagId, dagRunId, tools.signal);
			return once(
				tools,
				async () => {
					const cleared = await airflow.clearTasks({ ...confirmed, dryRun: false }, tools.signal);
					if (cleared.length === 0) {
						const message = `nothing was cleared: the tasks have changed meanwhile; ${await asItIs()}`;
						return { outcome: 'failed', message, failure: 'refused' };
					}
					return { outcome: 'done', message: `${counted(cleared.length, 'task')} cleared; ${await asItIs()}` };
				},
				async () => {
					const now = await airflow.taskInstances(dagId, dagRunId, tools.signal);
					if (!now.some(task => names.includes(task.taskId) && hasMoved(task, before))) return null;
					return { outcome: 'done', message: `cleared; ${await asItIs()}` };
				},
				'nothing was cleared',
			);
		},
	};
}

/** A task instance that ended stays as it is unless it is cleared: state, tries or start tell. */
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
