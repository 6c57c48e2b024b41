import { runElapsedMs } from '../model/airflow/durations.ts';
import { isActiveRun, isFinishedTask } from '../model/airflow/pipeline.ts';
import { dagRunStateLook, type StateLook } from '../model/airflow/task-state.ts';
import { stageElapsedMs } from '../selectors/dag-runs/stage-summary.ts';
import { cellOf, type GridCell, type GridColumn, type RunGrid } from '../selectors/graph-grid-gantt/run-grid.ts';
import { countedStates } from '../selectors/names/tasks.ts';
import type { Language } from '../words/language.ts';
import { render } from '../words/message.ts';
import { moment, stopwatch } from './format.ts';
import type { GridStyle } from './grid.ts';
import { type Line, lineWidth, type Span } from './text.ts';

type DetailStyle = GridStyle & { readonly language: Language };

/** The selected cell in words, compared with that of the run before, and the symbols of the grid. */
export function gridDetail(grid: RunGrid, style: DetailStyle): Line[] {
	const { say, dagRunId, rowId } = style;
	const at = grid.columns.findIndex(({ run }) => run.dagRunId === dagRunId);
	const column = grid.columns[at];
	if (!column) return legend(grid, style);
	const row = grid.rows.find(({ id }) => id === rowId);
	const before = grid.columns[at - 1];
	if (!row) return [...inLines(partsOf(runDetail(column, before, style)), style.width), ...legend(grid, style)];
	const cell = cellOf(column, row);
	const missing = say(
		column.cells === null
			? ['The tasks of this DAG run have not been loaded yet.', '이 DAG 실행의 작업을 아직 불러오지 않았습니다.']
			: ['This DAG run has no such task.', '이 DAG 실행에는 이 작업이 없습니다.'],
	);
	const line: Line = cell ? cellDetail(cell, before && cellOf(before, row), style) : [{ text: missing, tone: 'muted' }];
	return [...inLines(partsOf(line), style.width), ...legend(grid, style)];
}

const stateSpan = ({ symbol, tone, word }: StateLook, { glyphs, say }: DetailStyle): Span => ({
	text: `${glyphs.state[symbol]} ${say(word)}`,
	tone,
	bold: true,
});

function runDetail({ run, cells }: GridColumn, before: GridColumn | undefined, style: DetailStyle): Line {
	const { now, say, language } = style;
	const elapsed = runElapsedMs(run, now);
	const tasks = cells === null ? [] : [...cells.values()].flatMap(({ instances }) => instances);
	return [
		stateSpan(dagRunStateLook(run.state), style),
		...startedSpan(run.startedAt, style),
		...durationSpans(
			{ ms: elapsed, hasEnded: !isActiveRun(run) },
			before && !isActiveRun(before.run) ? runElapsedMs(before.run, now) : null,
			style,
		),
		...(tasks.length === 0 ? [] : [{ text: `  ${render(countedStates(tasks), language)}` }]),
		...(run.note ? [{ text: `  ${say(['has a note', '메모 있음'])}`, tone: 'muted' as const }] : []),
	];
}

function cellDetail(cell: GridCell, before: GridCell | undefined, style: DetailStyle): Line {
	const { now, say, language, glyphs } = style;
	const [task, ...others] = cell.instances;
	const isSingle = others.length === 0;
	return [
		stateSpan(cell.look, style),
		...(isSingle && task && task.tryNumber > 0
			? [
					{
						text: `  ${say(['try {n} of {of}', '시도 {n}/{of}'], { n: task.tryNumber, of: Math.max(task.tryNumber, task.maxTries + 1) })}`,
					},
				]
			: []),
		...(isSingle ? [] : [{ text: `  ${glyphs.fold(render(countedStates(cell.instances), language))}` }]),
		...(isSingle ? startedSpan(task?.startedAt ?? null, style) : []),
		...durationSpans(
			{ ms: cellElapsedMs(cell, now), hasEnded: hasEnded(cell) },
			before && hasEnded(before) ? cellElapsedMs(before, now) : null,
			style,
		),
		...(isSingle && task?.note ? [{ text: `  ${say(['has a note', '메모 있음'])}`, tone: 'muted' as const }] : []),
	];
}

