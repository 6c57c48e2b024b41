import type { AirflowClient } from '../clients/airflow/airflow.ts';
import { pastRun, pastRunToAsk } from '../diagnosis/waiting/past.ts';
import { ClientError } from '../model/failure.ts';
import { type DagRun, isActiveRun, isFinishedTask, newestRun } from '../model/pipeline.ts';
import { runKey, type StackState } from '../model/state.ts';
import type { InterestStore } from './interest.ts';
import { type FeedContext, keepAsking, type Wake } from './schedule.ts';
import { failureReader } from './task-failures.ts';

/** While a run is active its tasks are asked for so often; it is one request. */
const activeIntervalMs = 1000;
const idleIntervalMs = 5000;
const unfocusedIntervalMs = 15_000;
/** While a run is active, the list of runs (its own state, other runs) is asked for with every n-th turn. */
const runsEveryTurns = 5;
/** The tasks of a run that has ended change only by somebody's hand: they are asked for with every n-th turn. */
const settledEveryTurns = 6;
/** Runs fetched: the choice of the run picker. */
const runsFetched = 30;
/** Runs fetched for the list of runs: a page of Airflow's. */
const runsListed = 100;
const dagsIntervalMs = 30_000;

/** What of Airflow's client is used: nothing that changes anything. */
type Airflow = Pick<
	AirflowClient,
	| 'address'
	| 'version'
	| 'dags'
	| 'tasks'
	| 'importErrors'
	| 'dagRuns'
	| 'dagRun'
	| 'findRuns'
	| 'newestRuns'
	| 'taskInstances'
	| 'taskLog'
>;

export type AirflowDeps = {
	/** The client for the address known now; null while none is. */
	readonly airflow: () => Airflow | null;
	readonly state: () => StackState;
	readonly interest: InterestStore;
	readonly wake: Wake;
	/** Has the list of DAGs asked for at once. */
	readonly dagsWake: Wake;
};

function clientOf(deps: AirflowDeps): Airflow {
	const client = deps.airflow();
	if (!client) throw new ClientError('unconfigured', 'Airflow: its address is not known yet');
	return client;
}

