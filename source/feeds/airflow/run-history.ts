import type { AirflowClient } from '../../clients/airflow/airflow.ts';
import { type DagRun, isActiveRun } from '../../model/airflow/pipeline.ts';
import { hasMoved, instancesKept } from '../../model/airflow/run-history.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { runsReached } from '../../model/settings/list-limits.ts';
import { runKey, type StackState } from '../../model/state.ts';
import { historyOf, knownRuns, tasksOfRun } from '../../selectors/dag-runs/run-history.ts';
import type { InterestStore, ShownRuns } from '../interest.ts';
import { type FeedContext, retryPause, type Wake } from '../schedule.ts';

/** Task instances that one request brings, as far as the DAG's number of tasks tells: Airflow 2 needs 1 ms for each. */
const instancesAsked = 300;
/** Runs of the first request: how many instances each has is not known yet. */
const firstAsked = 5;
/** Runs of one request at most: their ids are part of it. */
const runsAsked = 50;
/** Between two requests, ms: with the feed of the shown run no more than two requests a second. */
const requestPauseMs = 700;
/** Until runs that are active are asked for again, ms. */
const activeIntervalMs = 5000;
/** Until the runs are listed again, ms: old runs change only by user action, and the newest have a feed of their own. */
const listIntervalMs = 60_000;
/** What was fetched is kept for this long after the last view was closed, ms. */
const keptMs = 60_000;

type Airflow = Pick<AirflowClient, 'pageOfRuns' | 'taskInstancesOfRuns'>;

export type RunHistoryDeps = {
	/** The client for the current address; null while there is none. */
	readonly airflow: () => Airflow | null;
	readonly state: () => StackState;
};

/** The wanted runs, and what has been seen of them: what is final is fetched once. */
export class RunHistoryReader {
	readonly #context: Pick<FeedContext, 'observe' | 'clock'>;
	readonly #state: () => StackState;
	#dagId = '';
	#listedAt = Number.NEGATIVE_INFINITY;
	/** Shown runs whose tasks have been fetched; they may have been dropped since. */
	#fetched = new Set<string>();
	/** The run that was changed last. */
	#outdated: string | null = null;

	constructor(context: Pick<FeedContext, 'observe' | 'clock'>, state: () => StackState) {
		this.#context = context;
		this.#state = state;
	}

	/** Lists the runs anew, and fetches the tasks of this run again: something was changed. */
	forget(dagRunId: string | null): void {
		this.#listedAt = Number.NEGATIVE_INFINITY;
		this.#fetched = new Set();
		this.#outdated = dagRunId;
	}

	/** Sends the request that is due. Resolves with whether there was one. Throws ClientError. */
	async next(client: Airflow, dagId: string, shown: ShownRuns, signal: AbortSignal): Promise<boolean> {
		const { clock } = this.#context;
		if (dagId !== this.#dagId) {
			this.#dagId = dagId;
			this.forget(null);
		}
		const history = historyOf(this.#state(), dagId);
		if (history === null) this.#fetched = new Set();
		if (history === null || clock.now() - this.#listedAt >= listIntervalMs) {
			this.#listedAt = clock.now();
			await this.#list(client, dagId, 0, signal);
			return true;
		}
		const known = history.runs.length;
		if (shown.to >= known && known < Math.min(history.total, runsReached)) {
			await this.#list(client, dagId, known, signal);
			return true;
		}
		const due = this.#due(knownRuns(this.#state(), dagId), shown);
		if (due.length === 0) return false;
		const tasks = await client.taskInstancesOfRuns(due, signal);
		const byRun = Map.groupBy(tasks, task => task.dagRunId);
		this.#context.observe({
			type: 'run history tasks fetched',
			dagId,
			runs: due.map(run => ({ run, taskInstances: byRun.get(run.dagRunId) ?? [] })),
		});
		for (const run of due) {
			this.#fetched.add(run.dagRunId);
			if (run.dagRunId === this.#outdated) this.#outdated = null;
		}
		return true;
	}

