import type { MetricHistory, Range } from '../../model/mlflow/metric-history.ts';
import { shellWords } from '../../model/text/shell-words.ts';
import { chartRows } from '../../presentation/chart/chart.ts';
import { ellipsize, type Line, wrapText } from '../../presentation/text.ts';
import {
	chartAxes,
	type MetricChart,
	metricChart,
	mostSeries,
	rangeOf,
} from '../../selectors/mlflow-runs/metric-chart.ts';
import { chartOverRuns, runsOver } from '../../selectors/mlflow-runs/metric-over-runs.ts';
import type { Text } from '../../words/language.ts';
import { render } from '../../words/message.ts';
import { type ChartDialog, type ChartState, chartDialog, isLive } from '../chart-state.ts';
import { clamped, closes, type DialogContract, type DialogKey, type DrawContext, stays, type Turn } from './dialog.ts';
import { boxed, hintRows } from './drawing.ts';

/** A page of the cursor, in cells. */
const pageCells = 10;
const zoomFactor = 2;
/** Place and clock stay visible above it. */
const headerRows = 1;
const smoothingStep = 10;
const mostSmoothing = 90;
/** Shorter parts of an axis show nothing that the cursor does not say: a step, or ten milliseconds. */
const leastSpan = { step: 1, time: 10, relative: 10, runs: 1 } as const;

/** The detail where it covers what is shown. */
export function shownHistories({ detail, histories, window }: ChartState): readonly MetricHistory[] {
	return detail && window && detail.window.from <= window.from && detail.window.to >= window.to
		? detail.histories
		: histories;
}

function chartOf(state: ChartState, histories = shownHistories(state)): MetricChart {
	const { axis, shown, runs, all, smoothing } = state;
	if (axis === 'runs') return chartOverRuns(shown, runsOver(shown, runs, all), smoothing / 100);
	return metricChart(histories, runs, axis, smoothing / 100);
}

/** The range of all points; null if there are none. */
const wholeOf = (state: ChartState): Range | null => rangeOf(chartOf(state, state.histories));

const turn = (state: ChartState, change: Partial<ChartState>): Turn<ChartDialog> =>
	stays(chartDialog({ ...state, ...change }));

/** The same where points are lacking. */
function asking(state: ChartState, change: Partial<ChartState>): Turn<ChartDialog> {
	const chart = { ...state, ...change, isLoading: true };
	return { dialog: chartDialog(chart), effect: { kind: 'chart', chart } };
}

/** Another part of the axis: of a sample MLflow has more points. */
function windowed(state: ChartState, window: Range | null, cursor = state.cursor): Turn<ChartDialog> {
	const isSample = state.axis !== 'runs' && state.histories.some(({ part }) => part === 'spread');
	return (isSample && window !== null ? asking : turn)(state, { window, cursor });
}

function zoomed(state: ChartState, factor: number): Turn<ChartDialog> {
	const whole = wholeOf(state);
	if (whole === null) return turn(state, {});
	const { from, to } = state.window ?? whole;
	const span = Math.max((to - from) * factor, leastSpan[state.axis]);
	if (span >= whole.to - whole.from) return windowed(state, null);
	const centre = state.cursor ?? (from + to) / 2;
	const start = centre - ((centre - from) / Math.max(to - from, Number.MIN_VALUE)) * span;
	return windowed(state, within({ from: start, to: start + span }, whole));
}

/** The range moved into the other one, which is no shorter. */
function within({ from, to }: Range, whole: Range): Range {
	const start = Math.max(whole.from, Math.min(from, whole.to - (to - from)));
	return { from: start, to: start + (to - from) };
}

/** Moves the cursor by cells; the shown part follows it. */
function moved(state: ChartState, cells: number, by: number): Turn<ChartDialog> {
	const whole = wholeOf(state);
	if (whole === null) return turn(state, {});
	const { from, to } = state.window ?? whole;
	const cell = (to - from) / Math.max(1, cells - 1);
	const before = state.cursor ?? to;
	const cursor = Number.isFinite(by)
		? Math.max(whole.from, Math.min(whole.to, before + by * cell))
		: by > 0
			? whole.to
			: whole.from;
	if (cursor >= from && cursor <= to) return turn(state, { cursor });
	const shift = cursor < from ? cursor - from : cursor - to;
	return windowed(state, within({ from: from + shift, to: to + shift }, whole), cursor);
}

/** The metric after or before the shown one. */
function otherMetric(state: ChartState, by: number): Turn<ChartDialog> {
	const { keys, shown } = state;
	const at = keys.indexOf(shown[0] ?? '');
	const next = keys[(at + by + keys.length) % keys.length];
	return next === undefined || keys.length < 2 ? turn(state, {}) : asking(state, { shown: [next], detail: null });
}

/** All metrics of the runs, as many as can be told apart, or one again. */
function allMetrics(state: ChartState): Turn<ChartDialog> {
	const { keys, shown, runs } = state;
	const most = Math.max(1, Math.floor(mostSeries / runs.length));
	if (keys.length < 2) return turn(state, {});
	return asking(state, { shown: shown.length > 1 ? shown.slice(0, 1) : keys.slice(0, most), detail: null });
}

function otherAxis(state: ChartState, by: number): Turn<ChartDialog> {
	const axis = chartAxes[(chartAxes.indexOf(state.axis) + by + chartAxes.length) % chartAxes.length] ?? 'step';
	// Over runs it follows the experiment, not only the runs that it was opened for.
	return (axis === 'runs' ? asking : turn)(state, { axis, window: null, cursor: null, detail: null });
}

