import { runElapsedMs } from '../model/airflow/durations.ts';
import { dagRunStateLook, type StateLook, type Tone } from '../model/airflow/task-state.ts';
import type { GridRow } from '../selectors/graph-grid-gantt/grid-rows.ts';
import { cellOf, type GridCell, type GridColumn, type RunGrid } from '../selectors/graph-grid-gantt/run-grid.ts';
import type { Writer } from '../words/write.ts';
import { moment, stopwatch } from './format.ts';
import { foldMarks, type Glyphs } from './glyphs.ts';
import { fit, fitName, type Line, type Span, textWidth } from './text.ts';

export type GridStyle = {
	/** Cells of a row. */
	readonly width: number;
	readonly glyphs: Glyphs;
	readonly say: Writer;
	/** Now, ms since the epoch. */
	readonly now: number;
	/** Rows of the bars over the runs. */
	readonly barRows: number;
	/** The selected run; null: no cell is selected. */
	readonly dagRunId: string | null;
	/** The selected row; null: the run itself. */
	readonly rowId: string | null;
};

/** Cells of a run: the state, and a mark or a space. */
const runWidth = 2;
const widestName = 32;
/** Before a name: the selection, and a space. */
const markWidth = 2;

/** How a width is divided: the names of the rows, and the number of runs that fit beside them. */
export type GridShape = { readonly nameWidth: number; readonly columns: number };

export function gridShape(names: readonly string[], width: number): GridShape {
	const longest = Math.max(8, ...names.map(textWidth));
	const nameWidth = Math.min(widestName, longest, Math.max(8, Math.floor(width / 3)));
	return { nameWidth, columns: Math.max(1, Math.floor((width - nameWidth - markWidth - 1) / runWidth)) };
}

/** The name of a row with its indent, and how a group is folded. */
export function rowName({ name, depth, isOpen }: GridRow, glyphs: Pick<Glyphs, 'fold'>): string {
	return `${'  '.repeat(depth)}${isOpen === null ? '' : `${isOpen ? foldMarks.open : foldMarks.folded} `}${glyphs.fold(name)}`;
}

/** The rows of a grid: durations and states of the runs, a row a task, and the times of the first and last run. */
export type GridLines = {
	readonly head: readonly Line[];
	readonly tasks: readonly { readonly id: string; readonly line: Line }[];
	readonly foot: readonly Line[];
};

/** Draws runs as columns, the newest at the right, and tasks as rows. */
export function gridLines(grid: RunGrid, shape: GridShape, style: GridStyle): GridLines {
	const { say, dagRunId, rowId } = style;
	const { columns, rows } = grid;
	const selected = dagRunId === null ? -1 : columns.findIndex(({ run }) => run.dagRunId === dagRunId);
	const ofRuns = columns.map(({ run }) => glyphOf(dagRunStateLook(run.state), style));
	const isOfRun = selected >= 0 && rowId === null;
	return {
		head: [
			...barLines(grid, shape, style),
			...(selected < 0 ? [] : [pointerLine(selected, shape, style)]),
			rowLine(say(['DAG run', 'DAG 실행']), ofRuns, isOfRun, selected, shape, style),
		],
		tasks: rows.map(row => ({
			id: row.id,
			// Drawn when it is read: of hundreds of rows a screen shows some dozens.
			get line() {
				return rowLine(
					rowName(row, style.glyphs),
					columns.map(column => cellText(column, row, style)),
					selected >= 0 && rowId === row.id,
					selected,
					shape,
					style,
				);
			},
		})),
		foot: [timesLine(columns, shape, style)],
	};
}

type CellText = { readonly text: string; readonly tone: Tone };

const glyphOf = ({ symbol, tone }: StateLook, { glyphs }: Pick<GridStyle, 'glyphs'>): CellText => ({
	text: `${glyphs.state[symbol]} `,
	tone,
});

