import * as z from 'zod/mini';
import { failureSchema } from '../source.ts';
import { type MlflowRun, mlflowRunSchema } from './experiment.ts';

/** The newest run first: MLflow's own order, and that of the screen. */
export const newestFirst = 'attributes.start_time DESC';

/** Which runs of an experiment are wanted, in MLflow's words. */
export const runQuerySchema = z.object({
	/** See `run-filter.ts`; empty: all runs. */
	filter: z.string(),
	/** See `run-order-by.ts`. */
	orderBy: z.string(),
});
export type RunQuery = z.infer<typeof runQuerySchema>;

/** The first runs of a query. */
export type WantedRuns = RunQuery & { readonly count: number };

/** The query whose runs the experiment's feed has, as far as they are its newest. */
export const isUsualQuery = ({ filter, orderBy }: RunQuery): boolean => filter === '' && orderBy === newestFirst;

/** The runs of an experiment that MLflow found, from the first on. */
export const runSearchSchema = z.object({
	experimentId: z.string(),
	query: runQuerySchema,
	/** In the order of the query. */
	runs: z.array(mlflowRunSchema),
	/** MLflow's token of the next page; null: there is none. */
	nextPage: z.nullable(z.string()),
	/** Why the last request failed; null: it did not. */
	failure: z.nullable(failureSchema),
	/** When the first page was fetched last, ms since the epoch; 0: not yet. */
	seenAt: z.number(),
});
export type RunSearch = z.infer<typeof runSearchSchema>;

/** The search for that query; null: there is another one, or none. */
export function searchFor(
	search: RunSearch | null,
	experimentId: string | undefined,
	{ filter, orderBy }: RunQuery,
): RunSearch | null {
	const isThis =
		search?.experimentId === experimentId && search?.query.filter === filter && search.query.orderBy === orderBy;
	return isThis ? search : null;
}

/** A page that MLflow sent. `after`: runs before it. */
export type FoundPage = {
	readonly after: number;
	readonly runs: readonly MlflowRun[];
	readonly nextPage: string | null;
};

/**
 * The runs with a page of them fetched again, or for the first time. Runs may have moved since: each stays once, at its
 * new place. Pure.
 */
export function withPage(before: RunSearch, { after, runs, nextPage }: FoundPage): RunSearch {
	const fetched = new Set(runs.map(({ runId }) => runId));
	const others = (list: readonly MlflowRun[]) => list.filter(({ runId }) => !fetched.has(runId));
	const end = after + runs.length;
	const isLast = end >= before.runs.length || nextPage === null;
	return {
		...before,
		runs: [...others(before.runs.slice(0, after)), ...runs, ...(isLast ? [] : others(before.runs.slice(end)))],
		nextPage: isLast ? nextPage : before.nextPage,
		failure: null,
	};
}
