import type * as z from 'zod/mini';
import type { MlflowRun } from '../../model/mlflow/experiment.ts';
import { newestFirst } from '../../model/mlflow/run-search.ts';
import { exactId } from '../../model/text/outside-id.ts';
import type { HttpRequest } from '../http/http.ts';
import type { runsPage } from './mlflow-answers.ts';

/** Runs of one answer at most: with their metrics and params 1000 are some megabytes. */
export const runsOfPage = 1000;

/** A search for the runs of an experiment. */
export type RunSearch = {
	readonly experimentId: string;
	/** In MLflow's language, see `model/mlflow/run-filter.ts`; all runs where left out or empty. */
	readonly filter?: string | undefined;
	/** In MLflow's words, see `model/mlflow/run-order-by.ts`; the newest first where left out. */
	readonly orderBy?: string | undefined;
	/** `nextPage` of the page before; null: the first page. */
	readonly page?: string | null | undefined;
	/** Runs of this page, `runsOfPage` at most. */
	readonly limit: number;
};

export type RunPage = {
	readonly runs: readonly MlflowRun[];
	/** MLflow's token of the next page; null: this is the last one. */
	readonly nextPage: string | null;
};

/** The request of a page: mlflow/protos/service.proto, SearchRuns. */
export function searchRequest({ experimentId, filter, orderBy, page, limit }: RunSearch, signal?: AbortSignal) {
	const body = JSON.stringify({
		experiment_ids: [exactId(experimentId)],
		max_results: Math.min(limit, runsOfPage),
		...(filter ? { filter } : {}),
		order_by: [orderBy ?? newestFirst],
		...(page ? { page_token: exactId(page) } : {}),
	});
	return { method: 'POST', path: '/api/2.0/mlflow/runs/search', isRead: true, body, signal } satisfies HttpRequest;
}

/** A full last page has a token too, which leads to an empty page. */
export function pageFound({ runs, next_page_token: token }: z.infer<typeof runsPage>): RunPage {
	return runs?.length ? { runs, nextPage: token || null } : { runs: [], nextPage: null };
}
