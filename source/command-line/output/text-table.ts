import type { Glyphs } from '../../presentation/glyphs.ts';
import { type Line, wrapLine } from '../../presentation/text.ts';
import { paint } from '../../presentation/theme.ts';
import type { Style } from './style.ts';
import { cellText, columnWidths, padded, type TextTable } from './table-cells.ts';

export type Block = TextTable | readonly Line[];

/** Columns separated by three spaces under a header line, like `docker ps`: for grep, and for awk -F '  +'. */
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

/** Draws blocks below each other; on a terminal tables are drawn by ink-table. */
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

/** People do not need empty columns; programs need the same columns every time. */
function withoutEmptyColumns({ columns, rows, empty }: TextTable): TextTable {
	const says = columns.map((_, index) => rows.some(row => row[index]?.text !== '' || row[index]?.symbol !== undefined));
	const kept = <Item>(items: readonly Item[]) => items.filter((_, index) => says[index]);
	return { columns: kept(columns), rows: rows.map(kept), empty };
}

/** On a very narrow terminal columns are dropped, except the first, because a wrapped row is unreadable. */
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
