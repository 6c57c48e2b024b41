import type { StateSymbol, Tone } from '../../model/airflow/task-state.ts';
import { cleanText } from '../../model/text/clean-text.ts';
import type { Glyphs } from '../../presentation/glyphs.ts';
import { cutCell, textWidth } from '../../presentation/text.ts';
import type { Style } from './style.ts';

export type Cell = {
	readonly text: string;
	/** Drawn before the text, only on a terminal. */
	readonly symbol?: StateSymbol | undefined;
	readonly tone?: Tone | undefined;
};

export type Column = {
	readonly title: string;
	readonly align?: 'right';
	/** On a narrow terminal columns are cut in this order, the lowest first; columns without a number are never cut. */
	readonly yields?: number;
};

/** A table before it is drawn: each row has a cell per column. */
export type TextTable = {
	readonly columns: readonly Column[];
	readonly rows: readonly (readonly Cell[])[];
	/** Shown if there are no rows. */
	readonly empty: string;
};

/** The text of a cell on this output: undrawable characters are replaced, and an empty cell is `-` in plain output. */
export function cellText(cell: Cell, { glyphs, isTerminal }: Pick<Style, 'glyphs' | 'isTerminal'>): string {
	// Cells may hold words of the command line: they must not control the terminal.
	const text = glyphs.fold(cleanText(cell.text));
	if (!isTerminal) return text === '' ? '-' : text;
	return cell.symbol === undefined ? text : `${glyphs.state[cell.symbol]} ${text}`.trimEnd();
}

/**
 * Widths of the columns in cells: each as wide as its widest text, if they fit.
 * @param room for the texts, without separators
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

/** Pads a text with spaces to a width, or cuts it. */
export function padded(text: string, width: number, align: Column['align'], glyphs: Glyphs): string {
	const cut = cutCell(text, width, glyphs.ellipsis);
	const space = ' '.repeat(Math.max(0, width - textWidth(cut)));
	return align === 'right' ? space + cut : cut + space;
}
