import type { Monitor } from '../../app/monitor.ts';
import { seeHelp, UsageError } from '../../command-line/arguments/given.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { nothingSuch } from '../../command-line/exit/failures.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import { metricValuePart } from '../../command-line/facts/mlflow.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { experimentRuns, mlflowRunsCalled } from '../../command-line/names/mlflow-runs.ts';
import type { Style } from '../../command-line/output/style.ts';
import { svgText } from '../../command-line/output/svg-text.ts';
import { show } from '../../command-line/show/show.ts';
import { type MlflowRun, metricNumber } from '../../model/mlflow/experiment.ts';
import { type MetricHistory, metricHistory } from '../../model/mlflow/metric-history.ts';
import { chartRows } from '../../presentation/chart/chart.ts';
import { plainLook } from '../../presentation/chart/style.ts';
import { chartPicture } from '../../presentation/svg/chart.ts';
import type { Line } from '../../presentation/text.ts';
import {
	type ChartAxis,
	chartAxes,
	type MetricChart,
	metricChart,
	mostSeries,
} from '../../selectors/mlflow-runs/metric-chart.ts';
import { chartOverRuns, isForRuns, runsOver } from '../../selectors/mlflow-runs/metric-over-runs.ts';
import { phrase } from '../../words/message.ts';

/** Cells of the chart where there is no terminal, and its rows everywhere. */
const fileWidth = 100;
const chartHeight = 24;

type ChartDocument = Document<'chart'>;

/** `laketop chart` */
export function run(context: CommandContext): Promise<number> {
	const [list = '', ...words] = context.given.words;
	const keys = metricsIn(list);
	const look = lookOf(context);
	let fetched: Omit<ChartDocument, 'schema' | 'at'> | null = null;
	return show<ChartDocument>(context, {
		watch: ['experiment'],
		requires: ['experiment'],
		ask: async (monitor, signal) => {
			fetched = await fetchSeries(monitor, signal, context, { keys, words, axis: look.axis });
		},
		document: (_, now) => ({
			schema: 'laketop/chart/1',
			at: rfc3339(now),
			...(fetched ?? { experiment: context.config.experiment, series: [], over_runs: null, missing: [] }),
		}),
		whole: (document, style) => (context.given.is('svg') ? image(document, look, style) : null),
		blocks: (document, style) => [drawn(document, look, style)],
	});
}

/** Each metric once; a name of MLflow's holds no comma. Throws UsageError. */
function metricsIn(list: string): readonly string[] {
	const keys = [...new Set(list.split(',').map(key => key.trim()))].filter(key => key !== '');
	if (keys.length > 0) return keys;
	throw new UsageError(
		phrase(['METRIC: "{list}" names no metric', 'METRIC: "{list}"에 메트릭 이름이 없습니다'], { list }),
		seeHelp('chart'),
	);
}

/** `axis` null: none was named. */
type Look = { readonly axis: ChartAxis | null; readonly isLog: boolean; readonly smoothing: number };

function lookOf({ given }: CommandContext): Look {
	const axis = chartAxes.find(one => one === given.text('x')) ?? null;
	return { axis, isLog: given.is('log'), smoothing: (given.count('smooth') ?? 0) / 100 };
}

async function fetchSeries(
	{ store, clients: { mlflow } }: Monitor,
	signal: AbortSignal,
	context: CommandContext,
	{ keys, words, axis }: { readonly keys: readonly string[]; readonly words: readonly string[] } & Pick<Look, 'axis'>,
): Promise<Omit<ChartDocument, 'schema' | 'at'>> {
	const known = experimentRuns(store.current(), context);
	const { experiment, runs } = known;
	const chosen = words.length > 0 ? mlflowRunsCalled(words, known) : newestWith(keys, runs);
	const wanted = chosen.flatMap(one => keys.map(key => ({ run: one, key })));
	const logged = wanted.filter(({ run: { metrics }, key }) => metrics.some(metric => metric.key === key));
	if (logged.length === 0 || mlflow === null) throw noMetric(keys, experiment, words.length > 0 ? chosen : runs);
	const lines = axis === 'runs' ? keys.length : logged.length;
	if (lines > mostSeries)
		throw new UsageError(
			phrase(['chart draws {most} lines at most, not {n}', '차트에는 선을 {most}개까지 그립니다(입력: {n})'], {
				most: mostSeries,
				n: lines,
			}),
			seeHelp('chart'),
		);
	const histories: { readonly of: MlflowRun; readonly history: MetricHistory }[] = [];
	if (axis !== 'runs')
		for (const { run: of, key } of logged)
			histories.push({ of, history: await mlflow.metricHistory({ runId: of.runId, key }, signal) });
	const over = runsOver(keys, chosen, runs);
	const isOverRuns =
		axis === 'runs' ||
		(axis === null &&
			isForRuns(
				histories.map(({ history }) => history),
				over,
			));
	const series = histories.map(({ of, history }) => seriesPart(of, history));
	const missing = wanted
		.filter(one => !logged.includes(one))
		.map(({ run: one, key }) => ({ metric: key, run_id: one.runId, run_name: one.runName || null }));
	return { experiment, series, over_runs: isOverRuns ? overRuns(keys, over) : null, missing };
}

