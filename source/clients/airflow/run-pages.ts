import type * as z from 'zod/mini';
import { exactId, inPath } from '../../model/text/outside-id.ts';
import type { HttpAnswer } from '../http/http.ts';
import { type LoggedIn, pageLimit, type RestApi } from './rest-api.ts';

/** DAGs whose newest run is requested one by one, if the common page has none of theirs. */
export const newestFetchedSingly = 20;

/** Started runs, the last first. Runs without a start are left out, because databases sort them differently. */
export const byStart: readonly [string, string][] = [
	['order_by', '-start_date'],
	['start_date_gte', '1970-01-01T00:00:00Z'],
];

type RunsAnswer<Run> = z.ZodMiniType<{ dag_runs: Run[]; total_entries: number }>;

/** Runs as Airflow sends them, with their total number and the last response. */
export type RunPages<Run> = { readonly runs: Run[]; readonly total: number; readonly answer: HttpAnswer | undefined };

/** The first `limit` runs under `path`, page by page. A run that moves between two pages appears twice. */
export async function runPages<Run>(
	api: RestApi<LoggedIn>,
	path: string,
	query: readonly (readonly [string, string])[],
	limit: number,
	schema: RunsAnswer<Run>,
	signal: AbortSignal | undefined,
): Promise<RunPages<Run>> {
	const words = query.map(([name, value]) => `&${name}=${inPath(value)}`).join('');
	let total = 0;
	let last: HttpAnswer | undefined;
	const runs = await api.pages(
		offset => `${path}?limit=${Math.min(pageLimit, limit - offset)}&offset=${offset}${words}`,
		schema,
		['DAG runs', 'DAG 실행 목록'],
		(page, answer) => {
			total = page.total_entries;
			last = answer;
			return page.dag_runs;
		},
		signal,
		{ wanted: limit },
	);
	return { runs, total, answer: last };
}

/** One page of the runs under `path`, newest row first; `runState` null: any. */
export async function runPage<Run>(
	api: RestApi<LoggedIn>,
	path: string,
	{ offset, runState }: { readonly offset: number; readonly runState: string | null },
	schema: RunsAnswer<Run>,
	signal: AbortSignal | undefined,
): Promise<RunPages<Run>> {
	const ofState = runState === null ? '' : `&state=${inPath(runState)}`;
	const answer = await api.request({
		path: `${path}?limit=${pageLimit}&offset=${offset}&order_by=-id${ofState}`,
		signal,
	});
	const { dag_runs: runs, total_entries: total } = api.parse(answer, ['DAG runs', 'DAG 실행 목록'], schema);
	return { runs, total, answer };
}

/** The first page of the runs of all these DAGs. `root`: `/api/v1` or `/api/v2`. */
export async function commonPage<Run>(
	api: RestApi<LoggedIn>,
	root: string,
	dagIds: readonly string[],
	order: Readonly<Record<string, string>>,
	schema: RunsAnswer<Run>,
	signal: AbortSignal | undefined,
): Promise<RunPages<Run>> {
	const answer = await api.request({
		method: 'POST',
		path: `${root}/dags/~/dagRuns/list`,
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ ...order, page_limit: pageLimit, dag_ids: dagIds.map(exactId) }),
		signal,
	});
	const { dag_runs: runs, total_entries: total } = api.parse(answer, ['newest DAG runs', '최근 DAG 실행'], schema);
	return { runs, total, answer };
}
