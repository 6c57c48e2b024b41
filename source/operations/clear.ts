import type { ClearedTask } from '../clients/airflow/airflow.ts';
import type { Clients } from '../clients/clients.ts';
import { taskOrder } from '../model/dag-graph.ts';
import { failureOf, whatAndFix } from '../model/failure.ts';
import { exactId, inPath } from '../model/outside-id.ts';
import { type DagRun, isActiveRun, type TaskInstance } from '../model/pipeline.ts';
import { isTaskNamed, namesOfTasks, parseTaskName } from '../model/task-name.ts';
import { airflowContainer, curlCommand, isAirflow3 } from '../selectors/airflow-command.ts';
import { tasksNamed } from '../selectors/names/tasks.ts';
import { dockerCommand } from '../selectors/printed-command.ts';
import { render } from '../words/message.ts';
import { airflowAway, airflowOf, counted, listed, runAsItIs, targetOfRun } from './airflow.ts';
import { interruptions } from './interrupted.ts';
import { once } from './outcomes.ts';
import type { Facts, Outcome, Planned, Refusal, Tools } from './plan.ts';
import { refusalKind } from './run-plan.ts';
import { refusalOfName } from './unresolved.ts';

export type ClearWish = {
	readonly dagId: string;
	readonly dagRunId: string;
	/** Names: `divide`, or `divide[7]` for one instance of a mapped task. null: all of the run. */
	readonly taskIds: readonly string[] | null;
	/** Also what follows the named tasks. */
	readonly withDownstream: boolean;
	/** Of these, only what failed (and what could not run for its sake). */
	readonly onlyFailed: boolean;
};

/** What Airflow says of a clear before it is carried out. */
type Asked = {
	readonly run: DagRun;
	readonly before: readonly TaskInstance[];
	readonly isPaused: boolean;
	readonly would: readonly ClearedTask[];
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
	const asked = await askAirflow(clients, wish, signal);
	if ('refused' in asked) return asked;
	const { run, before, would } = asked;
	const stranger = would.find(task => task.dagRunId !== dagRunId);
	if (stranger) {
		return {
			refused: `Airflow would also clear ${stranger.taskId} of another run, ${stranger.dagRunId}: nothing is cleared`,
			kind: 'refused',
		};
	}
	const order = taskOrder(state.dagTasks[dagId] ?? []).taskIds;
	// Airflow gives them in no order.
	const cleared = would.toSorted((a, b) => order.indexOf(a.taskId) - order.indexOf(b.taskId));
	const names = namesToClear(wish, idsOf(cleared));
	if (names.length === 0) return nothingToClear(wish, run);
	const isConcerned = (task: TaskInstance) => names.some(name => isTaskNamed(task, name));
	const scope = taskIds === null ? (onlyFailed ? 'the failed tasks' : 'all tasks') : listed(taskIds, 3);
	const after = withDownstream && taskIds !== null ? ' and what follows' : '';
	const confirmed = { dagId, dagRunId, taskIds: names, onlyFailed, withDownstream: false };
	return {
		actionId: 'clear',
		title: `clear ${scope}${after} of ${dagRunId}`,
		asks: questionOf(wish, asked, cleared, isConcerned),
		command: clearCommand(state, confirmed),
		targets: [targetOfRun(dagId, dagRunId), ...names.map(name => `task ${dagId}/${dagRunId}/${name}`)],
		perform: tools =>
			performClear(tools, confirmed, tasks => tasks.some(task => isConcerned(task) && hasMoved(task, before))),
	};
}

async function askAirflow(clients: Clients, wish: ClearWish, signal: AbortSignal): Promise<Asked | Refusal> {
	const { dagId, dagRunId, taskIds } = wish;
	try {
		const airflow = airflowOf(clients);
		const [run, before, { isPaused }] = await Promise.all([
			airflow.dagRun(dagId, dagRunId, signal),
			airflow.taskInstances(dagId, dagRunId, signal),
			airflow.dag(dagId, signal),
		]);
		for (const name of taskIds ?? []) {
			const named = tasksNamed(name, before);
			if (named.kind !== 'found') return refusalOfName(named);
		}
		return { run, before, isPaused, would: await airflow.clearTasks({ ...wish, dryRun: true }, signal) };
	} catch (error) {
		const failure = failureOf(error);
		return { refused: render(whatAndFix(failure), 'en'), kind: refusalKind(failure.kind) };
	}
}

function idsOf(tasks: readonly ClearedTask[]): string[] {
	return [...new Set(tasks.map(task => task.taskId))];
}

/** By name, and not by rule: a task that fails meanwhile was not in the question. */
function namesToClear({ taskIds }: ClearWish, ids: readonly string[]): string[] {
	const indexed = (taskIds ?? []).filter(name => parseTaskName(name).mapIndex !== null);
	return ids.flatMap(id => {
		const named = indexed.filter(name => parseTaskName(name).taskId === id);
		return named.length > 0 ? named : [id];
	});
}

