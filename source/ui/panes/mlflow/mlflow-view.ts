import { guideExperiment, type MlflowRun, metricNumber } from '../../../model/mlflow/experiment.ts';
import { guideMetrics, type MetricSeries, metricSeries } from '../../../model/mlflow/metric-series.ts';
import { mlflowStatusLook } from '../../../model/mlflow/mlflow-status.ts';
import { seriesOfRuns } from '../../../model/mlflow/run-series.ts';
import type { StackState } from '../../../model/state.ts';
import { ago, metricValue } from '../../../presentation/format.ts';
import type { Glyphs } from '../../../presentation/glyphs.ts';
import { mlflowRunTime } from '../../../presentation/mlflow-run-time.ts';
import { sparkline } from '../../../presentation/sparkline.ts';
import {
	cutInside,
	ellipsize,
	fit,
	fitName,
	type Line,
	lineWidth,
	type Span,
	textWidth,
} from '../../../presentation/text.ts';
import { experimentsInstead } from '../../../selectors/names/mlflow.ts';
import { outsideWords } from '../../../selectors/servers/address-gap.ts';
import { isAbsent, isGuessed } from '../../../selectors/servers/stack.ts';
import { type Text, textIn } from '../../../words/language.ts';
import { faceOf, sentence, staleNotice } from '../../face.ts';
import type { PaneView, ViewContext } from '../view-context.ts';
import { mlflow3Rows, traceRows } from './mlflow3-rows.ts';
import { modelRows } from './model-rows.ts';

export type MlflowViewInput = ViewContext & {
	readonly experimentName: string;
	/** Index of the first shown row. */
	readonly scroll: number;
};

export function mlflowView(input: MlflowViewInput): PaneView {
	const { state, glyphs, height, say } = input;
	const runs = state.mlflowRuns;
	const face = faceOf(state, 'experiment', runs !== null);
	if (isAbsent(state, 'mlflow')) {
		const here = say(['none in this stack', '이 스택에 없음']);
		return { title: [[{ text: here, tone: 'muted' }]], rows: sentence(absentWords(input), input.width) };
	}
	const title: Line[] = [[{ text: glyphs.fold(input.experimentName) }]];
	if (isGuessed(state, 'mlflow'))
		title.push([{ text: say(['guessed server', '추정한 서버']), tone: 'warning', bold: true }]);
	if (face.kind === 'loading')
		return { title, rows: [[{ text: say(['Waiting for MLflow', 'MLflow 응답 대기 중']), tone: 'muted' }]] };
	const notice = face.kind === 'stale' ? staleNotice(face, input) : [];
	if (runs === null) return { title, rows: notice };
	const newest = runs[0];
	if (!newest) {
		return { title, rows: [...notice, ...sentence(glyphs.fold(emptyText(input)), input.width)] };
	}
	title.push([{ text: newestText(title, newest, input) }]);
	const series = metricSeries(runs);
	const metrics = metricRows(series, input);
	const isGuideMetric = (key: string | undefined) => key !== undefined && guideMetrics.includes(key);
	const content = [
		...metrics.filter((_, index) => isGuideMetric(series[index]?.key)),
		...modelRows(input),
		...traceRows(input),
		...metrics.filter((_, index) => !isGuideMetric(series[index]?.key)),
		...paramRows(runs, input),
		...(input.zoomed ? [...mlflow3Rows(input), ...runRows(runs, input)] : []),
	];
	const room = Math.max(1, height - notice.length);
	const first = Math.min(input.scroll, Math.max(0, content.length - room));
	if (content.length > room)
		title.push([{ text: say(['{n} more', '{n}줄 더'], { n: content.length - room }), tone: 'muted' }]);
	return { title, rows: [...notice, ...content.slice(first, first + room)] };
}

/** Cells of the title before its first part: number and name of the pane, and a blank on each side. */
const headingCells = 10;
/** Before each part of a title: a line and a blank; after it a blank. */
const partCells = 3;

