import type { AirflowClient } from '../clients/airflow/airflow.ts';
import { pastRun } from '../diagnosis/waiting/past.ts';
import { addressPending } from '../model/failure.ts';
import { type DagRun, isActiveRun, isFinishedTask, newestRun, type TaskInstance } from '../model/pipeline.ts';
import { runKey, type StackState } from '../model/state.ts';
import type { InterestStore } from './interest.ts';
import type { Quiet } from './quiet.ts';
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
	readonly quiet: Pick<Quiet, 'pauseMs'>;
	readonly wake: Wake;
	/** Has the list of DAGs asked for at once. */
	readonly dagsWake: Wake;
};

/** Throws ClientError `unconfigured`. */
export function clientOf(deps: AirflowDeps): Airflow {
	const client = deps.airflow();
	if (!client) throw addressPending('Airflow');
	return client;
}

/** Keeps the shown DAG's runs and the shown run's task instances fresh. */
export async function watchPipeline(context: FeedContext, deps: AirflowDeps): Promise<void> {
	const watch = new PipelineWatch(context, deps);
	const stop = deps.interest.subscribe((now, before) => {
		const moved = now.dagId !== before.dagId || now.dagRunId !== before.dagRunId;
		const opened =
			now.list !== null && (now.list.kind !== before.list?.kind || now.list.runState !== before.list.runState);
		if (moved || opened || (now.focused && !before.focused)) deps.wake.fire();
	});
	try {
		await keepAsking(context, {
			feed: 'pipeline',
			wake: deps.wake,
			isNeverLate: true,
			ask: signal => watch.ask(signal),
		});
	} finally {
		stop();
	}
}

/** What one turn of the watch leaves for the next. */
class PipelineWatch {
	readonly #observe: FeedContext['observe'];
	readonly #deps: AirflowDeps;
	readonly #explainFailures: ReturnType<typeof failureReader>;
	#turn = 0;
	/** DAG and run that were looked at. */
	#shown = '';
	/** How often the wake had fired. */
	#heard = 0;
	/** Runs that waited to begin. */
	#queued: readonly string[] = [];
	#settledTurns = 0;
	/** Turns in which the run was seen to stand still; between two tasks every run does for a moment. */
	#stood = 0;
	/** What an open list shows besides: asked for with every turn that asks for runs at all, and when it is opened. */
	#listShown = '';

	constructor(context: FeedContext, deps: AirflowDeps) {
		this.#observe = context.observe;
		this.#deps = deps;
		this.#explainFailures = failureReader(context, key => deps.state().taskFailures[key] !== undefined);
	}

