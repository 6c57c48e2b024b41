/** The emulated screen as plain values. */
import type { IBufferCell, Terminal } from '@xterm/headless';

export type Cell = {
	/** The character with its combining marks; a space if nothing is drawn; empty in the second half of a wide one. */
	char: string;
	/** `default`, a name such as `red` or `bright-blue`, `ansi-123` of the 256, or `#rrggbb`. */
	fg: string;
	bg: string;
	bold: boolean;
	dim: boolean;
	italic: boolean;
	underline: boolean;
	strikethrough: boolean;
	inverse: boolean;
	/** Cells taken: 2 for a wide character, 0 for its second half. */
	width: number;
};

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

function paletteName(index: number): string {
	const name = names[index % 8];
	if (index >= 16 || name === undefined) {
		return `ansi-${index}`;
	}
	return index < 8 ? name : `bright-${name}`;
}

const hex = (rgb: number) => `#${rgb.toString(16).padStart(6, '0')}`;

function colour(isPalette: boolean, isRgb: boolean, value: number): string {
	if (isPalette) {
		return paletteName(value);
	}
	return isRgb ? hex(value) : 'default';
}

function cellOf(cell: IBufferCell): Cell {
	const width = cell.getWidth();
	return {
		char: cell.getChars() || (width === 0 ? '' : ' '),
		fg: colour(cell.isFgPalette(), cell.isFgRGB(), cell.getFgColor()),
		bg: colour(cell.isBgPalette(), cell.isBgRGB(), cell.getBgColor()),
		bold: cell.isBold() !== 0,
		dim: cell.isDim() !== 0,
		italic: cell.isItalic() !== 0,
		underline: cell.isUnderline() !== 0,
		strikethrough: cell.isStrikethrough() !== 0,
		inverse: cell.isInverse() !== 0,
		width,
	};
}

/** A row of cells as text, trimmed at its right. */
export const rowText = (row: readonly Cell[]) =>
	row
		.map(({ char }) => char)
		.join('')
		.replace(/ +$/, '');

/** The rows on screen, each trimmed at its right. */
export function screenRows(terminal: Terminal): string[] {
	const { active } = terminal.buffer;
	return Array.from({ length: terminal.rows }, (_, row) => {
		const line = active.getLine(active.baseY + row);
		return line?.translateToString(true).replace(/ +$/, '') ?? '';
	});
}

export function screenCells(terminal: Terminal): Cell[][] {
	const { active } = terminal.buffer;
	return Array.from({ length: terminal.rows }, (_, row) => {
		const line = active.getLine(active.baseY + row);
		return Array.from({ length: terminal.cols }, (_, column) => cellOf(line?.getCell(column) ?? active.getNullCell()));
	});
}
