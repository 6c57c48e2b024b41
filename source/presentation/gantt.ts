import type { Bar, RunGantt } from '../selectors/graph-grid-gantt/run-gantt.ts';
import type { Writer } from '../words/write.ts';
import { stopwatch } from './format.ts';
import type { Glyphs } from './glyphs.ts';
import { fit, fitName, type Line, type Span, textWidth } from './text.ts';
import { axisLabels, cellAt } from './time-axis.ts';

export type GanttStyle = {
	/** Cells of a row. */
	readonly width: number;
	readonly glyphs: Glyphs;
	readonly say: Writer;
	/** Now, ms since the epoch. */
	readonly now: number;
};

/** A chart narrower than this says nothing. */
const narrowestChart = 10;
const widestName = 32;
/** `1:02:03`, and a blank; a run of more than ten hours takes more. */
const leastTimeWidth = 8;

/** The rows of a chart: its axis, a row a task, and the sum of the critical path. */
export type GanttRows = {
	readonly axis: Line;
	readonly tasks: readonly { readonly taskId: string; readonly line: Line }[];
	readonly sum: readonly Line[];
};

/** Draws the tasks of a run on one time axis: waiting, queued and running phases. */
export function ganttRows(gantt: RunGantt, style: GanttStyle): GanttRows {
	const { width, glyphs } = style;
	const longest = Math.max(4, ...gantt.bars.map(({ taskId }) => textWidth(glyphs.fold(taskId))));
	const timeWidth = Math.max(leastTimeWidth, ...gantt.bars.map(bar => textWidth(workTime(bar, style.now)) + 1));
	const nameWidth = Math.min(widestName, longest, Math.max(4, width - timeWidth - narrowestChart - 5));
	const cells = Math.max(narrowestChart, width - nameWidth - timeWidth - 5);
	const { from, to } = gantt;
	return {
		axis: [{ text: `${' '.repeat(nameWidth + 4)}${axisLabels(to - from, cells)}`, tone: 'muted' }],
		tasks: gantt.bars.map(bar => ({
			taskId: bar.taskId,
			// Drawn when it is read: of hundreds of tasks a screen shows some dozens.
			get line(): Line {
				return [
					{ text: glyphs.state[bar.look.symbol], tone: bar.look.tone, bold: true },
					{ text: bar.isCritical ? glyphs.critical : ' ', bold: true },
					{ text: ` ${fitName(glyphs.fold(bar.taskId), nameWidth, glyphs.ellipsis)} `, bold: bar.isCritical },
					...phases(bar, gantt, cells, style),
					{ text: ` ${fit(workTime(bar, style.now), timeWidth - 1, '', 'right')}` },
				];
			},
		})),
		sum: sumRows(gantt, style),
	};
}

function workTime({ startedAt, endedAt }: Bar, now: number): string {
	return startedAt === null ? '' : stopwatch((endedAt ?? now) - startedAt);
}

/** The cells of a bar. Each phase that took time has one at least, and work goes before waiting. */
function phases(bar: Bar, { from, to }: RunGantt, cells: number, { glyphs, say, now }: GanttStyle): Span[] {
	const { readyAt, queuedAt, startedAt, endedAt, look } = bar;
	if (bar.isEarlier) {
		return [{ text: fit(say(['ran before the clear', '재실행 전에 실행됨']), cells, glyphs.ellipsis), tone: 'muted' }];
	}
	const at = (ms: number) => cellAt(ms, { from, to }, cells);
	const row: ('blank' | 'waits' | 'queued' | 'runs')[] = Array.from({ length: cells }, () => 'blank');
	const waitsUntil = startedAt ?? (look.tone === 'waiting' ? now : readyAt);
	if (readyAt !== null && waitsUntil !== null && waitsUntil > readyAt)
		row.fill('waits', at(readyAt), at(waitsUntil) + 1);
	if (queuedAt !== null && queuedAt >= from && waitsUntil !== null && waitsUntil > queuedAt)
		row.fill('queued', at(queuedAt), at(waitsUntil) + 1);
	if (startedAt !== null) row.fill('runs', at(startedAt), at(endedAt ?? now) + 1);
	const [runs, waits] = glyphs.progress;
	const spanOf = {
		blank: { text: ' ' },
		waits: { text: glyphs.dot, tone: 'muted' },
		queued: { text: waits, tone: 'waiting' },
		runs: { text: runs, tone: look.tone },
	} as const satisfies Record<string, Span>;
	const spans: Span[] = [];
	for (const [index, phase] of row.entries()) {
		const last = spans.at(-1);
		if (index > 0 && last && phase === row[index - 1])
			spans[spans.length - 1] = { ...last, text: last.text + spanOf[phase].text };
		else spans.push({ ...spanOf[phase] });
	}
	return spans;
}

function sumRows(gantt: RunGantt, { glyphs, say }: GanttStyle): Line[] {
	const [runs, waits] = glyphs.progress;
	const legend = say(['{dot} waiting  {waits} queued  {runs} running', '{dot} 대기  {waits} 대기열  {runs} 실행 중'], {
		dot: glyphs.dot,
		waits,
		runs,
	});
	const path = criticalPathText(gantt, glyphs, say);
	return [...(path === null ? [] : [[{ text: path }]]), [{ text: legend, tone: 'muted' }]];
}

/** The time of the critical path in words; null if there is none. */
export function criticalPathText(
	{ waitMs, workMs, bars }: Pick<RunGantt, 'waitMs' | 'workMs' | 'bars'>,
	{ critical }: Pick<Glyphs, 'critical'>,
	say: Writer,
): string | null {
	if (!bars.some(({ isCritical }) => isCritical)) return null;
	const all = Math.max(1, waitMs + workMs);
	return say(
		[
			'{mark} critical path: {work} running, {wait} waiting ({share}%)',
			'{mark} 임계 경로: 실행 {work}, 대기 {wait} ({share}%)',
		],
		{
			mark: critical,
			work: stopwatch(workMs),
			wait: stopwatch(waitMs),
			share: Math.round((waitMs / all) * 100),
		},
	);
}
