import { type Tone, taskStateLook } from '../model/airflow/task-state.ts';
import type { RunTrend, Schedule, Trend, TrendPoint } from '../selectors/durations/run-trend.ts';
import type { Language, Text } from '../words/language.ts';
import type { Writer } from '../words/write.ts';
import { age, ago, moment, stopwatch } from './format.ts';
import type { Glyphs } from './glyphs.ts';
import { rowName } from './grid.ts';
import { fit, fitName, type Line, type Span, textWidth } from './text.ts';

export type TrendStyle = {
	/** Cells of a row. */
	readonly width: number;
	readonly glyphs: Glyphs;
	readonly say: Writer;
	readonly language: Language;
	/** Now, ms since the epoch. */
	readonly now: number;
	/** The run whose values are shown; null: the newest. */
	readonly dagRunId: string | null;
	/** The selected row; null: the run itself. */
	readonly rowId: string | null;
};

/** The rows of a trend: schedule, headings and the run; a row a task; the selected value in words. */
export type TrendLines = {
	readonly head: readonly Line[];
	readonly tasks: readonly { readonly id: string; readonly line: Line }[];
	readonly foot: readonly Line[];
};

const widestName = 28;
/** Before a name: the selection, and a space. */
const markWidth = 2;
/** `1:02:03`, and a space. */
const timeWidth = 8;
const countWidth = 7;
/** `+1234%` and a space. */
const slowerWidth = 7;
/** Three times, two counts, and by how much it is slower. */
const figuresWidth = 3 * timeWidth + 2 * countWidth + slowerWidth;
const fewestRuns = 6;

export const trendHeads: readonly { readonly title: Text; readonly width: number }[] = [
	{ title: ['THIS RUN', '이 실행'], width: timeWidth },
	{ title: ['SLOWER', '초과'], width: slowerWidth },
	{ title: ['MEDIAN', '중앙값'], width: timeWidth },
	{ title: ['P90', 'P90'], width: timeWidth },
	{ title: ['FAILED', '실패'], width: countWidth },
	{ title: ['RETRIES', '재시도'], width: countWidth + 1 },
];

/** How a width is divided: the names of the rows, and the number of runs that fit beside the figures. */
type TrendShape = { readonly nameWidth: number; readonly runs: number };

function shapeOf({ tasks, grid }: RunTrend, { width, glyphs, say }: TrendStyle): TrendShape {
	const names = [...trendRunNames.map(name => say(name)), ...tasks.map(({ row }) => rowName(row, glyphs))];
	const most = Math.max(8, Math.min(widestName, width - markWidth - figuresWidth - fewestRuns - 3));
	const nameWidth = Math.min(most, Math.max(8, ...names.map(textWidth)));
	const room = width - markWidth - nameWidth - 1 - figuresWidth - 1;
	return { nameWidth, runs: Math.max(fewestRuns, Math.min(grid.columns.length, room)) };
}

export const trendRunNames: readonly Text[] = [
	['DAG run', 'DAG 실행'],
	['landing', '완료 지연'],
];

/** Draws how long runs and tasks took: a bar a run, the newest at the right, and their usual duration. */
export function trendLines(trend: RunTrend, style: TrendStyle): TrendLines {
	const { say, rowId, dagRunId } = style;
	const shape = shapeOf(trend, style);
	const shown = dagRunId ?? trend.grid.columns.at(-1)?.run.dagRunId ?? null;
	const [runName = '', landingName = ''] = trendRunNames.map(name => say(name));
	const rowFor = (name: string, one: Trend, isSelected: boolean) => rowLine(name, one, isSelected, shown, shape, style);
	const selected = trend.tasks.find(({ row }) => row.id === rowId);
	return {
		head: [
			scheduleLine(trend.schedule, style),
			headLine(shape, style),
			rowFor(runName, trend.run, dagRunId !== null && !selected),
			...(trend.landing.points.some(({ elapsedMs }) => elapsedMs !== null)
				? [rowFor(landingName, trend.landing, false)]
				: []),
		],
		tasks: trend.tasks.map(task => ({
			id: task.row.id,
			// Drawn when it is read: of hundreds of rows a screen shows some dozens.
			get line() {
				return rowFor(rowName(task.row, style.glyphs), task.trend, selected === task);
			},
		})),
		foot: [
			...pointerLine(trend, shown, shape, style),
			detailLine(selected?.trend ?? trend.run, shown, style),
			noteLine(trend, style),
		],
	};
}

