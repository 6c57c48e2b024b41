import type { StateSymbol, Tone } from '../model/task-state.ts';
import type { Glyphs } from '../presentation/glyphs.ts';
import { ellipsize, type Line, textWidth, wrapLine } from '../presentation/text.ts';
import { paint } from '../presentation/theme.ts';
import type { Style } from './style.ts';

export type Cell = {
	readonly text: string;
	/** Drawn before the text on a terminal, nowhere else. */
	readonly symbol?: StateSymbol | undefined;
	readonly tone?: Tone | undefined;
};

export type Column = {
	readonly title: string;
	readonly align?: 'right';
	/** Where the terminal is too narrow, columns are cut in this order: the lowest first; those without one never. */
	readonly yields?: number;
};

/** A table for people, before it is drawn: `rows` has a cell for each column. */
export type TextTable = {
	readonly columns: readonly Column[];
	readonly rows: readonly (readonly Cell[])[];
	/** Said where there are no rows. */
	readonly empty: string;
};

export type Block = TextTable | readonly Line[];

/** A cell's words on this output: what cannot be drawn there is replaced, nothing is left empty. */
export function cellText(cell: Cell, { glyphs, isTerminal }: Pick<Style, 'glyphs' | 'isTerminal'>): string {
	const text = glyphs.fold(cell.text);
	if (!isTerminal) return text === '' ? '-' : text;
	return cell.symbol === undefined ? text : `${glyphs.state[cell.symbol]} ${text}`.trimEnd();
}

/**
 * Widths of the columns in cells: each as wide as its widest text, as far as the room goes.
 * @param room for the texts alone, without what stands between them
 */
export function columnWidths(table: TextTable, style: Style, room: number): number[] {
	const widths = table.columns.map((column, index) =>
		Math.max(textWidth(column.title), ...table.rows.map(row => textWidth(cellText(row[index] ?? { text: '' }, style)))),
	);
	let excess = widths.reduce((sum, width) => sum + width, 0) - room;
	const yielding = table.columns
		.map((column, index) => ({ index, yields: column.yields ?? 0 }))
		.filter(({ yields }) => yields > 0)
		.toSorted((a, b) => a.yields - b.yields);
	for (const { index } of yielding) {
		if (excess <= 0) break;
		const width = widths[index] ?? 0;
		const least = Math.min(width, Math.max(textWidth(table.columns[index]?.title ?? ''), 8));
		const cut = Math.min(excess, width - least);
		widths[index] = width - cut;
		excess -= cut;
	}
	return widths;
}

/** A text filled up to a width with spaces, cut where it is longer. */
export function padded(text: string, width: number, align: Column['align'], glyphs: Glyphs): string {
	const cut = ellipsize(text, width, glyphs.ellipsis);
	const space = ' '.repeat(Math.max(0, width - textWidth(cut)));
	return align === 'right' ? space + cut : cut + space;
}

/** Columns with nothing but spaces between them and a header line: for grep and awk, as `docker ps` has it. */
export function plainTable(table: TextTable, style: Style): string {
	const widths = columnWidths(table, style, style.columns);
	const row = (texts: readonly string[]) =>
		texts
			.map((text, index) => padded(text, widths[index] ?? 0, table.columns[index]?.align, style.glyphs))
			.join('   ')
			.trimEnd();
	const rows = table.rows.map(cells => row(cells.map(cell => cellText(cell, style))));
	return [row(table.columns.map(column => column.title)), ...rows].map(line => `${line}\n`).join('');
}

/** Draws blocks one below the other; tables by ink-table on a terminal. */
export async function drawBlocks(blocks: readonly Block[], style: Style): Promise<string> {
	const drawn: string[] = [];
	for (const block of blocks) {
		if (!isTable(block)) {
			const rows = block.flatMap(line => wrapLine(foldLine(line, style.glyphs), style.columns));
			drawn.push(rows.map(line => `${paint(line, style.theme).trimEnd()}\n`).join(''));
		} else if (style.isTerminal && block.rows.length === 0) drawn.push(`${style.glyphs.fold(block.empty)}\n`);
		else if (style.isTerminal)
			drawn.push((await import('./ink-table.tsx')).drawTable(fittingTable(withoutEmptyColumns(block), style), style));
		else drawn.push(plainTable(block, style));
	}
	return drawn.filter(text => text !== '').join(style.isTerminal ? '' : '\n');
}

/** People need no column that says nothing; programs need the same columns every time. */
function withoutEmptyColumns({ columns, rows, empty }: TextTable): TextTable {
	const says = columns.map((_, index) => rows.some(row => row[index]?.text !== '' || row[index]?.symbol !== undefined));
	const kept = <Item>(items: readonly Item[]) => items.filter((_, index) => says[index]);
	return { columns: kept(columns), rows: rows.map(kept), empty };
}

/** On a very narrow terminal columns are left out: a row that is broken in two is no row. The first stays. */
export function fittingTable(table: TextTable, style: Style): TextTable {
	let { columns, rows } = table;
	const isTooWide = () => {
		const room = style.columns - 3 * columns.length - 1;
		return columnWidths({ ...table, columns, rows }, style, room).reduce((sum, width) => sum + width, 0) > room;
	};
	while (columns.length > 1 && isTooWide()) {
		const yields = columns.map((column, index) =>
			index === 0 ? Number.POSITIVE_INFINITY : (column.yields ?? 100 - index),
		);
		const least = yields.indexOf(Math.min(...yields));
		columns = columns.filter((_, index) => index !== least);
		rows = rows.map(row => row.filter((_, index) => index !== least));
	}
	return { ...table, columns, rows };
}

function isTable(block: Block): block is TextTable {
	return 'columns' in block;
}

function foldLine(line: Line, glyphs: Glyphs): Line {
	return line.map(span => ({ ...span, text: glyphs.fold(span.text) }));
}