/** Of several instances from the first start to the last end, ms; null: none has started. */
export const cellElapsedMs = ({ instances }: GridCell, now: number): number | null =>
	stageElapsedMs({ shown: instances[0], instances }, now);

function startedSpan(at: number | null, { now, say }: DetailStyle): Span[] {
	return at === null ? [] : [{ text: `  ${say(['started {at}', '시작 {at}'], { at: moment(at, now) })}` }];
}

const hasEnded = ({ instances }: GridCell): boolean => instances.every(isFinishedTask);

/**
 * A duration, and how much longer or shorter it is than the one before. What has not ended is no shorter, but may be
 * longer already.
 * @param beforeMs null: there is none, or it has not ended either
 */
function durationSpans(
	{ ms, hasEnded: isOver }: { readonly ms: number | null; readonly hasEnded: boolean },
	beforeMs: number | null,
	{ say, glyphs }: DetailStyle,
): Span[] {
	if (ms === null) return [];
	const own: Span = { text: `  ${stopwatch(ms)}` };
	if (beforeMs === null || beforeMs < 1000) return [own];
	if (!isOver && ms <= beforeMs) {
		const text = say(['so far, {before} in the previous run', '경과, 이전 실행은 {before}'], {
			before: stopwatch(beforeMs),
		});
		return [own, { text: `  ${text}`, tone: 'muted' }];
	}
	const percent = Math.round((ms / beforeMs - 1) * 100);
	// Less than a second is none of the difference that both times show.
	if (percent === 0 || Math.abs(ms - beforeMs) < 1000)
		return [own, { text: `  ${say(['same as in the previous run', '이전 실행과 같음'])}`, tone: 'muted' }];
	const by = `${percent < 0 ? glyphs.minus : '+'}${stopwatch(Math.abs(ms - beforeMs))}`;
	const text = say(['{by} ({percent}%) against the previous run', '이전 실행 대비 {by}({percent}%)'], {
		by,
		percent: percent < 0 ? `${glyphs.minus}${-percent}` : `+${percent}`,
	});
	return [own, { text: `  ${text}`, tone: 'muted' }];
}

/** The symbols that the grid shows, with their words, on as many lines as they need. */
function legend({ columns, newer, total }: RunGrid, { glyphs, say, width }: DetailStyle): Line[] {
	const looks = new Map<string, StateLook>();
	let isLoading = false;
	let hasTries = false;
	const add = (look: StateLook) => looks.set(look.word[0], look);
	for (const { run, cells } of columns) {
		add(dagRunStateLook(run.state));
		isLoading ||= cells === null;
		for (const { look, tries } of cells?.values() ?? []) {
			add(look);
			hasTries ||= tries > 1;
		}
	}
	const range = say(['runs {from}-{to} of {total}', '실행 {from}-{to}/{total}'], {
		from: newer + 1,
		to: newer + columns.length,
		total,
	});
	const muted = (text: string): Line => [{ text, tone: 'muted' }];
	return inLines(
		[
			muted(range),
			...[...looks.values()].map(
				({ symbol, tone, word }): Line => [
					{ text: glyphs.state[symbol], tone },
					{ text: ` ${say(word)}`, tone: 'muted' },
				],
			),
			...(hasTries ? [muted(say(['2, 3: number of tries', '2, 3: 시도 횟수']))] : []),
			...(isLoading ? [muted(`${glyphs.dot} ${say(['not loaded', '불러오기 전'])}`)] : []),
		],
		width,
	);
}

/** What two spaces separate. */
function partsOf(line: Line): Line[] {
	const parts: Span[][] = [];
	for (const span of line) {
		const text = span.text.replace(/^ {2}/, '');
		const last = parts.at(-1);
		if (last && text === span.text) last.push(span);
		else parts.push([{ ...span, text }]);
	}
	return parts;
}

/** Parts side by side, as many as fit into each line. */
function inLines(parts: readonly Line[], width: number): Line[] {
	const lines: Span[][] = [];
	for (const part of parts) {
		const last = lines.at(-1);
		if (last && lineWidth(last) + 2 + lineWidth(part) <= width) last.push({ text: '  ' }, ...part);
		else lines.push([...part]);
	}
	return lines;
}