/** `newest run 1h ago`; in a narrow title only the age, because a part that does not fit is left out whole. */
function newestText(
	title: readonly Line[],
	{ startedAt }: MlflowRun,
	{ now, width, language, say }: MlflowViewInput,
): string {
	const age = ago(now - startedAt, language);
	const whole = say(['newest run {age}', '최신 실행 {age}'], { age });
	const used = title.reduce((cells, part) => cells + lineWidth(part) + partCells, headingCells);
	// The title is two cells longer than the rows: it has no blanks beside its borders.
	return used + textWidth(whole) + partCells <= width + 2 ? whole : age;
}

/** Names what else runs on the engine; it is not requested. */
function absentWords({ state, say, glyphs }: MlflowViewInput): string {
	const { outside } = state.stack?.servers.mlflow ?? {};
	if (outside === undefined) return say(absentText);
	return say(outsideText, { servers: glyphs.fold(outsideWords(outside)) });
}

const outsideText = [
	'This stack has no MLflow. Outside it: {servers}. If its tasks log to one of them, pass --mlflow-url.',
	'이 스택에는 MLflow가 없습니다. 스택 밖의 MLflow: {servers}. 작업이 이 중 하나에 기록하면 --mlflow-url로 지정하세요.',
] as const;

const absentText: Text = [
	'This stack has no MLflow. If its tasks log to one elsewhere, pass --mlflow-url.',
	'이 스택에는 MLflow가 없습니다. 작업이 다른 곳의 MLflow에 기록하면 --mlflow-url로 지정하세요.',
];

/** What to do if there is no experiment, or no MLflow run in it. */
function emptyText(input: MlflowViewInput): string {
	const { state, experimentName: name, keyOf, say } = input;
	const key = keyOf('trigger');
	const start =
		key === null
			? []
			: [say(['Press {key} to trigger a DAG run.', '{key} 키를 눌러 DAG 실행을 트리거하세요.'], { key })];
	if (state.experiment !== null) return [say(noRunsText), ...start].join(' ');
	const isGuides = name === guideExperiment;
	const missing = say(
		state.isExperimentDeleted ? deletedExperimentText : isGuides ? guideExperimentText : otherExperimentText,
		{ name },
	);
	return [missing, ...othersTexts(input), ...(isGuides ? start : [])].join(' ');
}

/** The experiments that MLflow has instead, and how to show one. */
function othersTexts({ state, experimentName, keyOf, say }: MlflowViewInput): string[] {
	const names = experimentsInstead(experimentName, state.experimentNames);
	if (names === '') return [];
	const key = keyOf('choose-experiment');
	return [
		say(['Experiments in MLflow: {names}.', 'MLflow의 실험: {names}.'], { names }),
		key === null
			? say(['Choose one with --experiment.', '--experiment로 선택합니다.'])
			: say(['Press {key} to choose one.', '{key} 키를 눌러 선택하세요.'], { key }),
	];
}

const noRunsText: Text = [
	'This experiment has no MLflow runs yet. Each task of the pipeline logs one.',
	'이 실험에는 아직 MLflow 실행이 없습니다. 파이프라인의 각 작업이 하나씩 기록합니다.',
];
const guideExperimentText = [
	'MLflow has no experiment {name} yet. The first DAG run of the pipeline creates it.',
	'MLflow에 아직 {name} 실험이 없습니다. 파이프라인의 첫 DAG 실행이 만듭니다.',
] as const;
const otherExperimentText = ['MLflow has no experiment {name}.', 'MLflow에 {name} 실험이 없습니다.'] as const;
const deletedExperimentText = [
	'The experiment {name} was deleted in MLflow.',
	'MLflow에서 실험 {name}이(가) 삭제되었습니다.',
] as const;

/** The age of the newest MLflow run, and the day for the models; null where MLflow is unreachable. */
export function mlflowTimes({ feeds, mlflowRuns }: StackState, now: number): string | null {
	if (feeds.experiment.status === 'failed') return null;
	const newest = mlflowRuns?.[0];
	return `${newest ? ago(now - newest.startedAt) : ''} ${new Date(now).toDateString()}`;
}