function nothingToClear({ dagRunId, taskIds, onlyFailed }: ClearWish, run: DagRun): Refusal {
	const among = taskIds === null ? `${dagRunId} (${run.state})` : `${listed(taskIds)} of ${dagRunId}`;
	return {
		refused: `Nothing to clear: ${onlyFailed ? `no task failed in ${among}` : taskIds === null ? `${among} has no tasks` : `${among}: there are no such tasks`}`,
		kind: onlyFailed ? 'already' : 'nothing',
	};
}

function questionOf(
	{ dagRunId, onlyFailed }: ClearWish,
	{ run, before, isPaused }: Asked,
	cleared: readonly ClearedTask[],
	isConcerned: (task: TaskInstance) => boolean,
): string[] {
	const ids = idsOf(cleared);
	const touched = before.filter(task => isConcerned(task) && (!onlyFailed || hasFailed(task)));
	return [
		`${countedTasks(cleared, ids)} of ${dagRunId} ${cleared.length === 1 ? 'runs' : 'run'} again: ${listed(instanceNames(cleared, ids, before, onlyFailed), 20)}.`,
		isActiveRun(run) ? `The run is ${run.state} and goes on.` : `The run, ${run.state} now, is queued again.`,
		...interruptions(touched, before),
		...(isPaused ? ['The DAG is paused: nothing of it runs until it is unpaused.'] : []),
	];
}

/** @param isDone whether tasks of the run say that it was carried out, where the answer was lost */
async function performClear(
	tools: Tools,
	confirmed: ClearWish,
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
				const message = `nothing was cleared: the tasks have changed meanwhile; ${await asItIs()}`;
				return { outcome: 'failed', message, failure: 'refused' };
			}
			return { outcome: 'done', message: `${countedTasks(now, idsOf(now))} cleared; ${await asItIs()}` };
		},
		async () => {
			if (!isDone(await airflow.taskInstances(dagId, dagRunId, tools.signal))) return null;
			return { outcome: 'done', message: `cleared; ${await asItIs()}` };
		},
		'nothing was cleared',
	);
}

/** `3 tasks`, or `5 task instances of 3 tasks` where some of them are mapped: the count and the list agree. */
function countedTasks(instances: readonly ClearedTask[], ids: readonly string[]): string {
	if (instances.length === ids.length && instances.every(({ mapIndex }) => (mapIndex ?? -1) < 0))
		return counted(instances.length, 'task');
	return `${counted(instances.length, 'task instance')} of ${counted(ids.length, 'task')}`;
}

/**
 * Names of the instances that are cleared. Airflow 2 says of a whole task only how many: which they are follows from
 * their states, where the numbers agree.
 */
function instanceNames(
	cleared: readonly ClearedTask[],
	ids: readonly string[],
	before: readonly TaskInstance[],
	onlyFailed: boolean,
): string[] {
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

/** The request; for single indexes in Airflow 2 its own Python, as neither API nor command line of 2.8 has them. */
function clearCommand(
	state: Facts['state'],
	{
		dagId,
		dagRunId,
		taskIds,
		onlyFailed,
	}: Pick<ClearWish, 'dagId' | 'dagRunId' | 'onlyFailed'> & {
		readonly taskIds: readonly string[];
	},
): string {
	const names = taskIds.map(parseTaskName);
	const whole = names.flatMap(({ taskId, mapIndex }) => (mapIndex === null ? [taskId] : []));
	const pairs = names.flatMap(({ taskId, mapIndex }) =>
		mapIndex === null ? [] : [`(${pythonText(taskId)}, ${mapIndex})`],
	);
	const body = { dry_run: false, dag_run_id: exactId(dagRunId), only_failed: onlyFailed, reset_dag_runs: true };
	const path = `/dags/${inPath(dagId)}/clearTaskInstances`;
	if (isAirflow3(state)) {
		// A request for each task with indexes: of several tasks it would clear all indexes.
		const indexed = Map.groupBy(
			names.filter(({ mapIndex }) => mapIndex !== null),
			({ taskId }) => taskId,
		);
		const requests: (string | [string, number | null])[][] = [...indexed.values()].map(some =>
			some.map(({ taskId, mapIndex }) => [exactId(taskId), mapIndex]),
		);
		if (whole.length > 0) requests.push(whole.map(exactId));
		return requests.map(task_ids => curlCommand(state, 'POST', path, { ...body, task_ids })).join('\n');
	}
	const script = [
		'from airflow.models import DagBag, DagRun',
		`run = DagRun.find(dag_id=${pythonText(dagId)}, run_id=${pythonText(dagRunId)})[0]`,
		`dag = DagBag(read_dags_from_db=True).get_dag(${pythonText(dagId)})`,
		`print(dag.clear(task_ids=[${pairs.join(', ')}], start_date=run.execution_date, end_date=run.execution_date, only_failed=${onlyFailed ? 'True' : 'False'}))`,
	];
	return [
		...(pairs.length > 0
			? [dockerCommand(state, 'exec', airflowContainer(state), 'python', '-c', script.join('; '))]
			: []),
		...(whole.length > 0 ? [curlCommand(state, 'POST', path, { ...body, task_ids: whole.map(exactId) })] : []),
	].join('\n');
}

/** JSON text in ASCII is a Python literal too. */
function pythonText(text: string): string {
	return JSON.stringify(exactId(text)).replaceAll(
		/[^ -~]/g,
		char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
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