	/** Asks what is due; resolves with the time until the next turn, ms. */
	async ask(signal: AbortSignal): Promise<number> {
		const { interest, state, wake } = this.#deps;
		const client = clientOf(this.#deps);
		// Somebody has changed something, or wants to know.
		const isWoken = wake.fired !== this.#heard;
		this.#heard = wake.fired;
		const { dagId, dagRunId, focused } = interest.getState();
		const before = state();
		const shownRun = before.dagRuns[dagId]?.find(
			run => run.dagRunId === (dagRunId ?? newestRun(before.dagRuns[dagId])?.dagRunId),
		);
		const sameView = this.#shown === `${dagId}\n${dagRunId}`;
		this.#shown = `${dagId}\n${dagRunId}`;
		this.#turn++;
		await this.#fetchList(client, dagId, signal);
		if (shownRun && isActiveRun(shownRun) && sameView && !isWoken && !this.#isTurnOfRuns) {
			const tasks = await this.#fetchTasks(client, dagId, shownRun.dagRunId, signal);
			// The last task has ended: the run's own state follows, ask for it with the next turn.
			if (tasks.length > 0 && tasks.every(isFinishedTask)) this.#turn = -1;
			return focused ? activeIntervalMs : unfocusedIntervalMs;
		}
		const runs = await this.#fetchRuns(client, dagId, dagRunId, before, signal);
		const run = dagRunId ? runs.find(one => one.dagRunId === dagRunId) : newestRun(runs);
		if (run) await this.#fetchTasksOf(client, run, shownRun, isWoken, signal);
		// What is wrong is told of the newest run, also while an older one is looked at.
		const newest = newestRun(runs);
		if (newest && newest !== run && isActiveRun(newest) && this.#isTurnOfRuns)
			await this.#fetchTasks(client, dagId, newest.dagRunId, signal);
		if (!focused) return unfocusedIntervalMs;
		return runs.some(isActiveRun) ? activeIntervalMs : this.#deps.quiet.pauseMs(idleIntervalMs);
	}

	get #isTurnOfRuns(): boolean {
		return this.#turn % runsEveryTurns === 0;
	}

	async #fetchList(client: Airflow, dagId: string, signal: AbortSignal): Promise<void> {
		const { list } = this.#deps.interest.getState();
		const wanted = list === null ? '' : `${list.kind}\n${list.runState}\n${dagId}`;
		const isNew = wanted !== this.#listShown;
		this.#listShown = wanted;
		if (list === null || (!isNew && !this.#isTurnOfRuns)) return;
		if (list.kind === 'dags') {
			const active = (this.#deps.state().dags ?? []).filter(dag => dag.isActive).map(dag => dag.dagId);
			this.#observe({ type: 'newest runs fetched', runs: await client.newestRuns(active, signal) });
		} else {
			const states = list.runState === null ? undefined : [list.runState];
			const runs = await client.findRuns(dagId, { limit: runsListed, states }, signal);
			this.#observe({ type: 'dag runs matched', dagId, runState: list.runState, runs });
		}
	}

	async #fetchRuns(
		client: Airflow,
		dagId: string,
		dagRunId: string | null,
		before: StackState,
		signal: AbortSignal,
	): Promise<readonly DagRun[]> {
		const { dagsWake } = this.#deps;
		let runs = await client.dagRuns(dagId, runsFetched, signal);
		if (dagRunId && !runs.some(run => run.dagRunId === dagRunId)) {
			runs = [...runs, await client.dagRun(dagId, dagRunId, signal)];
		}
		// A DAG without its runs was deleted, most likely: whether it is still there is asked at once.
		if (runs.length === 0 && (before.dagRuns[dagId]?.length ?? 0) > 0) dagsWake.fire();
		this.#observe({ type: 'dag runs fetched', dagId, runs });
		// A run that begins to wait: whether its DAG is paused is asked anew, as it may be why.
		const waiting = runs.filter(one => one.state === 'queued').map(one => one.dagRunId);
		if (waiting.some(id => !this.#queued.includes(id))) dagsWake.fire();
		this.#queued = waiting;
		return runs;
	}

	/** The tasks of the run that is looked at (`shownRun`: as it was before), and of the one that they wait for. */
	async #fetchTasksOf(
		client: Airflow,
		run: DagRun,
		shownRun: DagRun | undefined,
		isWoken: boolean,
		signal: AbortSignal,
	): Promise<void> {
		const { dagsWake, state } = this.#deps;
		const { dagId, dagRunId } = run;
		const known = state().taskInstances[runKey(dagId, dagRunId)];
		// Of a run that was stopped, what never came up stays without a state.
		const rests = known?.every(task => task.state === null || isFinishedTask(task));
		const settled = rests && !isActiveRun(run) && shownRun?.dagRunId === dagRunId;
		this.#settledTurns = settled && !isWoken && isSame(shownRun, run) ? this.#settledTurns + 1 : 0;
		if (this.#settledTurns % settledEveryTurns === 0) await this.#fetchTasks(client, dagId, dagRunId, signal);
		const past = pastRun(state(), run);
		if (past) await this.#fetchTasks(client, dagId, past.dagRunId, signal);
		// A run that begins to stand still: its DAG may have been paused, or be gone.
		const stands = isStalled(state(), run);
		if (stands && this.#stood === 1) dagsWake.fire();
		this.#stood = stands ? this.#stood + 1 : 0;
	}

	async #fetchTasks(
		client: Airflow,
		dagId: string,
		dagRunId: string,
		signal: AbortSignal,
	): Promise<readonly TaskInstance[]> {
		const taskInstances = await client.taskInstances(dagId, dagRunId, signal);
		this.#observe({ type: 'task instances fetched', dagId, dagRunId, taskInstances });
		await this.#explainFailures(taskInstances, task => client.taskLog(task, signal), signal);
		return taskInstances;
	}
}

/** Nothing of a run under way is at work, and something of it is left to do. */
function isStalled({ taskInstances }: StackState, run: DagRun): boolean {
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