function metricRows(series: readonly MetricSeries[], { glyphs, width, say }: MlflowViewInput): Line[] {
	const keyWidth = Math.min(17, Math.max(6, ...series.map(one => textWidth(glyphs.fold(one.key)))));
	const rows = series.map(one => ({
		...one,
		value: metricValue(one.latest, glyphs.infinity),
		end: one.isLive
			? { text: `${glyphs.state.running} ${say(['live', '기록 중'])}`, tone: 'active' as const }
			: changeSpan(one, glyphs),
	}));
	const valueWidth = Math.max(6, ...rows.map(row => textWidth(row.value)));
	const endWidth = Math.max(...rows.map(row => textWidth(row.end.text)));
	const chartWidth = Math.max(0, Math.min(24, width - keyWidth - valueWidth - endWidth - 3));
	return rows.map((row): Line => {
		const chart = sparkline(row.values, chartWidth, glyphs.bars);
		return [
			{ text: `${fitName(glyphs.fold(row.key), keyWidth, glyphs.ellipsis)} ` },
			{ text: fit(row.value, valueWidth, glyphs.ellipsis, 'right'), bold: true },
			{ text: ` ${' '.repeat(Math.max(0, chartWidth - textWidth(chart)))}${chart} `, tone: 'odd' },
			row.end,
		];
	});
}

/** The change since the previous MLflow run, without a colour: laketop cannot know which direction is better. */
function changeSpan({ change }: MetricSeries, glyphs: Glyphs): Span {
	if (change === null || !Number.isFinite(change)) return { text: '' };
	if (change === 0) return { text: '=', tone: 'muted' };
	const sign = change > 0 ? '+' : glyphs.minus;
	return { text: `${sign}${metricValue(Math.abs(change))}` };
}

/** The params of the newest MLflow run of each series, newest first. */
function paramRows(runs: readonly MlflowRun[], { glyphs, width }: MlflowViewInput): Line[] {
	const shown = new Map<string, MlflowRun>();
	const seriesOfRun = seriesOfRuns(runs);
	for (const run of runs) {
		const { label } = seriesOfRun(run);
		if (run.params.length > 0 && !shown.has(label)) shown.set(label, run);
	}
	return [...shown.values()].map((run): Line => {
		const params = run.params.map(param => `${param.key}=${param.value}`).join(' ');
		const name = cutInside(glyphs.fold(run.runName), 20, glyphs.ellipsis);
		return [
			{ text: `${name}: `, tone: 'muted' },
			{ text: ellipsize(glyphs.fold(params), width - textWidth(name) - 2, glyphs.ellipsis) },
		];
	});
}

/** Cells of `● 강제 종료됨`, the longest status. */
const statusWidth = 13;

function runRows(runs: readonly MlflowRun[], { glyphs, now, language, say }: MlflowViewInput): Line[] {
	// A date of another year is longer.
	const startedWidth = Math.max(12, ...runs.map(run => textWidth(mlflowRunTime(run, now, runs))));
	const rows: Line[] = [
		[{ text: '' }],
		[
			{
				text: [
					fit(say(['MLFLOW RUN', 'MLflow 실행']), 24, ''),
					fit(say(['STATUS', '상태']), statusWidth, ''),
					fit(say(['STARTED', '시작']), startedWidth, ''),
					say(['METRICS', '메트릭']),
				].join(' '),
				tone: 'muted',
			},
		],
	];
	for (const run of runs) {
		const { word, symbol, tone } = mlflowStatusLook(run.status);
		const metrics = run.metrics
			.map(metric => `${metric.key}=${metricValue(metricNumber(metric.value), glyphs.infinity)}`)
			.join(' ');
		rows.push([
			{ text: `${fitName(glyphs.fold(run.runName), 24, glyphs.ellipsis)} ` },
			{
				text: `${fit(`${glyphs.state[symbol]} ${glyphs.fold(textIn(word, language))}`, statusWidth, glyphs.ellipsis)} `,
				tone,
			},
			{ text: `${fit(mlflowRunTime(run, now, runs), startedWidth, '')} `, tone: 'muted' },
			{ text: glyphs.fold(metrics) },
		]);
	}
	return rows;
}