function headLine({ nameWidth, runs }: TrendShape, { say }: TrendStyle): Line {
	const name = fit('', markWidth + nameWidth + 1, '');
	const titles = [say(['DURATION OVER RUNS', '실행별 소요 시간']), say(['RUNS', '추이'])];
	const spark = fit(titles.find(title => textWidth(title) < runs) ?? '', runs, '');
	return [
		{
			text: `${name}${spark}${trendHeads.map(({ title, width }) => fit(say(title), width, '', 'right')).join('')}`,
			tone: 'muted',
		},
	];
}

function rowLine(
	name: string,
	trend: Trend,
	isSelected: boolean,
	dagRunId: string | null,
	{ nameWidth, runs }: TrendShape,
	{ glyphs }: TrendStyle,
): Line {
	const point = trend.points.find(one => one.dagRunId === dagRunId);
	const time = (ms: number | null | undefined) =>
		fit(ms == null ? '' : stopwatch(ms), timeWidth, glyphs.ellipsis, 'right');
	const count = (value: number, width: number) =>
		fit(value === 0 ? '' : String(value), width, glyphs.ellipsis, 'right');
	return [
		{ text: isSelected ? `${glyphs.selected} ` : '  ', tone: 'accent' },
		{ text: `${fitName(name, nameWidth, glyphs.ellipsis)} `, bold: isSelected },
		...bars(trend.points.slice(-runs), runs, glyphs),
		{ text: time(point?.elapsedMs), tone: pointTone(point) },
		{ text: fit(slowerText(point, trend), slowerWidth, glyphs.ellipsis, 'right'), tone: 'warning', bold: true },
		{ text: `${time(trend.medianMs)}${time(trend.p90Ms)}` },
		{ text: count(trend.failed, countWidth), tone: 'bad' },
		{ text: count(trend.retries, countWidth + 1), tone: 'warning' },
	];
}

/** `+35%`: by how much the shown run is slower than usual. */
export function slowerText(point: TrendPoint | undefined, { medianMs }: Trend): string {
	if (!point || point.slowerMs === null || !medianMs) return '';
	return `+${Math.min(9999, Math.round((point.slowerMs / medianMs) * 100))}%`;
}

export function pointTone(point: TrendPoint | undefined): Tone {
	if (!point) return 'plain';
	return point.slowerMs === null ? taskStateLook(point.state).tone : 'warning';
}

/** One cell a run, on a scale of its own from 0 on. What failed and what was slow differ in tone. */
function bars(points: readonly TrendPoint[], cells: number, glyphs: Glyphs): Span[] {
	const most = Math.max(1, ...points.map(({ elapsedMs }) => elapsedMs ?? 0));
	const top = glyphs.bars.length - 1;
	const spans: { text: string; tone: Tone }[] = [
		{ text: ' '.repeat(Math.max(0, cells - points.length)), tone: 'plain' },
	];
	for (const point of points) {
		const { elapsedMs } = point;
		const text = elapsedMs === null ? ' ' : (glyphs.bars[Math.round((elapsedMs / most) * top)] ?? ' ');
		const tone = elapsedMs === null ? 'plain' : pointTone(point);
		const last = spans.at(-1);
		if (last && last.tone === tone) last.text += text;
		else spans.push({ text, tone });
	}
	return spans;
}

function pointerLine(
	{ grid }: RunTrend,
	dagRunId: string | null,
	{ nameWidth, runs }: TrendShape,
	{ glyphs, now }: TrendStyle,
): Line[] {
	const shown = grid.columns.slice(-runs);
	const at = shown.findIndex(({ run }) => run.dagRunId === dagRunId);
	const run = shown[at]?.run;
	if (!run) return [];
	const cell = markWidth + nameWidth + 1 + runs - shown.length + at;
	const when = run.startedAt ?? run.logicalDate;
	return [
		[
			{ text: ' '.repeat(cell) },
			{ text: glyphs.sort.ascending, tone: 'accent', bold: true },
			{ text: when === null ? '' : ` ${moment(when, now)}`, tone: 'muted' },
		],
	];
}