function cellText(column: GridColumn, row: GridRow, { glyphs }: GridStyle): CellText {
	if (column.cells === null) return { text: `${glyphs.dot} `, tone: 'muted' };
	const cell = cellOf(column, row);
	if (!cell) return { text: '  ', tone: 'plain' };
	return { text: `${glyphs.state[cell.look.symbol]}${triesMark(cell)}`, tone: cell.look.tone };
}

/** The number of tries, if there was more than one. */
const triesMark = ({ tries }: GridCell): string => (tries > 9 ? '+' : tries > 1 ? String(tries) : ' ');

function rowLine(
	name: string,
	cells: readonly CellText[],
	isSelected: boolean,
	selected: number,
	{ nameWidth }: GridShape,
	{ glyphs }: GridStyle,
): Line {
	return [
		{ text: isSelected ? `${glyphs.selected} ` : '  ', tone: 'accent' },
		{ text: `${fitName(name, nameWidth, glyphs.ellipsis)} `, bold: isSelected },
		...joinedCells(cells, isSelected ? selected : -1),
	];
}

/** Neighbours of the same tone are one span. */
function joinedCells(cells: readonly CellText[], selected: number): Span[] {
	const spans: { text: string; tone: Tone; inverse?: boolean }[] = [];
	for (const [index, { text, tone }] of cells.entries()) {
		const last = spans.at(-1);
		if (index === selected) spans.push({ text, tone, inverse: true });
		else if (last && last.tone === tone && !last.inverse) last.text += text;
		else spans.push({ text, tone });
	}
	return spans;
}

function pointerLine(selected: number, { nameWidth }: GridShape, { glyphs }: GridStyle): Line {
	return [
		{ text: ' '.repeat(markWidth + nameWidth + 1 + selected * runWidth) },
		{ text: glyphs.sort.descending, tone: 'accent', bold: true },
	];
}

/** The durations of the runs as bars, with the longest one in words. */
function barLines({ columns, longestMs }: RunGrid, { nameWidth }: GridShape, style: GridStyle): Line[] {
	const { glyphs, now, barRows } = style;
	const steps = glyphs.bars.length;
	const levels = columns.map(({ run }) => {
		const elapsed = runElapsedMs(run, now);
		if (elapsed === null || longestMs === 0) return 0;
		// A run that has started has a bar.
		return Math.max(1, Math.round((elapsed / longestMs) * barRows * steps));
	});
	return Array.from({ length: barRows }, (_, index): Line => {
		const below = (barRows - 1 - index) * steps;
		const label = index === 0 && longestMs > 0 ? stopwatch(longestMs) : '';
		const cells = levels.map((level, at): CellText => {
			const height = Math.max(0, Math.min(steps, level - below));
			const tone = dagRunStateLook(columns[at]?.run.state ?? '').tone;
			return height === 0 ? { text: '  ', tone: 'plain' } : { text: `${glyphs.bars[height - 1] ?? ' '} `, tone };
		});
		return [
			{ text: ' '.repeat(markWidth) },
			{ text: `${fit(label, nameWidth, glyphs.ellipsis, 'right')} `, tone: 'muted' },
			...joinedCells(cells, -1),
		];
	});
}

/** When the first and the last shown run began. */
function timesLine(columns: readonly GridColumn[], { nameWidth }: GridShape, { glyphs, now }: GridStyle): Line {
	const timeOf = (column: GridColumn | undefined) => {
		const at = column?.run.startedAt ?? column?.run.logicalDate ?? null;
		return at === null ? '' : moment(at, now);
	};
	const [first, last] = [timeOf(columns[0]), timeOf(columns.at(-1))];
	const room = columns.length * runWidth - 1;
	const both = first.length + last.length + 2 <= room;
	const text = both ? `${first}${' '.repeat(room - first.length - last.length)}${last}` : last;
	return [
		{ text: ' '.repeat(markWidth + nameWidth + 1) },
		{ text: both ? text : fit(text, Math.max(room, text.length), glyphs.ellipsis, 'right'), tone: 'muted' },
	];
}
