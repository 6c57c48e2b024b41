import type { AirflowClient } from '../../clients/airflow/airflow.ts';
import { pastRun } from '../../diagnosis/waiting/past.ts';
import {
	type DagRun,
	isActiveRun,
	isFinishedTask,
	newestRun,
	type TaskInstance,
} from '../../model/airflow/pipeline.ts';
import { waitsForAnswer } from '../../model/airflow/question.ts';
import { taskName } from '../../model/airflow/task-name.ts';
import { addressPending } from '../../model/failures/failure.ts';
import { runKey, type StackState } from '../../model/state.ts';
import type { InterestStore } from '../interest.ts';
import type { Quiet } from '../quiet.ts';
import { type FeedContext, keepAsking, type Wake } from '../schedule.ts';
import { defaultDagOf } from './default-dag.ts';
import { untilNextRun, watchRunFolders } from './new-runs.ts';
import { OpenList } from './open-list.ts';
import { fetchQuestions } from './questions.ts';
import { isStalled } from './stalled-run.ts';
import { failureReader } from './task-failures.ts';

/** Time between requests for the tasks of an active run, ms; it is one request. */
const activeIntervalMs = 1000;
const idleIntervalMs = 5000;
const unfocusedIntervalMs = 15_000;
/** For an active run, the list of runs (its own state, other runs) is fetched on every n-th turn. */
const runsEveryTurns = 5;
/** The tasks of a finished run change only by user action: fetched on every n-th turn. */
const settledEveryTurns = 6;
/** Runs fetched: those that the user can choose from. */
const runsFetched = 30;

/** The parts of Airflow's client that are used, none of which changes anything. */
type Airflow = Pick<
	AirflowClient,
	| 'address'
	| 'version'
	| 'dag'
	| 'dags'
	| 'tasks'
	| 'importErrors'
	| 'dagRuns'
	| 'dagRun'
	| 'findRuns'
	| 'pageOfRuns'
	| 'newestRuns'
	| 'taskInstances'
	| 'taskLog'
	| 'airflow3'
>;

export type AirflowDeps = {
	/** The client for the current address; null while there is none. */
	readonly airflow: () => Airflow | null;
	readonly state: () => StackState;
	readonly interest: InterestStore;
	readonly quiet: Pick<Quiet, 'pauseMs'>;
	readonly wake: Wake;
	/** Makes the feed of DAGs fetch its list now. */
	readonly dagsWake: Wake;
	/** The folders of Airflow's logs on this host; left out: none. */
	readonly logFolders?: () => readonly string[];
	/** The DAG to show if none is named and Airflow has it; null or left out: one is named. */
	readonly usualDag?: string | null | undefined;
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
		const { list } = now;
		const opened = list !== null && (list.kind !== before.list?.kind || list.runState !== before.list.runState);
		const readsOn = (list?.count ?? 0) > (before.list?.count ?? 0);
		if (moved || opened || readsOn || (now.focused && !before.focused)) deps.wake.fire();
	});
	const asking = keepAsking(context, {
		feed: 'pipeline',
		wake: deps.wake,
		isNeverLate: true,
		ask: signal => watch.ask(signal),
	});
	const looking = watchRunFolders(context, {
		folders: deps.logFolders ?? (() => []),
		dagId: () => deps.interest.getState().dagId,
		onNew: () => deps.wake.fire(),
	});
	try {
		await Promise.all([asking, looking]);
	} finally {
		stop();
	}
}

/** State of the feed between two turns. */
class PipelineWatch {
	readonly #observe: FeedContext['observe'];
	readonly #now: () => number;
	readonly #deps: AirflowDeps;
	readonly #explainFailures: ReturnType<typeof failureReader>;
	#turn = 0;
	/** Whether the DAG to show is decided if none is named. */
	#isSettled = false;
	/** The DAG and run shown in the last turn. */
	#shown = '';
	/** The count of the wake in the last turn. */
	#lastFired = 0;
	/** Runs that were queued. */
	#queued: readonly string[] = [];
	#settledTurns = 0;
	/** Turns in which the run was stalled; between two tasks every run is for a moment. */
	#stalledTurns = 0;
	/** The tasks that waited for answers when they were last fetched, by `runKey`. */
	readonly #asking = new Map<string, string>();
	readonly #list: OpenList;

	constructor(context: FeedContext, deps: AirflowDeps) {
		this.#observe = context.observe;
		this.#now = context.clock.now;
		this.#deps = deps;
		this.#list = new OpenList(context, deps);
		this.#explainFailures = failureReader(context, key => deps.state().taskFailures[key] !== undefined);
	}