/** The selected value, and how it compares with the usual one. */
function detailLine({ points, medianMs }: Trend, dagRunId: string | null, { glyphs, say }: TrendStyle): Line {
	const point = points.find(one => one.dagRunId === dagRunId);
	if (!point || point.state === null)
		return [
			{
				text: say(['No duration is known for this DAG run.', '이 DAG 실행의 소요 시간을 알 수 없습니다.']),
				tone: 'muted',
			},
		];
	const { symbol, tone, word } = taskStateLook(point.state);
	const state: Span = { text: `${glyphs.state[symbol]} ${say(word)}`, tone, bold: true };
	if (point.elapsedMs === null) return [state];
	const own: Span = { text: `  ${stopwatch(point.elapsedMs)}` };
	if (medianMs === null) return [state, own];
	const by = { by: stopwatch(Math.abs(point.elapsedMs - medianMs)), median: stopwatch(medianMs) };
	if (point.slowerMs !== null)
		return [
			state,
			own,
			{
				text: `  ${say(['{by} slower than usual (median {median})', '평소보다 {by} 느림(중앙값 {median})'], by)}`,
				tone: 'warning',
				bold: true,
			},
		];
	if (point.state !== 'success' && point.state !== 'failed')
		return [state, own, { text: `  ${say(['so far, median {median}', '경과, 중앙값 {median}'], by)}`, tone: 'muted' }];
	if (by.by === '0:00') return [state, own, { text: `  ${say(['same as usual', '평소와 같음'])}`, tone: 'muted' }];
	const text = say(
		point.elapsedMs > medianMs
			? ['{by} above the median {median}', '중앙값 {median}보다 {by} 김']
			: ['{by} below the median {median}', '중앙값 {median}보다 {by} 짧음'],
		by,
	);
	return [state, own, { text: `  ${text}`, tone: 'muted' }];
}

/** Since when nothing succeeded, when the next run is due, and how many are missing. */
export function scheduleLine(
	{ runs, lastSuccessAt, isPaused, hasSchedule, nextRunAt, missed }: Schedule,
	{ now, say, language, glyphs }: Pick<TrendStyle, 'now' | 'say' | 'language' | 'glyphs'>,
): Line {
	const separator: Span = { text: ` ${glyphs.dot} `, tone: 'muted' };
	const success: Span =
		lastSuccessAt === null
			? {
					text: say(['no success in {runs} {runs|run|runs}', '최근 실행 {runs}개 중 성공 없음'], { runs }),
					tone: runs === 0 ? 'muted' : 'warning',
				}
			: {
					text: say(['last success {ago}', '마지막 성공 {ago}'], { ago: ago(now - lastSuccessAt, language) }),
				};
	const lacks: Span[] =
		missed === null || missed === 0
			? []
			: [
					separator,
					{
						text: say(['{n} scheduled {n|run|runs} missing', '예약된 실행 {n}개 누락'], { n: missed }),
						tone: 'warning',
						bold: true,
					},
				];
	return [success, separator, nextSpan({ isPaused, hasSchedule, nextRunAt }, { now, say, language }), ...lacks];
}

function nextSpan(
	{ isPaused, hasSchedule, nextRunAt }: Pick<Schedule, 'isPaused' | 'hasSchedule' | 'nextRunAt'>,
	{ now, say, language }: Pick<TrendStyle, 'now' | 'say' | 'language'>,
): Span {
	if (isPaused) return { text: say(['DAG paused', 'DAG 일시 중지됨']), tone: 'warning' };
	if (nextRunAt === null)
		return {
			text: say(hasSchedule ? ['next run unknown', '다음 실행 알 수 없음'] : ['no schedule', '스케줄 없음']),
			tone: 'muted',
		};
	const wait = age(Math.abs(nextRunAt - now), language);
	return nextRunAt >= now
		? {
				text: say(['next run {at} (in {wait})', '다음 실행 {at}({wait} 후)'], { at: moment(nextRunAt, now), wait }),
			}
		: { text: say(['next run due {wait} ago', '다음 실행 예정 시각에서 {wait} 지남'], { wait }), tone: 'warning' };
}

export function noteLine({ grid }: RunTrend, { say }: Pick<TrendStyle, 'say'>): Line {
	return [
		{
			text: say(
				[
					'{n} of {total} runs; median and P90 of successful ones',
					'실행 {n}/{total}개, 중앙값과 P90은 성공한 것만 계산',
				],
				{ n: grid.columns.length, total: grid.total },
			),
			tone: 'muted',
		},
	];
}
