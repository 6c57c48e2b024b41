import type { Monitor } from '../../app/monitor.ts';
import { runsOfPage } from '../../clients/mlflow/run-search.ts';
import { seeHelp, UsageError } from '../../command-line/arguments/given.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import { mlflowRunPart } from '../../command-line/facts/mlflow.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { experimentRuns } from '../../command-line/names/mlflow-runs.ts';
import { show } from '../../command-line/show/show.ts';
import type { MlflowRun } from '../../model/mlflow/experiment.ts';
import { filterProblem, filterProblemText } from '../../model/mlflow/run-filter.ts';
import type { FilterProblem } from '../../model/mlflow/run-filter-reader.ts';
import { orderProblem } from '../../model/mlflow/run-order-by.ts';
import { newestFirst } from '../../model/mlflow/run-search.ts';
import { mlflowOf } from '../../operations/models/mlflow.ts';
import { runTree } from '../../selectors/mlflow-runs/run-tree.ts';
import { hasNullComparators } from '../../selectors/servers/server-state.ts';
import { phrase } from '../../words/message.ts';
import { readColumns, runsTable } from './runs-table.ts';

const defaultLimit = 20;

/** `laketop mlflow-runs` */
export function run(context: CommandContext): Promise<number> {
	const { given } = context;
	const filter = given.text('filter')?.trim() ?? '';
	const orderBy = given.text('order-by')?.trim() ?? newestFirst;
	demandValid('order-by', orderBy, orderProblem(orderBy));
	const columns = readColumns(given.text('columns'));
	// What only a newer server knows is checked when its version is known.
	demandValid('filter', filter, filterProblem(filter));
	let found: Found = { runs: [], hasMore: false };
	return show<Document<'mlflow-runs'>>(context, {
		watch: ['experiment'],
		requires: ['experiment'],
		interest: { withoutNewestRuns: true },
		ask: async (monitor, signal) => {
			const state = monitor.store.current();
			experimentRuns(state, context);
			demandValid('filter', filter, filterProblem(filter, hasNullComparators(state)));
			const experimentId = state.experiment?.experimentId;
			const limit = given.count('limit') ?? defaultLimit;
			if (experimentId) found = await search(monitor, { experimentId, filter, orderBy, limit }, signal);
		},
		document: (state, now) => ({
			schema: 'laketop/mlflow-runs/1',
			at: rfc3339(now),
			experiment: experimentRuns(state, context).experiment,
			experiment_id: state.experiment?.experimentId ?? null,
			filter,
			order_by: orderBy,
			runs: found.runs.map(mlflowRunPart),
			has_more: found.hasMore,
		}),
		blocks: (document, style) => [runsTable(document, runTree(found.runs, [], new Set()), columns, style)],
	});
}

function demandValid(option: string, text: string, problem: FilterProblem | null): void {
	if (problem === null) return;
	const why = filterProblemText(text, problem);
	throw new UsageError(phrase(['--{option}: {why}', '--{option}: {why}'], { option, why }), seeHelp('mlflow-runs'));
}

type Found = { readonly runs: readonly MlflowRun[]; readonly hasMore: boolean };
type Wanted = {
	readonly experimentId: string;
	readonly filter: string;
	readonly orderBy: string;
	readonly limit: number;
};

async function search(
	{ clients }: Pick<Monitor, 'clients'>,
	{ limit, ...search }: Wanted,
	signal: AbortSignal,
): Promise<Found> {
	const mlflow = mlflowOf(clients);
	const runs: MlflowRun[] = [];
	let page: string | null = null;
	do {
		const most = Math.min(limit - runs.length, runsOfPage);
		const found = await mlflow.pageOfRuns({ ...search, page, limit: most }, signal);
		runs.push(...found.runs);
		page = found.nextPage;
	} while (page !== null && runs.length < limit);
	return { runs, hasMore: page !== null };
}
