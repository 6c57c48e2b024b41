import type { Monitor } from '../../app/monitor.ts';
import { runsOfPage } from '../../clients/mlflow/run-search.ts';
import { seeHelp, UsageError } from '../../command-line/arguments/given.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import { mlflowRunPart } from '../../command-line/facts/mlflow.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { experimentRuns } from '../../command-line/names/mlflow-runs.ts';
import type { Style } from '../../command-line/output/style.ts';
import type { TextTable } from '../../command-line/output/table-cells.ts';
import { clock, metric, when } from '../../command-line/output/text-parts.ts';
import { show } from '../../command-line/show/show.ts';
import type { MlflowRun } from '../../model/experiment.ts';
import { mlflowStatusLook } from '../../model/mlflow-status.ts';
import { filterProblem, filterProblemText } from '../../model/run-filter.ts';
import type { FilterProblem } from '../../model/run-filter-reader.ts';
import { orderProblem } from '../../model/run-order-by.ts';
import { newestFirst } from '../../model/run-search.ts';
import { mlflowOf } from '../../operations/mlflow.ts';
import { type RunNode, runTree } from '../../selectors/run-tree.ts';
import { hasNullComparators } from '../../selectors/server-state.ts';
import { phrase } from '../../words/message.ts';

const defaultLimit = 20;

/** `laketop mlflow-runs` */
export function run(context: CommandContext): Promise<number> {
	const { given } = context;
	const filter = given.text('filter')?.trim() ?? '';
	const orderBy = given.text('order-by')?.trim() ?? newestFirst;
	demandValid('order-by', orderBy, orderProblem(orderBy));
	// What only a newer server knows is checked when its version is known.
	demandValid('filter', filter, filterProblem(filter));
	let found: Found = { runs: [], hasMore: false };
	return show<Document<'mlflow-runs'>>(context, {
		watch: ['experiment'],
		requires: ['experiment'],
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
		blocks: (document, style) => [runsTable(document, runTree(found.runs, [], new Set()), style)],
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

/** Nested runs stand below their parents, as on the screen; in the document, all are in the order that was asked for. */
function runsTable(document: Document<'mlflow-runs'>, tree: readonly RunNode[], style: Style): TextTable {
	const { say, glyphs } = style;
	const { runs, experiment, filter, at } = document;
	return {
		columns: [
			{ title: say(['MLFLOW RUN', 'MLflow 실행']), yields: 3 },
			{ title: say(['STATUS', '상태']) },
			{ title: say(['STARTED', '시작']) },
			{ title: say(['DURATION', '소요 시간']), align: 'right' },
			{ title: say(['METRICS', '메트릭']), yields: 2 },
			{ title: say(['PARAMS', '파라미터']), yields: 1 },
			{ title: say(['RUN ID', '실행 ID']) },
		],
		rows: tree.flatMap(({ runId, depth }) => {
			const run = runs.find(one => one.run_id === runId);
			if (!run) return [];
			const { word, symbol, tone } = mlflowStatusLook(run.status);
			return [
				[
					{ text: `${'  '.repeat(depth)}${run.run_name}` },
					{ text: say([run.status, word[1]]), symbol, tone },
					{ text: when(run.started_at, at, style) },
					{ text: run.ended_at === null ? '' : clock(Date.parse(run.ended_at) - Date.parse(run.started_at)) },
					{
						text: Object.entries(run.metrics)
							.map(([key, value]) => `${key}=${metric(value, glyphs)}`)
							.join(' '),
					},
					{
						text: Object.entries(run.params)
							.map(([key, value]) => `${key}=${value}`)
							.join(' '),
					},
					{ text: run.run_id, tone: 'muted' },
				],
			];
		}),
		empty:
			filter === ''
				? say(['No MLflow runs in {experiment} yet.', '{experiment}에 아직 MLflow 실행이 없습니다.'], { experiment })
				: say(['No MLflow run of {experiment} matches.', '{experiment}에 일치하는 MLflow 실행이 없습니다.'], {
						experiment,
					}),
	};
}