/** The newest run that logged one of the metrics; most runs of an experiment log others. */
function newestWith(keys: readonly string[], runs: readonly MlflowRun[]): readonly MlflowRun[] {
	const newest = runs.find(({ metrics }) => metrics.some(({ key }) => keys.includes(key)));
	return newest ? [newest] : [];
}

function noMetric(keys: readonly string[], experiment: string, runs: readonly MlflowRun[]) {
	const others = [...new Set(runs.flatMap(({ metrics }) => metrics.map(({ key }) => key)))].slice(0, 8);
	return nothingSuch(
		phrase(
			[
				'no metric {metric} in these MLflow runs of {experiment}',
				'{experiment}의 해당 MLflow 실행에 메트릭 {metric}이(가) 없습니다',
			],
			{
				metric: keys.join(', '),
				experiment,
			},
		),
		others.length === 0
			? null
			: phrase(['These have: {others}', '있는 메트릭: {others}'], { others: others.join(', ') }),
	);
}

function seriesPart(
	one: MlflowRun,
	{ key, part, steps, times, values }: MetricHistory,
): ChartDocument['series'][number] {
	return {
		metric: key,
		run_id: one.runId,
		run_name: one.runName,
		status: one.status,
		started_at: rfc3339(one.startedAt),
		is_live: one.status === 'RUNNING',
		part,
		points: Array.from(steps, (step, index) => ({
			step,
			at: rfc3339(times[index] ?? 0),
			value: metricValuePart(values[index] ?? Number.NaN),
		})),
	};
}

function overRuns(keys: readonly string[], runs: readonly MlflowRun[]): ChartDocument['over_runs'] {
	return keys.map(key => ({
		metric: key,
		points: runs.flatMap(({ metrics, runId, runName, status, startedAt }) =>
			metrics
				.filter(metric => metric.key === key)
				.map(({ step, value }) => ({
					...{ run_id: runId, run_name: runName, status, started_at: rfc3339(startedAt), step },
					value: metricValuePart(metricNumber(value)),
				})),
		),
	}));
}

function linesOf({ series, over_runs: over }: ChartDocument, { axis, smoothing }: Look): MetricChart {
	if (over !== null) return linesOver(over, smoothing);
	const histories = series.map(one =>
		metricHistory(
			{ runId: one.run_id, key: one.metric, part: one.part },
			one.points.map(point => ({ step: point.step, at: Date.parse(point.at), value: Number(point.value) })),
		),
	);
	const runs = series.map(one => ({
		runId: one.run_id,
		runName: one.run_name,
		status: one.status,
		startedAt: Date.parse(one.started_at),
	}));
	return metricChart(histories, runs, axis === 'runs' || axis === null ? 'step' : axis, smoothing);
}

function linesOver(over: NonNullable<ChartDocument['over_runs']>, smoothing: number): MetricChart {
	const points = over.flatMap(({ metric, points: some }) => some.map(point => ({ metric, ...point })));
	const runs = [...Map.groupBy(points, ({ run_id }) => run_id)].map(([runId, [first, ...others]]) => ({
		runId,
		runName: first?.run_name ?? '',
		status: first?.status ?? '',
		startedAt: Date.parse(first?.started_at ?? ''),
		metrics: [first, ...others].flatMap(one => (one ? [{ key: one.metric, value: one.value }] : [])),
	}));
	const keys = over.map(({ metric }) => metric);
	return chartOverRuns(
		keys,
		runs.toSorted((a, b) => a.startedAt - b.startedAt || (a.runId < b.runId ? -1 : 1)),
		smoothing,
	);
}

const noPoints = ['No points yet.', '아직 점이 없습니다.'] as const;

function image(document: ChartDocument, look: Look, { say }: Style): string {
	const keys = [...new Set([...document.series, ...(document.over_runs ?? [])].map(({ metric }) => metric))];
	const options = { isLog: look.isLog, say, now: Date.parse(document.at), title: keys.join(', ') };
	const picture = chartPicture(linesOf(document, look), options);
	if (picture === null) throw nothingSuch(phrase(noPoints));
	return svgText(picture);
}

function drawn(document: ChartDocument, look: Look, style: Style): Line[] {
	const { glyphs, say, columns } = style;
	const { missing, at } = document;
	const rows = chartRows(
		linesOf(document, look),
		{ ...plainLook, isLog: look.isLog },
		{ width: Number.isFinite(columns) ? columns : fileWidth, height: chartHeight, glyphs, say, now: Date.parse(at) },
	);
	if (rows === null) return [[{ text: say(noPoints) }]];
	const absent = missing.map(
		(one): Line => [
			{
				text: say(['{run} has not logged {metric}.', '{run}은(는) {metric}을(를) 기록하지 않았습니다.'], {
					run: one.run_name ?? one.run_id,
					metric: one.metric,
				}),
				tone: 'warning',
			},
		],
	);
	return [...rows.plot, [{ text: '' }], ...rows.legend, ...rows.notes, ...absent];
}
