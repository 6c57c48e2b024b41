import { renderToString, Text } from 'ink';
import Table from 'ink-table';
import { paint } from '../../presentation/theme.ts';
import type { Style } from './style.ts';
import { cellText, columnWidths, padded, type TextTable } from './table-cells.ts';

/**
 * Draws a table with borders, by ink-table. It measures by `String.length`, which is wrong for wide characters (한글) and
 * colours: the components here give each cell its width on the screen. ink-table is CommonJS and cannot `require` Ink, an
 * ES module; the build converts it (patches/ink-table/es-module.ts).
 */
export function drawTable(table: TextTable, style: Style): string {
	const { glyphs, theme } = style;
	const { line } = glyphs;
	// Each column has a border, and a space on both sides of its text.
	const room = style.columns - 3 * table.columns.length - 1;
	const widths = columnWidths(table, style, room);
	const column = (index: number | undefined) => table.columns[index ?? -1];
	const total = widths.reduce((sum, width) => sum + width + 3, 1);
	const frame = (text: string) => paint([{ text, tone: 'muted' }], theme);
	const corners: Readonly<Record<string, string>> = {
		'─': line.horizontal,
		'│': line.vertical,
		'┌': line.topLeft,
		'┐': line.topRight,
		'└': line.bottomLeft,
		'┘': line.bottomRight,
		'├': line.teeLeft,
		'┤': line.teeRight,
		'┬': line.teeDown,
		'┴': line.teeUp,
		'┼': line.cross,
	};

	type Part = { readonly column?: number; readonly children?: React.ReactNode };
	/** A border; along a column it has the width of the column. */
	const border = ({ column: index, children }: Part) => {
		const text = String(children);
		const drawn = corners[text[0] ?? ''] ?? text;
		return <Text>{frame(index === undefined ? drawn : drawn.repeat((widths[index] ?? 0) + 2))}</Text>;
	};
	const heading = ({ column: index, children }: Part) => {
		const text = padded(String(children).trim(), widths[index ?? 0] ?? 0, column(index)?.align, glyphs);
		return <Text>{paint([{ text: ` ${text} `, bold: true }], theme)}</Text>;
	};
	const content = ({ column: index, children }: Part) => {
		// The number of the row, see below; ink-table adds spaces around it.
		const cell = table.rows[Number(String(children).trim())]?.[index ?? 0] ?? { text: '' };
		const text = padded(cellText(cell, style), widths[index ?? 0] ?? 0, column(index)?.align, glyphs);
		return <Text>{paint([{ text: ` ${text} `, tone: cell.tone }], theme)}</Text>;
	};

	// A cell of the data holds the number of its row; `content` looks up the text.
	const data = table.rows.map((_, row) =>
		Object.fromEntries(table.columns.map(({ title }): [string, number] => [title, row])),
	);
	const text = renderToString(
		<Table
			data={data}
			columns={table.columns.map(({ title }) => title)}
			header={heading}
			cell={content}
			skeleton={border}
		/>,
		{ columns: Math.max(total, style.columns) },
	);
	// Only the heading gets a line below it, so that a screen holds twice as many rows.
	const inner = text
		.split('\n')
		.filter((_, index) => index < 3 || index % 2 === 1 || index === 2 * table.rows.length + 2);
	return inner.map(row => `${row.trimEnd()}\n`).join('');
}
