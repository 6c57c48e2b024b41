import { runElapsedMs } from '../../model/airflow/durations.ts';
import { dagRunStateLook, type StateLook } from '../../model/airflow/task-state.ts';
import { stageElapsedMs } from '../../selectors/dag-runs/stage-summary.ts';
import { cellOf, type GridColumn, type RunGrid } from '../../selectors/graph-grid-gantt/run-grid.ts';
import { type Language, textIn } from '../../words/language.ts';
import type { Writer } from '../../words/write.ts';
import { moment, stopwatch } from '../format.ts';
import { glyphSets } from '../glyphs.ts';
import { rowName } from '../grid.ts';
import type { Element } from '../markup.ts';
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
const step = 22;
const square = 18;
const barsHeight = 64;
const widestName = 40;
/** `11-24 14:03`, and a space. */
const timeCells = 13;

export type PictureWords = {
	readonly say: Writer;
	readonly language: Language;
	/** ms since the epoch. */
	readonly now: number;
	/** Alternative text for screen readers. */
	readonly title: string;
};

/** Runs as columns, the newest at the right, with their durations as bars; tasks as rows of states. */
export function gridPicture(grid: RunGrid, words: PictureWords): Picture {
	const { columns, rows, longestMs } = grid;
	const { say, title } = words;
	const own = say(['DAG run', 'DAG 실행']);
	const names = rows.map(row => rowName(row, glyphSets.unicode));
	const cells = nameCells([own, ...names], widestName);
	const left = margin + (cells + 1) * cellWidth;
	const top = margin + barsHeight + 8;
	const xOf = (index: number) => left + index * step;
	const yOf = (row: number) => top + row * step;
	const foot = yOf(rows.length + 1) + 4;
	const width = Math.max(columns.length * step, 2 * timeCells * cellWidth);
	return {
		title,
		width: left + width + margin,
		height: foot + 2 * cellHeight + margin,
		shapes: [
			word({ x: left - cellWidth, y: margin }, longestMs > 0 ? stopwatch(longestMs) : '', {
				tone: 'muted',
				anchor: 'end',
			}),
			rule({ x: left, y: top - 6 }, { x: left + columns.length * step, y: top - 6 }, 'muted'),
			...columns.flatMap(({ run }, index) => durationBar(run, xOf(index), top - 6, longestMs, words)),
			...[own, ...names].map((name, row) =>
				textLine({ x: margin, y: yOf(row) }, [{ text: shortened(name, cells), bold: row === 0 }]),
			),
			...columns.flatMap((column, index) => columnCells(grid, column, xOf(index), yOf, words)),
			...times(columns, { left, right: left + width, y: foot }, words.now),
			textLine({ x: margin, y: foot + cellHeight }, legend(grid, words)),
		].filter(shape => shape !== null),
	};
}

function durationBar(
	run: GridColumn['run'],
	x: number,
	bottom: number,
	longestMs: number,
	{ now }: PictureWords,
): Element[] {
	const elapsed = runElapsedMs(run, now);
	if (elapsed === null || longestMs === 0) return [];
	// A run that has started has a bar.
	const height = Math.max(1, (elapsed / longestMs) * barsHeight);
	const { tone } = dagRunStateLook(run.state);
	return [
		bar({ x: x + 2, y: bottom - height, width: square - 4, height }, tone, `${run.dagRunId} ${stopwatch(elapsed)}`),
	];
}

function columnCells(
	{ rows }: RunGrid,
	column: GridColumn,
	x: number,
	yOf: (row: number) => number,
	words: PictureWords,
): Element[] {
	const { run } = column;
	const cells = rows.flatMap((row, index) => {
		if (column.cells === null) return stateCell(null, { x, y: yOf(index + 1) }, `${row.id} ${run.dagRunId}`, '');
		const cell = cellOf(column, row);
		if (!cell) return [];
		const elapsed = stageElapsedMs({ shown: cell.instances[0], instances: cell.instances }, words.now);
		const hint = [
			row.id,
			run.dagRunId,
			textIn(cell.look.word, words.language),
			elapsed === null ? '' : stopwatch(elapsed),
		].filter(part => part !== '');
		return stateCell(cell.look, { x, y: yOf(index + 1) }, hint.join(' · '), cell.tries > 1 ? String(cell.tries) : '');
	});
	const look = dagRunStateLook(run.state);
	return [...stateCell(look, { x, y: yOf(0) }, `${run.dagRunId} · ${textIn(look.word, words.language)}`, ''), ...cells];
}

/** A square with the symbol of the state, so that it is told apart without colours; null: not fetched. */
function stateCell(
	look: StateLook | null,
	place: { readonly x: number; readonly y: number },
	hint: string,
	tries: string,
) {
	const size = { ...place, width: square, height: square };
	if (look === null) return [bar(size, 'line muted dotted', hint)];
	const middle = { x: place.x + square / 2, y: place.y };
	return [
		bar(size, look.tone, hint),
		word(middle, tries === '' ? glyphSets.unicode.state[look.symbol] : tries, { tone: 'page', anchor: 'middle' }),
	];
}

/** When the first and the last run began. */
function times(
	columns: readonly GridColumn[],
	{ left, right, y }: { readonly left: number; readonly right: number; readonly y: number },
	now: number,
): Element[] {
	const timeOf = ({ run }: GridColumn) => {
		const at = run.startedAt ?? run.logicalDate;
		return at === null ? '' : moment(at, now);
	};
	const [first] = columns;
	const last = columns.at(-1);
	if (!first || !last) return [];
	const isOne = first === last;
	return [
		word({ x: left, y }, timeOf(first), { tone: 'muted' }),
		...(isOne ? [] : [word({ x: right, y }, timeOf(last), { tone: 'muted', anchor: 'end' as const })]),
	];
}

/** The states that occur, each once. */
function legend({ columns }: RunGrid, { language, say }: PictureWords) {
	const looks = new Map<string, StateLook>();
	const add = (look: StateLook) => looks.set(look.word[0], look);
	for (const { run, cells } of columns) {
		add(dagRunStateLook(run.state));
		for (const { look } of cells?.values() ?? []) add(look);
	}
	const states = [...looks.values()].flatMap(({ symbol, tone, word: name }) => [
		{ text: `${glyphSets.unicode.state[symbol]} `, tone, bold: true },
		{ text: `${textIn(name, language)}  `, tone: 'muted' as const },
	]);
	return [...states, { text: say(['digits: tries', '숫자: 시도 횟수']), tone: 'muted' as const }];
}
