import { type DagRun, newestRun, runsNewestFirst } from '../../../model/airflow/pipeline.ts';
import { type ReportedRun, withQueueTimes } from '../../../model/airflow/run-order.ts';
import type { Text } from '../../../words/language.ts';
import type { HttpAnswer } from '../../http/http.ts';
import type { FoundRuns, RunPage, RunsWanted } from '../airflow.ts';
import { byStart, commonPage, newestFetchedSingly, runPage, runPages } from '../run-pages.ts';
import { runsPath } from './paths.ts';
import { type AirflowRestApi, pageLimit } from './rest-api.ts';
import { dagRunAnswer, dagRunsAnswer } from './run-answers.ts';

/** The matching runs, newest first. */
export async function findRuns(
	api: AirflowRestApi,
	dagId: string,
	wanted: RunsWanted,
	signal: AbortSignal | undefined,
): Promise<FoundRuns> {
	const { limit, states = [], from, to } = wanted;
	const query: [string, string][] = states.map(state => ['state', state]);
	if (from !== undefined) query.push(['execution_date_gte', new Date(from).toISOString()]);
	if (to !== undefined) query.push(['execution_date_lte', new Date(to).toISOString()]);
	if (from !== undefined || to !== undefined) {
		const { runs, now, total } = await runsOf(api, dagId, [...query, ['order_by', '-execution_date']], limit, signal);
		const times = new Map(withQueueTimes(runs, now).map(run => [run.dagRunId, run]));
		return { runs: runs.flatMap(({ run }) => times.get(run.dagRunId) ?? []), total };
	}
	const made = await runsOf(api, dagId, [...query, ['order_by', '-id']], limit, signal);
	// An old run may have been cleared, and started again.
	const started =
		made.total > made.runs.length
			? await runsOf(api, dagId, [...query, ...byStart], Math.min(limit, pageLimit), signal)
			: undefined;
	const runs = runsNewestFirst(withQueueTimes(merged(made.runs, started?.runs ?? []), made.now)).slice(0, limit);
	return { runs, total: made.total };
}

/** The runs of a DAG in the order of their rows, the last first: one page. */
export async function pageOfRuns(
	api: AirflowRestApi,
	dagId: string,
	page: { readonly offset: number; readonly runState: string | null },
	signal: AbortSignal | undefined,
): Promise<RunPage> {
	const { runs, total, answer } = await runPage(api, runsPath(dagId), page, dagRunsAnswer, signal);
	return { runs: withQueueTimes(runs, serverTime(answer)), total };
}

/** The newest run of each DAG that has one. */
export async function newestRuns(
	api: AirflowRestApi,
	dagIds: readonly string[],
	signal: AbortSignal | undefined,
): Promise<DagRun[]> {
	const ask = (order: Readonly<Record<string, string>>) =>
		commonPage(api, '/api/v1', dagIds, order, dagRunsAnswer, signal);
	// One page with the newest runs of all DAGs has most of them; a DAG crowded out by others gets its own request.
	const made = await ask({ order_by: '-id' });
	const started = made.total > made.runs.length ? (await ask(Object.fromEntries(byStart))).runs : [];
	const byDag = Map.groupBy(merged(made.runs, started), ({ run }) => run.dagId);
	const now = serverTime(made.answer);
	const known = [...byDag.values()].flatMap(runs => newestRun(withQueueTimes(runs, now)) ?? []);
	const missing = dagIds
		.filter(dagId => !byDag.has(dagId))
		.slice(0, made.total > made.runs.length ? newestFetchedSingly : 0);
	for (const dagId of missing) {
		// Several runs, because their order shows when one was queued.
		const newest = newestRun((await findRuns(api, dagId, { limit: 5 }, signal)).runs);
		if (newest) known.push(newest);
	}
	return known;
}

/** The run in a response. */
export function readRun(api: AirflowRestApi, answer: HttpAnswer, what: Text): DagRun {
	const reported = api.parse(answer, what, dagRunAnswer);
	return withQueueTimes([reported], serverTime(answer))[0] ?? reported.run;
}

/** Runs of a DAG, page by page, with the server's clock and their total number. */
async function runsOf(
	api: AirflowRestApi,
	dagId: string,
	query: readonly (readonly [string, string])[],
	limit: number,
	signal: AbortSignal | undefined,
): Promise<{ runs: ReportedRun[]; total: number; now: number }> {
	const { runs, total, answer } = await runPages(api, runsPath(dagId), query, limit, dagRunsAnswer, signal);
	return { runs: merged(runs, []).slice(0, limit), total, now: serverTime(answer) };
}

/**
 * The runs created last, followed by others, each once: a run that starts between two pages moves in their order, and
 * would appear twice.
 */
function merged(made: readonly ReportedRun[], others: readonly ReportedRun[]): ReportedRun[] {
	const key = ({ run }: ReportedRun) => `${run.dagId}\n${run.dagRunId}`;
	const all = new Map(made.map(one => [key(one), one]));
	// Created before all of those, probably in the order of their dates.
	for (const one of others.toSorted((a, b) => (b.run.logicalDate ?? 0) - (a.run.logicalDate ?? 0))) {
		if (!all.has(key(one))) all.set(key(one), one);
	}
	return [...all.values()];
}

/** The server's clock, on which its dates are based; ms. Whole seconds are up to one behind, so one is added. */
function serverTime(answer: HttpAnswer | undefined): number {
	const time = Date.parse(String(answer?.headers.date));
	return Number.isFinite(time) ? time + 1000 : Date.now();
}
