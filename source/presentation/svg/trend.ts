import type { RunTrend, Trend } from '../../selectors/durations/run-trend.ts';
import { stopwatch } from '../format.ts';
import { glyphSets } from '../glyphs.ts';
import { rowName } from '../grid.ts';
import type { Element } from '../markup.ts';
import { noteLine, pointTone, scheduleLine, slowerText, trendHeads, trendRunNames } from '../trend.ts';
import type { PictureWords } from './grid.ts';
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
const chartWidth = 400;
const rowHeight = 44;
const barsHeight = 34;
const widestBar = 28;
const widestName = 32;

/** Durations over runs: a row of bars for the run and for each task, with median (dashed) and P90 (dotted). */
export function trendPicture(trend: RunTrend, words: PictureWords): Picture {
	const { say, now, language, title } = words;
	const [runName = '', landingName = ''] = trendRunNames.map(name => say(name));
	const hasLanding = trend.landing.points.some(({ elapsedMs }) => elapsedMs !== null);
	const rows = [
		{ name: runName, of: trend.run },
		...(hasLanding ? [{ name: landingName, of: trend.landing }] : []),
		...trend.tasks.map(({ row, trend: of }) => ({ name: rowName(row, glyphSets.unicode), of })),
	];
	const cells = nameCells(
		rows.map(({ name }) => name),
		widestName,
	);
	const left = margin + (cells + 1) * cellWidth;
	const figures = left + chartWidth + cellWidth;
	const top = margin + 2 * cellHeight + 8;
	const foot = top + rows.length * rowHeight;
	const columns = columnEnds(figures);
	return {
		title,
		width: (columns.at(-1) ?? figures) + margin,
		height: foot + 2 * cellHeight + margin,
		shapes: [
			textLine(
				{ x: margin, y: margin },
				scheduleLine(trend.schedule, { now, say, language, glyphs: glyphSets.unicode }),
			),
			...trendHeads.map((head, index) =>
				word({ x: columns[index] ?? 0, y: margin + cellHeight }, say(head.title), { tone: 'muted', anchor: 'end' }),
			),
			...rows.flatMap(({ name, of }, index) => {
				const y = top + index * rowHeight;
				const line = textLine({ x: margin, y: y + barsHeight - cellHeight }, [{ text: shortened(name, cells) }]);
				return [line, ...durations(of, left, y), ...figuresOf(of, columns, y + barsHeight - cellHeight)];
			}),
			textLine({ x: margin, y: foot }, noteLine(trend, { say })),
			...legend(foot + cellHeight, words),
		].filter(shape => shape !== null),
	};
}

/** Durations of the DAG runs alone, the oldest first, with median and P90. */
export function historyPicture(trend: Trend, { say, title }: Pick<PictureWords, 'say' | 'title'>): Picture {
	const foot = margin + barsHeight + cellHeight;
	return {
		title,
		width: 2 * margin + Math.max(chartWidth, 60 * cellWidth),
		height: foot + cellHeight + margin,
		shapes: [...durations(trend, margin, margin), ...legend(foot, { say })],
	};
}

/** Where the columns of figures end. */
function columnEnds(from: number): number[] {
	let end = from;
	return trendHeads.map(({ width }) => {
		end += width * cellWidth;
		return end;
	});
}

/** One bar a run, on a scale of their own from 0 on. What failed and what was slow differ in tone. */
function durations({ points, medianMs, p90Ms }: Trend, left: number, y: number): Element[] {
	const most = Math.max(1, ...points.map(({ elapsedMs }) => elapsedMs ?? 0), p90Ms ?? 0);
	const step = Math.min(widestBar, chartWidth / Math.max(1, points.length));
	const bottom = y + barsHeight;
	const heightOf = (ms: number) => (ms / most) * barsHeight;
	const bars = points.flatMap((point, index) => {
		if (point.elapsedMs === null) return [];
		const height = Math.max(1, heightOf(point.elapsedMs));
		const hint = `${point.dagRunId} ${stopwatch(point.elapsedMs)}`;
		const place = { x: left + index * step, y: bottom - height, width: step * 0.8, height };
		return [bar(place, pointTone(point), hint)];
	});
	const across = (ms: number | null, kind: string) => {
		if (ms === null) return [];
		const height = bottom - heightOf(ms);
		return [rule({ x: left, y: height }, { x: left + step * points.length, y: height }, `plain ${kind}`)];
	};
	return [...bars, ...across(medianMs, 'dashed'), ...across(p90Ms, 'dotted')];
}

function figuresOf(trend: Trend, columns: readonly number[], y: number): Element[] {
	const point = trend.points.at(-1);
	const time = (ms: number | null | undefined) => (ms === null || ms === undefined ? '' : stopwatch(ms));
	const count = (value: number) => (value === 0 ? '' : String(value));
	const texts = [
		{ text: time(point?.elapsedMs), tone: pointTone(point) },
		{ text: slowerText(point, trend), tone: 'warning' as const },
		{ text: time(trend.medianMs), tone: 'plain' as const },
		{ text: time(trend.p90Ms), tone: 'plain' as const },
		{ text: count(trend.failed), tone: 'bad' as const },
		{ text: count(trend.retries), tone: 'warning' as const },
	];
	return texts.flatMap(({ text, tone }, index) =>
		text === '' ? [] : [word({ x: columns[index] ?? 0, y }, text, { tone, anchor: 'end' })],
	);
}

function legend(y: number, { say }: Pick<PictureWords, 'say'>): Element[] {
	const lines = [
		{ kind: 'dashed', text: say(['median', '중앙값']) },
		{ kind: 'dotted', text: say(['P90', 'P90']) },
	];
	const tones = [
		{ tone: 'warning', text: say(['slower than usual', '평소보다 느림']) },
		{ tone: 'bad', text: say(['failed', '실패']) },
	] as const;
	const column = (index: number) => margin + index * 14 * cellWidth;
	const lineWords = lines.flatMap(({ kind, text }, index) => {
		const [x, middle] = [column(index), y + cellHeight / 2];
		return [
			rule({ x, y: middle }, { x: x + 3 * cellWidth, y: middle }, `plain ${kind}`),
			word({ x: x + 4 * cellWidth, y }, text, { tone: 'muted' }),
		];
	});
	const toneWords = tones.flatMap(({ tone, text }, index) => {
		const x = column(lines.length + 2 * index);
		return [
			bar({ x, y: y + 3, width: 1.5 * cellWidth, height: cellHeight - 6 }, tone),
			word({ x: x + 3 * cellWidth, y }, text, { tone: 'muted' }),
		];
	});
	return [...lineWords, ...toneWords];
}