	/** Sends the requests that are due; resolves with the time until the next turn, ms. */
	async ask(signal: AbortSignal): Promise<number> {
		const { interest, state, wake } = this.#deps;
		const client = clientOf(this.#deps);
		// Somebody has changed or refreshed something.
		const isWoken = wake.fired !== this.#lastFired;
		this.#lastFired = wake.fired;
		const isSettled = await this.#settleDag(client, signal);
		const { dagId, dagRunId, focused } = interest.getState();
		if (!isSettled) {
			this.#observe({ type: 'dag runs fetched', dagId, runs: [] });
			return focused ? idleIntervalMs : unfocusedIntervalMs;
		}
		const before = state();
		const shownRun = before.dagRuns[dagId]?.find(
			run => run.dagRunId === (dagRunId ?? newestRun(before.dagRuns[dagId])?.dagRunId),
		);
		const sameView = this.#shown === `${dagId}\n${dagRunId}`;
		this.#shown = `${dagId}\n${dagRunId}`;
		this.#turn++;
		await this.#list.fetch(client, dagId, this.#isTurnOfRuns, signal);
		if (shownRun && isActiveRun(shownRun) && sameView && !isWoken && !this.#isTurnOfRuns) {
			const tasks = await this.#fetchTasks(client, dagId, shownRun.dagRunId, signal);
			// The last task has finished: the run's state follows, fetch it on the next turn.
			if (tasks.length > 0 && tasks.every(isFinishedTask)) this.#turn = -1;
			return focused ? activeIntervalMs : unfocusedIntervalMs;
		}
		const runs = await this.#fetchRuns(client, dagId, dagRunId, before, signal);
		const run = dagRunId ? runs.find(one => one.dagRunId === dagRunId) : newestRun(runs);
		if (run) await this.#fetchTasksOf(client, run, shownRun, isWoken, signal);
		// Findings are about the newest run, even if an older one is shown.
		const newest = newestRun(runs);
		if (newest && newest !== run && isActiveRun(newest) && this.#isTurnOfRuns)
			await this.#fetchTasks(client, dagId, newest.dagRunId, signal);
		if (!focused) return unfocusedIntervalMs;
		if (runs.some(isActiveRun)) return activeIntervalMs;
		const next = state().dags?.find(dag => dag.dagId === dagId);
		return Math.min(this.#deps.quiet.pauseMs(idleIntervalMs), untilNextRun(next, this.#now()));
	}

	/** Chooses the DAG if none is named; false while Airflow has none. */
	async #settleDag(client: Airflow, signal: AbortSignal): Promise<boolean> {
		const { usualDag = null, interest } = this.#deps;
		if (this.#isSettled || usualDag === null || interest.getState().dagId !== usualDag) return true;
		const dagId = await defaultDagOf(client, usualDag, signal);
		this.#isSettled = dagId !== null;
		if (dagId !== null && dagId !== usualDag) this.#observe({ type: 'default dag found', dagId });
		return this.#isSettled;
	}

	get #isTurnOfRuns(): boolean {
		return this.#turn % runsEveryTurns === 0;
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
		// A DAG without runs was probably deleted: check at once.
		if (runs.length === 0 && (before.dagRuns[dagId]?.length ?? 0) > 0) dagsWake.fire();
		this.#observe({ type: 'dag runs fetched', dagId, runs });
		// A run starts to wait: check at once whether its DAG is paused, which may be the reason.
		const waiting = runs.filter(one => one.state === 'queued').map(one => one.dagRunId);
		if (waiting.some(id => !this.#queued.includes(id))) dagsWake.fire();
		this.#queued = waiting;
		return runs;
	}

	/** The tasks of the shown run (`shownRun`: its earlier state), and of the run that they wait for. */
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
		// In a stopped run, tasks that never started stay without a state.
		const rests = known?.every(task => task.state === null || isFinishedTask(task));
		const settled = rests && !isActiveRun(run) && shownRun?.dagRunId === dagRunId;
		this.#settledTurns = settled && !isWoken && isSame(shownRun, run) ? this.#settledTurns + 1 : 0;
		if (this.#settledTurns % settledEveryTurns === 0) await this.#fetchTasks(client, dagId, dagRunId, signal);
		const past = pastRun(state(), run);
		if (past) await this.#fetchTasks(client, dagId, past.dagRunId, signal);
		// A run stalls: its DAG may have been paused or deleted.
		const stands = isStalled(state(), run);
		if (stands && this.#stalledTurns === 1) dagsWake.fire();
		this.#stalledTurns = stands ? this.#stalledTurns + 1 : 0;
	}

	async #fetchTasks(
		client: Airflow,
		dagId: string,
		dagRunId: string,
		signal: AbortSignal,
	): Promise<readonly TaskInstance[]> {
		const taskInstances = await client.taskInstances(dagId, dagRunId, signal);
		this.#observe({ type: 'task instances fetched', dagId, dagRunId, taskInstances });
		await this.#fetchQuestions(client, runKey(dagId, dagRunId), taskInstances, signal);
		await this.#explainFailures(taskInstances, task => client.taskLog(task, signal), signal);
		return taskInstances;
	}

	/** A task has asked or got its answer: what it asks is fetched with it, not with the next list of DAGs. */
	async #fetchQuestions(
		client: Airflow,
		key: string,
		tasks: readonly TaskInstance[],
		signal: AbortSignal,
	): Promise<void> {
		const asking = tasks.filter(waitsForAnswer).map(taskName).join('\n');
		if (asking === (this.#asking.get(key) ?? '')) return;
		await fetchQuestions(client, this.#deps.state(), this.#observe, signal);
		// One that waits no longer needs no place.
		if (asking === '') this.#asking.delete(key);
		else this.#asking.set(key, asking);
	}
}

/** Whether a run is unchanged: not cleared, and its end is the same. */
function isSame(
	a: { state: string; startedAt: number | null } | undefined,
	b: { state: string; startedAt: number | null },
) {
	return a?.state === b.state && a.startedAt === b.startedAt;
}