const commandOf = ({ shown, runs, axis, isLog, smoothing }: ChartState): string =>
	shellWords(
		...['laketop', 'chart', shown.join(','), ...runs.map(({ runId }) => runId)],
		...(axis === 'step' ? [] : ['--x', axis]),
		...(isLog ? ['--log'] : []),
		...(smoothing === 0 ? [] : ['--smooth', String(smoothing)]),
	);

export const chartFace: DialogContract<ChartDialog> = {
	keys({ chart: state }, { page: cells }): readonly DialogKey<ChartDialog>[] {
		const smoothed = (by: number) => turn(state, { smoothing: clamped(state.smoothing + by, mostSmoothing) });
		return [
			{ keys: ['esc', 'q', 'enter'], turn: () => closes() },
			{ keys: ['left'], turn: () => moved(state, cells, -1) },
			{ keys: ['right'], turn: () => moved(state, cells, 1) },
			{ keys: ['pageup', 'ctrl-b'], turn: () => moved(state, cells, -pageCells) },
			{ keys: ['pagedown', 'ctrl-f'], turn: () => moved(state, cells, pageCells) },
			{ keys: ['home', 'g'], turn: () => moved(state, cells, Number.NEGATIVE_INFINITY) },
			{ keys: ['end', 'G'], turn: () => moved(state, cells, Number.POSITIVE_INFINITY) },
			{ keys: ['+'], turn: () => zoomed(state, 1 / zoomFactor) },
			{ keys: ['-'], turn: () => zoomed(state, zoomFactor) },
			{ keys: ['0'], turn: () => turn(state, { window: null, cursor: null, detail: null }) },
			{ keys: [']'], turn: () => otherAxis(state, 1) },
			{ keys: ['['], turn: () => otherAxis(state, -1) },
			{ keys: ['*'], turn: () => turn(state, { isLog: !state.isLog }) },
			{ keys: ['up', 'k'], turn: () => smoothed(smoothingStep) },
			{ keys: ['down', 'j'], turn: () => smoothed(-smoothingStep) },
			{ keys: ['tab'], turn: () => otherMetric(state, 1) },
			{ keys: ['shift-tab'], turn: () => otherMetric(state, -1) },
			{ keys: ['a'], turn: () => allMetrics(state) },
			{
				keys: ['y'],
				turn: () => ({
					dialog: chartDialog(state),
					effect: { kind: 'copy', text: commandOf(state), what: ['laketop command', 'laketop 명령'] },
				}),
			},
		];
	},
	otherKey: dialog => stays(dialog),
	draw({ chart: state }, context) {
		const { columns, rows, glyphs, say, now } = context;
		const width = Math.max(1, columns - 4);
		const foot = footRows(state, context, width);
		const height = Math.max(1, rows - headerRows - 2 - foot.length);
		const look = { isLog: state.isLog, window: state.window, cursor: state.cursor };
		const drawn = chartRows(chartOf(state), look, { width, height, glyphs, say, now });
		const body: readonly Line[] = drawn
			? [...drawn.plot, ...drawn.legend, ...drawn.notes]
			: [
					[
						{
							text: say(
								state.isLoading
									? ['Waiting for MLflow', 'MLflow 응답 대기 중']
									: ['No points yet', '아직 점이 없습니다'],
							),
							tone: 'muted',
						},
					],
				];
		const blank = Array.from({ length: Math.max(0, height - body.length) }, (): Line => [{ text: '' }]);
		const lines = [...body.slice(0, height), ...blank, ...foot];
		const view = boxed(context, titleOf(state, context), columns, lines, { page: drawn?.cells ?? 1, limit: 0 });
		return { ...view, rectangle: { ...view.rectangle, y: Math.min(headerRows, rows - view.rectangle.height) } };
	},
};

const axisWords = {
	step: ['step', 'step'],
	time: ['time', '시각'],
	relative: ['time since the start', '시작 후 경과 시간'],
	runs: ['MLflow run', 'MLflow 실행'],
} as const satisfies Record<ChartState['axis'], Text>;

function titleOf(state: ChartState, { glyphs, say, columns }: DrawContext): string {
	const parts = [
		state.shown.join(', '),
		say(['by {axis}', '가로축 {axis}'], { axis: say(axisWords[state.axis]) }),
		state.isLog && say(['log scale', '로그 눈금']),
		state.smoothing > 0 && say(['smoothed {n}%', '평활화 {n}%'], { n: state.smoothing }),
		isLive(state) && `${glyphs.state.running} ${say(['live', '기록 중'])}`,
		state.isLoading && say(['loading', '불러오는 중']),
	].filter(part => part !== false);
	return ellipsize(glyphs.fold(parts.join(` ${glyphs.dot} `)), Math.max(8, columns - 8), glyphs.ellipsis);
}

function footRows({ problem, keys }: ChartState, { glyphs, say, language }: DrawContext, width: number): Line[] {
	const several = keys.length > 1 ? say([', Tab next metric, a all metrics', ', Tab 다음 메트릭, a 모든 메트릭']) : '';
	const words = say(
		[
			'Left/Right cursor, +/- zoom, 0 all, ] axis, * log scale, Up/Down smooth{several}, y copies the command, Esc closes',
			'Left/Right 커서, +/- 확대/축소, 0 전체, ] 가로축, * 로그 눈금, Up/Down 평활화{several}, y 명령 복사, Esc 닫기',
		],
		{ several },
	);
	return [
		...(problem === null
			? []
			: wrapText(glyphs.fold(render(problem, language)), width).map((text): Line => [{ text, tone: 'bad' }])),
		...hintRows(words, width, glyphs),
	];
}
