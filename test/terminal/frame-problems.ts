/** Checks that the frame of a screen is complete: borders in their places, corners joined. */
import { cellsOf } from './cell-width.ts';

/** Which sides of its cell a box-drawing character touches. */
const up = new Set('│┃║└┗╚╰┘┛╝╯├┣╠┤┫╣┴┻╩┼╋╬╞╡╪╟╢╫╧╨╘╙╛╜┆┇┊┋╎╏');
const down = new Set('│┃║┌┏╔╭┐┓╗╮├┣╠┤┫╣┬┳╦┼╋╬╞╡╪╟╢╫╤╥╒╓╕╖┆┇┊┋╎╏');
const left = new Set('─━═┐┓╗╮┘┛╝╯┤┫╣┬┳╦┴┻╩┼╋╬╡╢╪╫╤╥╧╨╕╖╛╜┄┅┈┉╌╍');
const right = new Set('─━═┌┏╔╭└┗╚╰├┣╠┬┳╦┴┻╩┼╋╬╞╟╪╫╤╥╧╨╒╓╘╙┄┅┈┉╌╍');

/** Where the line of a graph may end beside a box. */
const arrows = new Set('→←↓↑');
/** Before the name of a task or a folded group (`[+]`): in a graph of rows, lines begin and end at names. */
const symbols = new Set('✔✖●○◌◔↻⇄⇡»◇◆⟳]');

type Grid = { at(row: number, column: number): string; rows: string[][] };

function gridOf(screen: readonly string[], ambiguousWide: boolean): Grid {
	const rows = screen.map(row => cellsOf(row.trimEnd(), ambiguousWide));
	return { rows, at: (row, column) => rows[row]?.[column] ?? ' ' };
}

const place = (row: number, column: number) => `row ${row + 1}, column ${column + 1}`;

function widthProblems(grid: Grid, cols: number, isBorder: (cell: string) => boolean): string[] {
	const problems: string[] = [];
	for (const [row, cells] of grid.rows.entries()) {
		if (cells.length > cols) {
			problems.push(`row ${row + 1}: ${cells.length} cells wide, the screen has ${cols}`);
		} else if (isBorder(cells[0] ?? '') && !isBorder(grid.at(row, cols - 1))) {
			const last = cells.findLastIndex(isBorder);
			const where = last > 0 ? `its last border is at column ${last + 1}` : 'it has none';
			problems.push(`row ${row + 1}: no right border at column ${cols}, ${where}`);
		}
	}
	return problems;
}

/** Whether the words of a title cover this place in a horizontal border, and a joint there with it. */
function isUnderTitle(grid: Grid, row: number, column: number): boolean {
	const cells = grid.rows[row] ?? [];
	const cell = grid.at(row, column);
	const isBorderRow = right.has(cells[0] ?? '') && left.has(cells.at(-1) ?? '');
	return isBorderRow && column < cells.length && ![up, down, left, right].some(side => side.has(cell));
}

/** Whether a task of a graph stands here, whose lines begin below its name. */
function isTask(grid: Grid, row: number, column: number): boolean {
	const cells = grid.rows[row] ?? [];
	const cell = grid.at(row, column);
	const isWord = cell !== ' ' && ![up, down, left, right].some(side => side.has(cell));
	return isWord && cells.slice(Math.max(0, column - 40), column + 1).some(one => symbols.has(one));
}

function boxProblems(grid: Grid, cols: number): string[] {
	const problems: string[] = [];
	for (const [row, cells] of grid.rows.entries()) {
		for (const [column, cell] of cells.entries()) {
			const touchesUp = up.has(cell);
			const touchesDown = down.has(cell);
			if (!touchesUp && !touchesDown) {
				continue;
			}
			const isJoined = (side: ReadonlySet<string>, at: number) =>
				side.has(grid.at(at, column)) ||
				arrows.has(grid.at(at, column)) ||
				isUnderTitle(grid, at, column) ||
				isTask(grid, at, column);
			const above = isJoined(down, row - 1);
			const below = isJoined(up, row + 1);
			const horizontal = left.has(cell) || right.has(cell);
			const atEdge = column === 0 || column === cols - 1;
			// A single vertical line inside of a row separates words, and is no border.
			if (!horizontal && !above && !below && !atEdge) {
				continue;
			}
			if (touchesUp && !above) {
				problems.push(`${place(row, column)}: ${cell} is not joined to what is above it`);
			}
			if (touchesDown && !below) {
				problems.push(`${place(row, column)}: ${cell} is not joined to what is below it`);
			}
			// A title may interrupt a horizontal border, so the other end only has to be somewhere on the row.
			if (right.has(cell) && !cells.slice(column + 1).some(other => left.has(other) || arrows.has(other))) {
				problems.push(`${place(row, column)}: ${cell} is not joined to anything on its right`);
			}
			if (left.has(cell) && !cells.slice(0, column).some(other => right.has(other) || arrows.has(other))) {
				problems.push(`${place(row, column)}: ${cell} is not joined to anything on its left`);
			}
		}
	}
	return problems;
}

const isAsciiBorder = (cell: string) => cell === '|' || cell === '+';

/** In ASCII `|`, `+` and `-` are ordinary text too: only the screen's edges and `+` at the end of a line count. */
function asciiProblems(grid: Grid, cols: number): string[] {
	const problems: string[] = [];
	for (const [row, cells] of grid.rows.entries()) {
		for (const [column, cell] of cells.entries()) {
			const above = isAsciiBorder(grid.at(row - 1, column));
			const below = isAsciiBorder(grid.at(row + 1, column));
			const atEdge = column === 0 || column === cols - 1;
			const endsLine =
				cells.slice(column + 1, column + 3).join('') === '--' ||
				cells.slice(Math.max(0, column - 2), column).join('') === '--';
			if (cell === '|' && atEdge && !(above && below)) {
				problems.push(`${place(row, column)}: | is not joined to what is ${above ? 'below' : 'above'} it`);
			}
			if (cell === '+' && (atEdge || endsLine) && !above && !below) {
				problems.push(`${place(row, column)}: + is not joined to what is above or below it`);
			}
		}
	}
	return problems;
}

/**
 * Problems of the frame, in words; none if it is complete. Rows may come from a terminal or from a rendered string. A
 * row that starts with a border has to end with one in the last column. Plain horizontal lines are not checked, since a
 * title or a dash in a text looks the same.
 */
export function frameProblems(screen: readonly string[], cols: number, { ambiguousWide = false } = {}): string[] {
	const grid = gridOf(screen, ambiguousWide);
	const isBoxBorder = (cell: string) => up.has(cell) || down.has(cell);
	const hasBoxes = grid.rows.some(cells => cells.some(isBoxBorder));
	return hasBoxes
		? [...widthProblems(grid, cols, isBoxBorder), ...boxProblems(grid, cols)]
		: [...widthProblems(grid, cols, isAsciiBorder), ...asciiProblems(grid, cols)];
}
