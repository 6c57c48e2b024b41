import { exactId, inPath } from '../../../model/outside-id.ts';
import { type DagRun, newestRun, runsNewestFirst } from '../../../model/pipeline.ts';
import type { RunsWanted } from '../airflow.ts';
import { pageLimit, type RestApi } from '../rest-api.ts';
import { runsPath } from './paths.ts';
import { dagRunsAnswer } from './run-answers.ts';
import type { TokenSession } from './token-session.ts';

type Api = RestApi<TokenSession>;
/** DAGs whose newest run is requested one by one, if the common page has none of theirs. */
const newestFetchedSingly = 20;

/** The matching runs, newest first. */
export async function findRuns(
	api: Api,
	dagId: string,
	wanted: RunsWanted,
	signal: AbortSignal | undefined,
): Promise<DagRun[]> {
	const { limit, states = [], from, to } = wanted;
	const query: [string, string][] = states.map(state => ['state', state]);
	// By logical date, runs without one would be left out; the server ignores unknown filters silently.
	if (from !== undefined) query.push(['run_after_gte', new Date(from).toISOString()]);
	if (to !== undefined) query.push(['run_after_lte', new Date(to).toISOString()]);
	if (from !== undefined || to !== undefined) {
		return (await runsOf(api, dagId, [...query, ['order_by', '-run_after']], limit, signal)).runs;
	}
	const made = await runsOf(api, dagId, [...query, ['order_by', '-id']], limit, signal);
	// An old run may have been cleared, and started again.
	const started =
		made.total > made.runs.length
			? await runsOf(api, dagId, [...query, ...byStart], Math.min(limit, pageLimit), signal)
			: undefined;
	return runsNewestFirst(merged(made.runs, started?.runs ?? [])).slice(0, limit);
}

/** The newest run of each DAG that has one. */
export async function newestRuns(
	api: Api,
	dagIds: readonly string[],
	signal: AbortSignal | undefined,
): Promise<DagRun[]> {
	const ask = async (order: Readonly<Record<string, string>>) => {
		const answer = await api.request({
			method: 'POST',
			path: '/api/v2/dags/~/dagRuns/list',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ ...order, page_limit: pageLimit, dag_ids: dagIds.map(exactId) }),
			signal,
		});
		const { dag_runs: runs, total_entries: total } = api.parse(
			answer,
			['newest DAG runs', '최근 DAG 실행'],
			dagRunsAnswer,
		);
		return { runs, total };
	};
	// One page with the newest runs of all DAGs has most of them; a DAG crowded out by others gets its own request.
	const made = await ask({ order_by: '-id' });
	const isAll = made.total <= made.runs.length;
	const started = isAll ? [] : (await ask(Object.fromEntries(byStart))).runs;
	const byDag = Map.groupBy(merged(made.runs, started), ({ dagId }) => dagId);
	const known = [...byDag.values()].flatMap(runs => newestRun(runs) ?? []);
	const missing = isAll ? [] : dagIds.filter(dagId => !byDag.has(dagId)).slice(0, newestFetchedSingly);
	for (const dagId of missing) {
		const newest = newestRun(await findRuns(api, dagId, { limit: 1 }, signal));
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
	const words = query.map(([name, value]) => `&${name}=${inPath(value)}`).join('');
	let total = 0;
	const runs = await api.pages(
		offset => `${runsPath(dagId)}?limit=${Math.min(pageLimit, limit - offset)}&offset=${offset}${words}`,
		dagRunsAnswer,
		['DAG runs', 'DAG 실행 목록'],
		page => {
			total = page.total_entries;
			return page.dag_runs;
		},
		signal,
		limit,
	);
	return { runs: merged(runs, []).slice(0, limit), total };
}

/** Started runs, the last first. Runs without a start are left out, because databases sort them differently. */
const byStart: readonly [string, string][] = [
	['order_by', '-start_date'],
	['start_date_gte', '1970-01-01T00:00:00Z'],
];

/** Each run once: one that starts between two pages moves in their order, and would appear twice. */
function merged(some: readonly DagRun[], others: readonly DagRun[]): DagRun[] {
	return [...new Map([...some, ...others].map(run => [`${run.dagId}\n${run.dagRunId}`, run])).values()];
}
