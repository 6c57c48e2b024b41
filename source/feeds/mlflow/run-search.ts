import type { MlflowClient } from '../../clients/mlflow/mlflow.ts';
import { runsOfPage } from '../../clients/mlflow/run-search.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { isUsualQuery, type RunSearch, searchFor, type WantedRuns } from '../../model/mlflow/run-search.ts';
import { grouped, parentOf } from '../../model/mlflow/run-series.ts';
import { mlflowRunsListed } from '../../model/settings/list-limits.ts';
import type { StackState } from '../../model/state.ts';
import { isSame } from '../../selectors/memo.ts';
import { knownMlflowRuns } from '../../selectors/mlflow-runs/known-runs.ts';
import type { InterestStore } from '../interest.ts';
import type { Quiet } from '../quiet.ts';
import { type FeedContext, retryPause, sleepPause, type Wake } from '../schedule.ts';
import { pauseAfter } from './experiments.ts';

/** Runs of a page: more than a screen has rows. MLflow needs some 75 ms of CPU for them (2.9.2). */
const perPage = 100;
/** Runs that are fetched again while the list stays open, the first ones: two pages. */
const refreshed = 200;
const activeIntervalMs = 5000;
const idleIntervalMs = 15_000;
const unfocusedIntervalMs = 30_000;
/** What was found is kept for this long after the list was closed, ms. */
const keptMs = 60_000;
const longMs = 3_600_000;
/**
 * The first runs are fetched again for at most this share of the time that MLflow needs for them: it sorts 10,000 runs by a
 * metric in seconds (3.17.2 on SQLite), all of them CPU.
 */
const refreshShare = 0.05;
/** Older runs are no news; `R` still fetches them at once. */
const longestRefreshMs = 5 * 60_000;

type Mlflow = Pick<MlflowClient, 'pageOfRuns' | 'sendsPassword'>;

export type RunSearchDeps = {
	readonly mlflow: () => Mlflow | null;
	readonly state: () => StackState;
	readonly onChange: (listener: () => void) => () => void;
	/** The tag whose value groups runs into series. */
	readonly seriesTag: string | undefined;
	readonly interest: InterestStore;
	readonly quiet: Pick<Quiet, 'pauseMs'>;
	readonly wake: Wake;
};

type Page = { readonly after: number; readonly page: string | null; readonly limit: number };

const between = (least: number, count: number, most: number) => Math.max(least, Math.min(count, most));

/** The page to ask for; null: all that is wanted is there and fresh. */
function pageDue(
	state: Pick<StackState, 'mlflowRuns'>,
	search: RunSearch | null,
	wanted: WantedRuns,
	isOld: boolean,
): Page | null {
	if (isUsualQuery(wanted)) {
		const newest = state.mlflowRuns?.length ?? 0;
		// The experiment's feed has them, or all there are.
		if (newest < mlflowRunsListed || wanted.count <= newest) return null;
	}
	if (search === null || search.seenAt === 0)
		return { after: 0, page: null, limit: between(perPage, wanted.count, runsOfPage) };
	const known = search.runs.length;
	if (isOld) return { after: 0, page: null, limit: between(perPage, known, refreshed) };
	if (known >= wanted.count || search.nextPage === null) return null;
	return { after: known, page: search.nextPage, limit: between(perPage, wanted.count - known, runsOfPage) };
}

/** Parents of one request: their IDs are in its filter. */
const parentsAsked = 100;

/** The runs in which known ones are nested. Each is asked for once: it may have been deleted. */
class Parents {
	readonly #asked = new Set<string>();