/** Keeps the shown DAG's runs and the shown run's task instances fresh. */
export async function watchPipeline(context: FeedContext, deps: AirflowDeps): Promise<void> {
	const { observe } = context;
	let queued: readonly string[] = [];
	let turn = 0;
	let shown = '';
	let heard = 0;
	let settledTurns = 0;
	/** Turns in which the run was seen to stand still; between two tasks every run does for a moment. */
	let stood = 0;
	const stop = deps.interest.subscribe((now, before) => {
		const moved = now.dagId !== before.dagId || now.dagRunId !== before.dagRunId;
		const opened =
			now.list !== null && (now.list.kind !== before.list?.kind || now.list.runState !== before.list.runState);
		if (moved || opened || (now.focused && !before.focused)) deps.wake.fire();
	});
	const explainFailures = failureReader(context, key => deps.state().taskFailures[key] !== undefined);
	const fetchTasks = async (client: Airflow, dagId: string, dagRunId: string, signal: AbortSignal) => {
		const taskInstances = await client.taskInstances(dagId, dagRunId, signal);
		observe({ type: 'task instances fetched', dagId, dagRunId, taskInstances });
		await explainFailures(taskInstances, task => client.taskLog(task, signal), signal);
		return taskInstances;
	};
	/** What an open list shows besides: asked for with every turn that asks for runs at all, and when it is opened. */
	let listShown = '';
	const fetchList = async (client: Airflow, dagId: string, signal: AbortSignal) => {
		const { list } = deps.interest.getState();
		const wanted = list === null ? '' : `${list.kind}\n${list.runState}\n${dagId}`;
		const isNew = wanted !== listShown;
		listShown = wanted;
		if (list === null || (!isNew && turn % runsEveryTurns !== 0)) return;
		if (list.kind === 'dags') {
			const active = (deps.state().dags ?? []).filter(dag => dag.isActive).map(dag => dag.dagId);
			observe({ type: 'newest runs fetched', runs: await client.newestRuns(active, signal) });
		} else {
			const states = list.runState === null ? undefined : [list.runState];
			const runs = await client.findRuns(dagId, { limit: runsListed, states }, signal);
			observe({ type: 'dag runs matched', dagId, runState: list.runState, runs });
		}
	};
	try {
		await keepAsking(context, {
			feed: 'pipeline',
			wake: deps.wake,
			isNeverLate: true,
			ask: async signal => {
				const client = clientOf(deps);
				// Somebody has changed something, or wants to know.
				const isWoken = deps.wake.fired !== heard;
				heard = deps.wake.fired;
				const { dagId, dagRunId, focused } = deps.interest.getState();
				const before = deps.state();
				const shownRun = before.dagRuns[dagId]?.find(
					run => run.dagRunId === (dagRunId ?? newestRun(before.dagRuns[dagId])?.dagRunId),
				);
				const sameView = shown === `${dagId}\n${dagRunId}`;
				shown = `${dagId}\n${dagRunId}`;
				turn++;
				await fetchList(client, dagId, signal);
				if (shownRun && isActiveRun(shownRun) && sameView && !isWoken && turn % runsEveryTurns !== 0) {
					const tasks = await fetchTasks(client, dagId, shownRun.dagRunId, signal);
					// The last task has ended: the run's own state follows, ask for it with the next turn.
					if (tasks.length > 0 && tasks.every(isFinishedTask)) turn = -1;
					return focused ? activeIntervalMs : unfocusedIntervalMs;
				}
				let runs = await client.dagRuns(dagId, runsFetched, signal);
				if (dagRunId && !runs.some(run => run.dagRunId === dagRunId)) {
					runs = [...runs, await client.dagRun(dagId, dagRunId, signal)];
				}
				// A DAG without its runs was deleted, most likely: whether it is still there is asked at once.
				if (runs.length === 0 && (before.dagRuns[dagId]?.length ?? 0) > 0) deps.dagsWake.fire();
				observe({ type: 'dag runs fetched', dagId, runs });
				// A run that begins to wait: whether its DAG is paused is asked anew, as it may be why.
				const waiting = runs.filter(one => one.state === 'queued').map(one => one.dagRunId);
				if (waiting.some(id => !queued.includes(id))) deps.dagsWake.fire();
				queued = waiting;
				const run = dagRunId ? runs.find(one => one.dagRunId === dagRunId) : newestRun(runs);
				if (run) {
					const known = deps.state().taskInstances[runKey(dagId, run.dagRunId)];
					// Of a run that was stopped, what never came up stays without a state.
					const rests = known?.every(task => task.state === null || isFinishedTask(task));
					const settled = rests && !isActiveRun(run) && shownRun?.dagRunId === run.dagRunId;
					settledTurns = settled && !isWoken && isSame(shownRun, run) ? settledTurns + 1 : 0;
					if (settledTurns % settledEveryTurns === 0) await fetchTasks(client, dagId, run.dagRunId, signal);
					const before = pastRun(deps.state(), run);
					if (before) await fetchTasks(client, dagId, before.dagRunId, signal);
					// A run that begins to stand still: its DAG may have been paused, or be gone.
					const stands = standsStill(deps.state(), run);
					if (stands && stood === 1) deps.dagsWake.fire();
					stood = stands ? stood + 1 : 0;
				}
				// What is wrong is told of the newest run, also while an older one is looked at.
				const newest = newestRun(runs);
				if (newest && newest !== run && isActiveRun(newest) && turn % runsEveryTurns === 0)
					await fetchTasks(client, dagId, newest.dagRunId, signal);
				if (!focused) return unfocusedIntervalMs;
				return runs.some(isActiveRun) ? activeIntervalMs : idleIntervalMs;
			},
		});
	} finally {
		stop();
	}
}

/** Nothing of a run under way is at work, and something of it is left to do. */
function standsStill({ taskInstances }: StackState, run: DagRun): boolean {
	const tasks = taskInstances[runKey(run.dagId, run.dagRunId)] ?? [];
	return isActiveRun(run) && tasks.some(task => !isFinishedTask(task)) && !tasks.some(({ state }) => atWork.has(state));
}

const atWork: ReadonlySet<string | null> = new Set(['running', 'queued', 'restarting', 'deferred']);

/** Whether a run is as it was: not cleared, not ended otherwise. */
function isSame(
	a: { state: string; startedAt: number | null } | undefined,
	b: { state: string; startedAt: number | null },
) {
	return a?.state === b.state && a.startedAt === b.startedAt;
}

/** Keeps the list of DAGs, the shown DAG's structure and the import errors fresh. */
export async function watchDags(context: FeedContext, deps: AirflowDeps): Promise<void> {
	const { observe } = context;
	const stop = deps.interest.subscribe((now, before) => {
		if (now.dagId !== before.dagId) deps.dagsWake.fire();
	});
	try {
		await keepAsking(context, {
			feed: 'dags',
			wake: deps.dagsWake,
			isNeverLate: true,
			ask: async signal => {
				const client = clientOf(deps);
				const version = await client.version(signal);
				observe({ type: 'source connected', source: 'airflow', version, address: client.address });
				const { dagId } = deps.interest.getState();
				const dags = await client.dags(signal);
				observe({ type: 'dags fetched', dags });
				if (dags.some(dag => dag.dagId === dagId)) {
					observe({ type: 'dag tasks fetched', dagId, tasks: await client.tasks(dagId, signal) });
					// Which of its tasks wait for the run before is known only now.
					if (pastRunToAsk(deps.state(), dagId)) deps.wake.fire();
				}
				observe({ type: 'import errors fetched', errors: await client.importErrors(signal) });
				return deps.interest.getState().focused ? dagsIntervalMs : 2 * dagsIntervalMs;
			},
		});
	} finally {
		stop();
	}
}
