import { type DagRun, newestRun, runsNewestFirst } from '../../../model/airflow/pipeline.ts';
import { failureOf } from '../../../model/failures/failure.ts';
import type { FoundRuns, RunPage, RunsWanted } from '../airflow.ts';
import { type LoggedIn, pageLimit, type RestApi } from '../rest-api.ts';
import { byStart, commonPage, newestFetchedSingly, runPage, runPages } from '../run-pages.ts';
import { runsPath } from './paths.ts';
import { dagRunsAnswer } from './run-answers.ts';

type Api = RestApi<LoggedIn>;

/** The matching runs, newest first. */
export async function findRuns(
	api: Api,
	dagId: string,
	wanted: RunsWanted,
	signal: AbortSignal | undefined,
): Promise<FoundRuns> {
	const { limit, states = [], from, to } = wanted;
	const query: [string, string][] = states.map(state => ['state', state]);
	// By logical date, runs without one would be left out; the server ignores unknown filters silently.
	if (from !== undefined) query.push(['run_after_gte', new Date(from).toISOString()]);
	if (to !== undefined) query.push(['run_after_lte', new Date(to).toISOString()]);
	if (from !== undefined || to !== undefined) {
		return runsOf(api, dagId, [...query, ['order_by', '-run_after']], limit, signal);
	}
	const made = await runsOf(api, dagId, [...query, ['order_by', '-id']], limit, signal);
	// An old run may have been cleared, and started again.
	const started =
		made.total > made.runs.length
			? await runsOf(api, dagId, [...query, ...byStart], Math.min(limit, pageLimit), signal)
			: undefined;
	return { runs: runsNewestFirst(merged(made.runs, started?.runs ?? [])).slice(0, limit), total: made.total };
}

/** The runs of a DAG in the order of their rows, the last first: one page. */
export async function pageOfRuns(
	api: Api,
	dagId: string,
	page: { readonly offset: number; readonly runState: string | null },
	signal: AbortSignal | undefined,
): Promise<RunPage> {
	const { runs, total } = await runPage(api, runsPath(dagId), page, dagRunsAnswer, signal);
	return { runs, total };
}

/** The newest run of each DAG that has one. */
export async function newestRuns(
	api: Api,
	dagIds: readonly string[],
	signal: AbortSignal | undefined,
): Promise<DagRun[]> {
	const ask = (order: Readonly<Record<string, string>>) =>
		commonPage(api, '/api/v2', dagIds, order, dagRunsAnswer, signal);
	// One page with the newest runs of all DAGs has most of them; a DAG crowded out by others gets its own request.
	const made = await ask({ order_by: '-id' });
	const isAll = made.total <= made.runs.length;
	const started = isAll ? [] : (await ask(Object.fromEntries(byStart))).runs;
	const byDag = Map.groupBy(merged(made.runs, started), ({ dagId }) => dagId);
	const known = [...byDag.values()].flatMap(runs => newestRun(runs) ?? []);
	const missing = isAll ? [] : dagIds.filter(dagId => !byDag.has(dagId)).slice(0, newestFetchedSingly);
	for (const dagId of missing) {
		const newest = newestRun((await findRuns(api, dagId, { limit: 1 }, signal)).runs);
		if (newest) known.push(newest);
	}
	return known;
}

/** Runs of a DAG, page by page, and their total number. */
async function runsOf(
	api: Api,
	dagId: string,
	query: readonly (readonly [string, string])[],
	limit: number,
	signal: AbortSignal | undefined,
): Promise<{ runs: DagRun[]; total: number }> {
	try {
		const { runs, total } = await runPages(api, runsPath(dagId), query, limit, dagRunsAnswer, signal);
		return { runs: merged(runs, []).slice(0, limit), total };
	} catch (error) {
		// Airflow 2 answers a request for the runs of an unknown DAG with an empty list. Whoever needs to know asks for the DAG.
		if (failureOf(error).kind === 'not-found') return { runs: [], total: 0 };
		throw error;
	}
}

/** Each run once: one that starts between two pages moves in their order, and would appear twice. */
function merged(some: readonly DagRun[], others: readonly DagRun[]): DagRun[] {
	return [...new Map([...some, ...others].map(run => [`${run.dagId}\n${run.dagRunId}`, run])).values()];
}