	async #list(client: Airflow, dagId: string, offset: number, signal: AbortSignal): Promise<void> {
		const { runs, total } = await client.pageOfRuns(dagId, offset, signal);
		// Fewer runs than the server had said: some were deleted meanwhile.
		const all = runs.length === 0 ? Math.min(total, offset) : total;
		this.#context.observe({ type: 'run history fetched', dagId, offset, runs: [...runs], total: all });
	}

	/** The runs to ask for in one request: those whose tasks are unknown, then those that have moved since. */
	#due(runs: readonly DagRun[], { from, to, dagRunId }: ShownRuns): DagRun[] {
		const state = this.#state();
		const shown = runs.slice(from, to);
		this.#fetched = new Set(shown.map(run => run.dagRunId).filter(id => this.#fetched.has(id)));
		const selected = Math.max(
			from,
			runs.findIndex(run => run.dagRunId === dagRunId),
		);
		const nearest = shown
			.map((run, index) => ({ run, distance: Math.abs(from + index - selected) }))
			.toSorted((a, b) => a.distance - b.distance)
			.map(({ run }) => run);
		const due = nearest.filter(run => this.#isDue(state, run));
		const unknown = due.filter(run => tasksOfRun(state, run.dagId, run.dagRunId) === undefined);
		const counts = [...new Set([...runs.slice(0, 1), ...shown])].flatMap(
			run => tasksOfRun(state, run.dagId, run.dagRunId)?.length ?? [],
		);
		const most = Math.max(1, state.dagTasks[this.#dagId]?.length ?? 1, ...counts);
		const held = counts.reduce((sum, count) => sum + count, 0);
		if (unknown.length === 0) return due.slice(0, Math.max(1, Math.floor(instancesAsked / most)));
		// More would drop what is shown.
		if (held + most > instancesKept) return [];
		const asked = counts.length === 0 ? firstAsked : Math.min(runsAsked, Math.floor(instancesAsked / most));
		return unknown.slice(0, Math.max(1, asked));
	}

	#isDue(state: StackState, run: DagRun): boolean {
		const { clock } = this.#context;
		if (run.dagRunId === this.#outdated) return true;
		const found = historyOf(state, run.dagId)?.tasks[run.dagRunId];
		const seenAt = Math.max(state.tasksSeenAt[runKey(run.dagId, run.dagRunId)] ?? 0, found?.fetchedAt ?? 0);
		if (isActiveRun(run)) return clock.now() - seenAt >= activeIntervalMs;
		if (found && !hasMoved(found.run, run)) return false;
		// Fetched, and dropped because there are too many.
		return found !== undefined || !this.#fetched.has(run.dagRunId);
	}
}

/** Fetches the runs and tasks that views over many runs show, while one is open. */
export async function watchRunHistory(
	context: FeedContext,
	deps: RunHistoryDeps & { readonly interest: InterestStore; readonly wake: Wake },
): Promise<void> {
	const { clock, signal, observe, random } = context;
	const { interest, wake, state } = deps;
	const reader = new RunHistoryReader(context, state);
	let moves = 0;
	const stop = interest.subscribe((now, before) => {
		if (now.history === before.history && now.dagId === before.dagId) return;
		moves++;
		wake.fire();
	});
	let failures = 0;
	let known = wake.fired;
	try {
		while (!signal.aborted) {
			// Every wake that no move of the cursor explains: something was changed, or is to be refreshed.
			const fired = wake.fired;
			if (fired - known > moves) reader.forget(interest.getState().history?.dagRunId ?? null);
			[known, moves] = [fired, 0];
			const wanted = interest.getState();
			const client = deps.airflow();
			if (wanted.history === null || client === null) {
				await rest(context, deps);
				continue;
			}
			try {
				const hasAsked = await reader.next(client, wanted.dagId, wanted.history, signal);
				failures = 0;
				// A cursor that moves does not make it ask faster.
				if (hasAsked) await clock.sleep(requestPauseMs, signal);
				else await wake.sleep(clock, activeIntervalMs, signal);
			} catch (error) {
				if (signal.aborted) return;
				failures++;
				const failure = failureOf(error);
				observe({ type: 'run history failed', dagId: wanted.dagId, failure });
				await clock.sleep(retryPause(failure, failures, random()).ms, signal);
			}
		}
	} finally {
		stop();
	}
}

/** Waits until a view over many runs is opened; what was fetched is dropped after a while. */
async function rest(
	{ clock, signal, observe }: FeedContext,
	{
		interest,
		wake,
		state,
	}: { readonly interest: InterestStore; readonly wake: Wake; readonly state: () => StackState },
): Promise<void> {
	if (state().runHistory === null) return wake.sleep(clock, idleMs, signal);
	const until = clock.now() + keptMs;
	while (!signal.aborted && interest.getState().history === null && clock.now() < until)
		await wake.sleep(clock, until - clock.now(), signal);
	if (!signal.aborted && interest.getState().history === null) observe({ type: 'run history dropped' });
}

/** Until the next look without a wake, ms. */
const idleMs = 3_600_000;
