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
import { type Message, phrase } from '../words/message.ts';
import { airflowAway, airflowOf, listed, runAsItIs, targetOfRun } from './airflow.ts';
import { interruptions } from './interrupted.ts';
import { once } from './outcomes.ts';
import type { Facts, Outcome, Planned, Refusal, Tools } from './plan.ts';
import { refusalKind } from './run-plan.ts';
import { refusalOfName } from './unresolved.ts';

export type ClearRequest = {
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
	request: ClearRequest,
	signal: AbortSignal,
): Promise<Planned> {
	const { dagId, dagRunId, onlyFailed } = request;
	const away = airflowAway(state, phrase(['Tasks cannot be cleared now', '지금은 작업을 재실행(clear)할 수 없습니다']));
	if (away) return away;
	const asked = await askAirflow(clients, request, signal);
	if ('refused' in asked) return asked;
	const { run, before, would } = asked;
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
	// Airflow gives them in no order.
	const cleared = would.toSorted((a, b) => order.indexOf(a.taskId) - order.indexOf(b.taskId));
	const names = namesToClear(request, idsOf(cleared));
	if (names.length === 0) return nothingToClear(request, run);
	const isConcerned = (task: TaskInstance) => names.some(name => isTaskNamed(task, name));
	const confirmed = { dagId, dagRunId, taskIds: names, onlyFailed, withDownstream: false };
	return {
		actionId: 'clear',
		title: titleOf(request),
		asks: questionOf(request, asked, cleared, isConcerned),
		command: clearCommand(state, confirmed),
		targets: [targetOfRun(dagId, dagRunId), ...names.map(name => `task ${dagId}/${dagRunId}/${name}`)],
		perform: tools =>
			performClear(tools, confirmed, tasks => tasks.some(task => isConcerned(task) && hasMoved(task, before))),
	};
}

function titleOf({ dagRunId, taskIds, withDownstream, onlyFailed }: ClearRequest): Message {
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

async function askAirflow(clients: Clients, request: ClearRequest, signal: AbortSignal): Promise<Asked | Refusal> {
	const { dagId, dagRunId, taskIds } = request;
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
		return { run, before, isPaused, would: await airflow.clearTasks({ ...request, dryRun: true }, signal) };
	} catch (error) {
		const failure = failureOf(error);
		return { refused: whatAndFix(failure), kind: refusalKind(failure.kind) };
	}
}

function idsOf(tasks: readonly ClearedTask[]): string[] {
	return [...new Set(tasks.map(task => task.taskId))];
}

/** By name, and not by rule: a task that fails meanwhile was not in the question. */
function namesToClear({ taskIds }: ClearRequest, ids: readonly string[]): string[] {
	const indexed = (taskIds ?? []).filter(name => parseTaskName(name).mapIndex !== null);
	return ids.flatMap(id => {
		const named = indexed.filter(name => parseTaskName(name).taskId === id);
		return named.length > 0 ? named : [id];
	});
}

function nothingToClear({ dagRunId, taskIds, onlyFailed }: ClearRequest, run: DagRun): Refusal {
	const named = { run: dagRunId, state: run.state, tasks: listed(taskIds ?? []) };
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
			: phrase(['Nothing to clear: {run} has no task {tasks}', '{run}에 작업 {tasks}이(가) 없습니다'], named);
	}
}

function questionOf(
	{ dagRunId, onlyFailed }: ClearRequest,
	{ run, before, isPaused }: Asked,
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
					state: run.state,
				})
			: phrase(['The DAG run ({state}) is queued again.', 'DAG 실행({state})이 다시 대기열에 들어갑니다.'], {
					state: run.state,
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

/** @param isDone whether tasks of the run say that it was carried out, where the answer was lost */
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

/** `3 tasks`, or `5 task instances of 3 tasks` where some of them are mapped: the count and the list agree. */
function countedTasks(instances: readonly ClearedTask[], ids: readonly string[]): Message {
	if (instances.length === ids.length && instances.every(({ mapIndex }) => (mapIndex ?? -1) < 0))
		return phrase(['{n} {n|task|tasks}', '작업 {n}개'], { n: ids.length });
	return phrase(['{n} task {n|instance|instances} of {ids} {ids|task|tasks}', '작업 {ids}개의 인스턴스 {n}개'], {
		n: instances.length,
		ids: ids.length,
	});
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
	}: Pick<ClearRequest, 'dagId' | 'dagRunId' | 'onlyFailed'> & {
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
