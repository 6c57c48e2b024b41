import { orderBy } from '../../../model/mlflow/run-order-by.ts';
import {
	isUsualQuery,
	newestFirst,
	type RunQuery,
	type RunSearch,
	searchFor,
	type WantedRuns,
} from '../../../model/mlflow/run-search.ts';
import { keyColumn } from '../../../model/run-columns.ts';
import type { StackState } from '../../../model/state.ts';
import { ownValue } from '../../../model/text/own-value.ts';
import type { Browse, ViewState } from '../../conversation.ts';
import { isDescendingAt } from './key-columns.ts';

/** What the list of MLflow runs asks MLflow for. */

/** MLflow's filter of the shown experiment; empty: none. */
export function runFilterOf({ runFilters, experiment }: Pick<ViewState, 'runFilters' | 'experiment'>): string {
	return runFilters[experiment ?? ''] ?? '';
}

export function withRunFilter(view: ViewState, filter: string): ViewState {
	return { ...view, runFilters: { ...view.runFilters, [view.experiment ?? '']: filter } };
}

/** The experiment whose columns are chosen. */
export const experimentShown = ({ experiment }: Pick<StackState, 'experiment'>, view: Pick<ViewState, 'experiment'>) =>
	experiment?.name ?? view.experiment ?? '';

/** IDs of the columns that the user chose; null: the usual ones. */
export function chosenColumns(
	state: Pick<StackState, 'experiment'>,
	view: Pick<ViewState, 'experiment' | 'runColumns'>,
): readonly string[] | null {
	return ownValue(view.runColumns, experimentShown(state, view)) ?? null;
}

/** What MLflow calls the columns that it can sort by; in the order of the column's own direction. */
const orders: Readonly<Record<string, readonly [kind: 'attributes' | 'tags', key: string, isDescending: boolean]>> = {
	began: ['attributes', 'start_time', true],
	name: ['attributes', 'run_name', false],
	status: ['attributes', 'status', false],
	'dag-run': ['tags', 'dag_run_id', false],
};

function orderOf(sort: string): string | null {
	const isReversed = sort.startsWith('-');
	const id = sort.replace(/^-/, '');
	const order = orders[id];
	if (id === 'began' && !isReversed) return newestFirst;
	if (order) return orderBy(order[0], order[1], order[2] !== isReversed);
	const column = keyColumn(id);
	return column && orderBy(column.kind, column.key, isDescendingAt(column) !== isReversed);
}

/** MLflow's order for the sort column; null: it has none, and the fetched runs are sorted here. */
export const shownOrder = (sort: string | null): string | null => (sort === null ? newestFirst : orderOf(sort));

export function shownQuery(
	view: Pick<ViewState, 'runFilters' | 'experiment'>,
	{ sort, state }: Pick<Browse, 'sort' | 'state'>,
): RunQuery {
	const filters = [runFilterOf(view), state === null ? '' : `attributes.status = '${state}'`];
	return { filter: filters.filter(Boolean).join(' and '), orderBy: shownOrder(sort) ?? newestFirst };
}

/** What MLflow found for the shown query; null: nothing yet, or the experiment's feed has its runs. */
export function shownSearch(state: StackState, view: ViewState, browse: Browse): RunSearch | null {
	return searchFor(state.runSearch, state.experiment?.experimentId, shownQuery(view, browse));
}

/** Runs that are fetched before the selection gets to them. */
const ahead = 50;
/** Runs that are fetched more at a time. */
const step = 100;
/** More are not held. */
const most = 10_000;

/**
 * What to fetch for the open list.
 * @param rows shown rows
 * @param index of the selected one
 */
export function wantedRuns(
	state: StackState,
	view: ViewState,
	browse: Browse,
	{ rows, index }: { readonly rows: number; readonly index: number },
): WantedRuns {
	const query = shownQuery(view, browse);
	const newest = isUsualQuery(query) ? (state.mlflowRuns?.length ?? 0) : 0;
	const known = Math.max(newest, shownSearch(state, view, browse)?.runs.length ?? 0);
	// Words select among the fetched runs: they are no reason to fetch all.
	const isNearEnd = browse.filter === '' && rows - index <= ahead;
	return { ...query, count: Math.min(most, known + (isNearEnd || known === 0 ? step : 0)) };
}
