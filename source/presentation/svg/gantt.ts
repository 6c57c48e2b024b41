import type { Bar, RunGantt } from '../../selectors/graph-grid-gantt/run-gantt.ts';
import type { Writer } from '../../words/write.ts';
import { stopwatch } from '../format.ts';
import { criticalPathText } from '../gantt.ts';
import { glyphSets } from '../glyphs.ts';
import type { Element } from '../markup.ts';
import { timeStep } from '../time-axis.ts';
import {
	bar,
	cellHeight,
	cellWidth,
	margin,
	nameCells,
	type Picture,
	rule,
	shortened,
	textLine,
	word,
} from './page.ts';

/** Pixels. */
const chartWidth = 620;
const rowHeight = 24;
const barHeight = 14;
/** Between two labels of the axis. */
const labelGap = 80;
/** A phase that took time is seen. */
const leastWidth = 1.5;
const widestName = 40;
/** `10:02:03`, and a space. */
const timeCells = 9;

/** The tasks of a run on one time axis: waiting, queued and running phases, and the critical path. */
export function ganttPicture(
	gantt: RunGantt,
	{ say, now, title }: { readonly say: Writer; readonly now: number; readonly title: string },
): Picture {
	const { from, to, bars } = gantt;
	const { state, critical } = glyphSets.unicode;
	const cells = nameCells(
		bars.map(({ taskId }) => taskId),
		widestName,
	);
	const left = margin + (cells + 5) * cellWidth;
	const top = margin + cellHeight + 6;
	const xOf = (ms: number) => left + (Math.max(0, Math.min(ms, to) - from) / Math.max(1, to - from)) * chartWidth;
	const bottom = top + bars.length * rowHeight;
	const rows = bars.flatMap((one, index) => {
		const y = top + index * rowHeight;
		const line = [
			{ text: `${state[one.look.symbol]} `, tone: one.look.tone, bold: true },
			{ text: one.isCritical ? `${critical} ` : '  ', bold: true },
			{ text: shortened(one.taskId, cells), bold: one.isCritical },
		];
		const ran = one.startedAt === null ? '' : stopwatch((one.endedAt ?? now) - one.startedAt);
		return [
			textLine({ x: margin, y }, line),
			...(one.isEarlier
				? [word({ x: left, y }, say(['ran before the clear', '재실행 전에 실행됨']), { tone: 'muted' })]
				: phases(one, { gantt, y, xOf, now, say })),
			word({ x: left + chartWidth + timeCells * cellWidth, y }, ran, { anchor: 'end' }),
		];
	});
	const path = criticalPathText(gantt, glyphSets.unicode, say);
	const foot = bottom + 8;
	return {
		title,
		width: left + chartWidth + timeCells * cellWidth + margin,
		height: foot + (path === null ? 1 : 2) * cellHeight + margin,
		shapes: [
			...axis({ gantt, xOf, top, bottom }),
			...rows,
			...(path === null ? [] : [textLine({ x: margin, y: foot }, [{ text: path }])]),
			...legend(foot + (path === null ? 0 : cellHeight), say),
		].filter(shape => shape !== null),
	};
}

type Drawing = {
	readonly gantt: RunGantt;
	readonly xOf: (ms: number) => number;
};

function axis({
	gantt: { from, to },
	xOf,
	top,
	bottom,
}: Drawing & { readonly top: number; readonly bottom: number }): Element[] {
	const span = to - from;
	const step = timeStep((span / chartWidth) * labelGap) ?? span;
	const marks = Array.from({ length: Math.floor(span / step) + 1 }, (_, index) => index * step);
	return marks.flatMap(at => {
		const x = xOf(from + at);
		return [
			rule({ x, y: top - 4 }, { x, y: bottom }, 'muted faint'),
			word({ x, y: margin - 4 }, stopwatch(at), { tone: 'muted', anchor: at === 0 ? 'start' : 'middle' }),
		];
	});
}

/** The phases of a task: what it waited for is thin, the queue is pale, the work has the colour of its state. */
function phases(
	{ taskId, readyAt, queuedAt, startedAt, endedAt, look, isCritical }: Bar,
	{ gantt: { from }, y, xOf, now, say }: Drawing & { readonly y: number; readonly now: number; readonly say: Writer },
): Element[] {
	const waitsUntil = startedAt ?? (look.tone === 'waiting' ? now : readyAt);
	const middle = y + cellHeight / 2;
	const shapes: Element[] = [];
	const add = (start: number, end: number, height: number, kind: string, hint: string) => {
		const x = xOf(start);
		shapes.push(bar({ x, y: middle - height / 2, width: Math.max(leastWidth, xOf(end) - x), height }, kind, hint));
	};
	if (readyAt !== null && waitsUntil !== null && waitsUntil > readyAt)
		add(
			readyAt,
			waitsUntil,
			2,
			'muted',
			say(['{task} waited {time}', '{task} 대기 {time}'], timed(taskId, readyAt, waitsUntil)),
		);
	if (queuedAt !== null && queuedAt >= from && waitsUntil !== null && waitsUntil > queuedAt)
		add(
			queuedAt,
			waitsUntil,
			barHeight - 4,
			'waiting faint',
			say(['{task} was queued {time}', '{task} 대기열 {time}'], timed(taskId, queuedAt, waitsUntil)),
		);
	if (startedAt !== null)
		add(
			startedAt,
			endedAt ?? now,
			isCritical ? barHeight : barHeight - 4,
			look.tone,
			say(['{task} ran {time}', '{task} 실행 {time}'], timed(taskId, startedAt, endedAt ?? now)),
		);
	return shapes;
}

const timed = (task: string, start: number, end: number) => ({ task, time: stopwatch(end - start) });

function legend(y: number, say: Writer): Element[] {
	const words = [
		{ kind: 'muted', height: 2, text: say(['waiting', '대기']) },
		{ kind: 'waiting faint', height: barHeight - 4, text: say(['queued', '대기열']) },
		{ kind: 'good', height: barHeight - 4, text: say(['running', '실행 중']) },
	];
	return words.flatMap(({ kind, height, text }, index) => {
		const x = margin + index * 14 * cellWidth;
		return [
			bar({ x, y: y + (cellHeight - height) / 2, width: 2 * cellWidth, height }, kind),
			word({ x: x + 3 * cellWidth, y }, text, { tone: 'muted' }),
		];
	});
}
