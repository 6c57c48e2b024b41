import type { Monitor } from '../../app/monitor.ts';
import type { DagRun } from '../../model/airflow/pipeline.ts';
import type { MlflowRun } from '../../model/mlflow/experiment.ts';
import { metricDirection } from '../../model/mlflow/metric-direction.ts';
import type { MetricHistory } from '../../model/mlflow/metric-history.ts';
import type { StackState } from '../../model/state.ts';
import { glyphSets } from '../../presentation/glyphs.ts';
import { fitted } from '../../presentation/graph/sizes.ts';
import { graphPicture } from '../../presentation/graph/svg.ts';
import { chartPicture } from '../../presentation/svg/chart.ts';
import { gridPicture } from '../../presentation/svg/grid.ts';
import type { Picture } from '../../presentation/svg/page.ts';
import { shownPipeline } from '../../selectors/dag-runs/shown-pipeline.ts';
import { runGraph } from '../../selectors/graph-grid-gantt/run-graph.ts';
import { runGrid } from '../../selectors/graph-grid-gantt/run-grid.ts';
import { mlflowRunsOf } from '../../selectors/links/run-models.ts';
import { metricChart } from '../../selectors/mlflow-runs/metric-chart.ts';
import { chartOverRuns, runsOver } from '../../selectors/mlflow-runs/metric-over-runs.ts';
import type { ReportWords } from './report-words.ts';

/** Runs of the grid: a page is as wide. */
const gridRuns = 25;
/** More boxes or rows than anybody reads on a page; `laketop graph` and `grid` have them all. */
const mostTasks = 80;
/** The width of the page, 60rem less its margins; from top to bottom what is wider. */
const pageCells = 105;
/** Of all MLflow runs together: those of metrics whose better direction is known come first. */
const mostCharts = 6;

/** What only HTML shows, because Markdown has no pictures and JSON has the facts elsewhere. */
export type ReportPictures = {
	readonly graph: Picture | null;
	readonly grid: Picture | null;
	/** By metric. */
	readonly metrics: readonly { readonly caption: string; readonly picture: Picture }[];
};

export const noPictures: ReportPictures = { graph: null, grid: null, metrics: [] };

type Logged = { readonly run: MlflowRun; readonly key: string; readonly isOverSteps: boolean };

/** The metrics of the DAG run that are drawn. */
function chartedOf(state: StackState, run: DagRun): readonly Logged[] {
	const { runs } = mlflowRunsOf(run, state.mlflowRuns ?? []);
	const logged = runs.flatMap(one =>
		one.metrics.map(({ key, step }): Logged => ({ run: one, key, isOverSteps: step > 0 })),
	);
	const first = new Map<string, Logged>();
	for (const one of logged.toSorted((a, b) => rankOf(a) - rankOf(b))) if (!first.has(one.key)) first.set(one.key, one);
	return [...first.values()].slice(0, mostCharts);
}

const rankOf = ({ key, isOverSteps }: Logged) => (isOverSteps ? 0 : metricDirection(key) === null ? 2 : 1);

/** The histories of what is drawn over steps. One that cannot be fetched is not drawn: the report has the last value. */
export async function readHistories(
	{ store, clients: { mlflow } }: Monitor,
	run: DagRun,
	signal: AbortSignal,
): Promise<readonly MetricHistory[]> {
	const histories: MetricHistory[] = [];
	for (const { run: of, key } of chartedOf(store.current(), run).filter(({ isOverSteps }) => isOverSteps)) {
		try {
			if (mlflow) histories.push(await mlflow.metricHistory({ runId: of.runId, key }, signal));
		} catch (error) {
			if (signal.aborted) throw error;
		}
	}
	return histories;
}

/** @param histories of the metrics that were logged at several steps */
export function picturesOf(
	{ state, run, now }: { readonly state: StackState; readonly run: DagRun; readonly now: number },
	histories: readonly MetricHistory[],
	words: ReportWords,
): ReportPictures {
	return {
		graph: graphOf(state, run, now, words),
		grid: gridOf(state, run, now, words),
		metrics: chartedOf(state, run).flatMap(logged => {
			const picture = chartOf(state, logged, now, histories, words);
			return picture === null ? [] : [picture];
		}),
	};
}

function graphOf(state: StackState, { dagId, dagRunId }: DagRun, now: number, words: ReportWords): Picture | null {
	const graph = runGraph(shownPipeline(state, dagId, dagRunId), state.dagTasks[dagId], now);
	const { nodes } = graph.shape;
	if (!graph.hasEdges || nodes.length === 0) return null;
	const folded = nodes.length > mostTasks ? nodes.filter(({ isGroup }) => isGroup).map(({ id }) => id) : [];
	const layout = fitted(graph.shape, folded, pageCells, Number.POSITIVE_INFINITY, glyphSets.unicode);
	if (layout.graph.boxes.length > mostTasks) return null;
	return graphPicture(graph, layout, { ...words, title: words.say(['Tasks as a graph', '작업 그래프']) });
}

function gridOf(state: StackState, { dagId, dagRunId }: DagRun, now: number, words: ReportWords): Picture | null {
	const grid = runGrid(state, dagId, { from: 0, to: gridRuns }, { dagRunId, folded: [] }, now);
	if (grid.columns.length < 2 || grid.rows.length > mostTasks) return null;
	return gridPicture(grid, { ...words, now, title: words.say(['Tasks of the last DAG runs', '최근 DAG 실행의 작업']) });
}

function chartOf(
	{ mlflowRuns }: StackState,
	{ run, key, isOverSteps }: Logged,
	now: number,
	histories: readonly MetricHistory[],
	{ say }: ReportWords,
): ReportPictures['metrics'][number] | null {
	const name = run.runName || run.runId;
	const history = histories.find(one => one.runId === run.runId && one.key === key);
	if (isOverSteps && !history) return null;
	const over = runsOver([key], [run], mlflowRuns ?? []);
	if (!history && over.length < 2) return null;
	const chart = history ? metricChart([history], [run], 'step', 0) : chartOverRuns([key], over, 0);
	const caption = history
		? say(['{metric} of {run}, by step', '{run}의 {metric}(step별)'], { metric: key, run: name })
		: say(['{metric} of {run}, over MLflow runs', '{run}의 {metric}(MLflow 실행별)'], { metric: key, run: name });
	const picture = chartPicture(chart, { isLog: false, say, now, title: caption });
	return picture && { caption, picture };
}