	lacking(state: StackState, experimentId: string): readonly string[] {
		const known = [...knownMlflowRuns(state), ...state.runParents];
		const ids = new Set(known.map(({ runId }) => runId));
		const wanted = new Set(known.flatMap(run => parentOf(run) ?? []));
		return [...wanted].filter(id => !ids.has(id) && /^[\w-]+$/.test(id) && !this.#asked.has(`${experimentId}/${id}`));
	}

	/** The search for some of them. */
	ask(experimentId: string, ids: readonly string[]): { readonly filter: string; readonly limit: number } {
		const some = ids.slice(0, parentsAsked);
		for (const id of some) this.#asked.add(`${experimentId}/${id}`);
		return { filter: `attributes.run_id IN (${some.map(id => `'${id}'`).join(', ')})`, limit: parentsAsked };
	}
}

/**
 * Finds what the open list of MLflow runs shows beyond the newest runs of the experiment: by filter, by order, or further
 * down. Page by page, as the selection gets there.
 */
export async function watchRunSearch(context: FeedContext, deps: RunSearchDeps): Promise<void> {
	const { clock, signal, observe, random } = context;
	const { interest, wake, state, quiet, seriesTag } = deps;
	let moves = 0;
	const move = () => {
		moves++;
		wake.fire();
	};
	const stopInterest = interest.subscribe((now, before) => {
		if (now.mlflowRuns !== before.mlflowRuns) move();
	});
	let shown: readonly unknown[] = [state().experiment?.experimentId, state().mlflowRuns];
	const stopChange = deps.onChange(() => {
		const now = [state().experiment?.experimentId, state().mlflowRuns] as const;
		// Its newest runs may be nested in others.
		if (!isSame(now, shown)) move();
		shown = now;
	});
	const parents = new Parents();
	/** How long MLflow took for the first page of a query. */
	let took = { of: '', ms: 0 };
	let failures = 0;
	let fired = wake.fired;
	try {
		while (!signal.aborted) {
			// A wake that no other selection explains: something was changed, or is to be refreshed.
			const isAsked = wake.fired - fired > moves;
			[fired, moves] = [wake.fired, 0];
			const wanted = interest.getState().mlflowRuns;
			const client = deps.mlflow();
			const experimentId = state().experiment?.experimentId;
			if (wanted === null || client === null || experimentId === undefined) {
				await rest(context, deps);
				continue;
			}
			const query = { filter: wanted.filter, orderBy: wanted.orderBy };
			const search = searchFor(state().runSearch, experimentId, query);
			const isActive = search?.runs.some(run => run.status === 'RUNNING') ?? false;
			const { focused } = interest.getState();
			const usualMs = !focused ? unfocusedIntervalMs : isActive ? activeIntervalMs : quiet.pauseMs(idleIntervalMs);
			const key = JSON.stringify([experimentId, query]);
			const costMs = took.of === key ? Math.min(longestRefreshMs, took.ms / refreshShare) : 0;
			const leftMs = (search?.seenAt ?? 0) + Math.max(usualMs, costMs) - clock.now();
			const due = pageDue(state(), search, wanted, isAsked || leftMs <= 0);
			const lacking = due === null ? parents.lacking(state(), experimentId) : [];
			if (due === null && lacking.length === 0) {
				await wake.sleep(clock, search === null ? longMs : Math.max(leftMs, 1), signal);
				continue;
			}
			const beganAt = clock.now();
			try {
				if (due === null) {
					const found = await client.pageOfRuns({ experimentId, ...parents.ask(experimentId, lacking) }, signal);
					observe({ type: 'mlflow run parents fetched', experimentId, runs: grouped(found.runs, seriesTag) });
				} else {
					const { page, limit, after } = due;
					const found = await client.pageOfRuns({ experimentId, ...query, page, limit }, signal);
					if (after === 0) took = { of: key, ms: clock.now() - beganAt };
					const runs = grouped(found.runs, seriesTag);
					observe({ type: 'mlflow runs found', experimentId, query, after, runs, nextPage: found.nextPage });
				}
				failures = 0;
				// Where each request costs a second of CPU, a cursor that moves does not make it ask faster.
				const pauseMs = pauseAfter(client, 0, clock.now() - beganAt);
				if (pauseMs > 0) await clock.sleep(pauseMs, signal);
			} catch (error) {
				if (signal.aborted) return;
				failures++;
				const failure = failureOf(error);
				observe({ type: 'mlflow run search failed', experimentId, query, failure });
				await sleepPause(retryPause(failure, failures, random()), { clock, signal, wake });
			}
		}
	} finally {
		stopInterest();
		stopChange();
	}
}

/** Waits until the list is opened; what was found is dropped after a while. */
async function rest({ clock, signal, observe }: FeedContext, { interest, wake, state }: RunSearchDeps): Promise<void> {
	// Open, but the server or the experiment is unknown yet: that it is known wakes.
	const isOpen = interest.getState().mlflowRuns !== null;
	if (isOpen || state().runSearch === null) return wake.sleep(clock, longMs, signal);
	const until = clock.now() + keptMs;
	while (!signal.aborted && interest.getState().mlflowRuns === null && clock.now() < until)
		await wake.sleep(clock, until - clock.now(), signal);
	if (!signal.aborted && interest.getState().mlflowRuns === null) observe({ type: 'mlflow run search dropped' });
}
