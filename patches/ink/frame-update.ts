import { byteLength, changedStretches, looksBlank, type Stretch } from './cells.ts';
import { styleChange } from './sgr-style.ts';

/** Turns one row into another, wherever on the row the cursor is, without a style before and after. */
export type RowUpdate = (previous: string, next: string, columns: number) => string;

/**
 * The sequences that turn one frame on the screen into the next: only changed cells, in an order in which moves and
 * styles are short. Frames fill the screen. The cursor may be anywhere before, and is anywhere afterwards; no style is
 * on before and after.
 *
 * @param otherwise Ink's own way, for rows that are not supported here
 */
export function frameUpdate(
	previous: readonly string[],
	next: readonly string[],
	columns: number,
	otherwise: RowUpdate,
): string {
	const stretches: Stretch[] = [];
	let others = '';
	for (const [row, text] of next.entries()) {
		const before = previous[row] ?? '';
		if (text === before) continue;
		const changed = changedStretches(row, before, text, columns);
		if (changed) stretches.push(...changed);
		else others += `\u001B[${row + 1}H${withoutIdleStyles(otherwise(before, text, columns))}`;
	}
	const byRow = written(stretches);
	if (stretches.length > maxOrdered) return others + byRow;
	const byCost = written(cheapestFirst(stretches));
	return others + (byteLength(byCost) < byteLength(byRow) ? byCost : byRow);
}

/** The order costs the square of their number. Frames with more are rare, and mostly text. */
const maxOrdered = 64;

/** Position of the cursor; null: unknown. */
type Place = { readonly row: number; readonly column: number } | null;

class Pen {
	place: Place = null;
	style = '';

	/** What has to be written before the stretch. */
	way(stretch: Stretch): string {
		return move(this.place, stretch) + styleChange(this.style, this.#styleFor(stretch));
	}

	#styleFor({ style }: Stretch): string {
		return style ?? (looksBlank(this.style) ? this.style : '');
	}

	/** Moves the pen past the written stretch. */
	pass(stretch: Stretch): void {
		const { row, column, text, endsRow } = stretch;
		const erased = erasable(stretch);
		this.style = this.#styleFor(stretch);
		// After the last cell of a row the cursor waits to wrap: terminals differ in where it is. Erasing does not move it.
		this.place = endsRow && erased === 0 ? null : { row, column: column + text.length - erased };
	}
}

function written(stretches: readonly Stretch[]): string {
	const pen = new Pen();
	let text = '';
	for (const stretch of stretches) {
		text += pen.way(stretch) + erasing(stretch);
		pen.pass(stretch);
	}
	return text + styleChange(pen.style, '');
}

/** Nearest stretch first. */
function cheapestFirst(stretches: readonly Stretch[]): Stretch[] {
	const left = [...stretches];
	const order: Stretch[] = [];
	const pen = new Pen();
	while (left.length > 0) {
		let best = 0;
		let least = Number.POSITIVE_INFINITY;
		for (const [index, stretch] of left.entries()) {
			const cost = pen.way(stretch).length;
			if (cost < least) [best, least] = [index, cost];
		}
		const [next] = left.splice(best, 1);
		if (!next) break;
		order.push(next);
		pen.pass(next);
	}
	return order;
}

/** Blanks at the end of a stretch that are erased, because that is shorter. The sequence has four bytes or more. */
function erasable({ text, style }: Stretch): number {
	const blanks = style === null || looksBlank(style) ? text.length - text.trimEnd().length : 0;
	return blanks > 5 ? blanks : 0;
}

function erasing(stretch: Stretch): string {
	const blanks = erasable(stretch);
	return blanks === 0 ? stretch.text : `${stretch.text.slice(0, -blanks)}\u001B[${blanks}X`;
}

/** The shortest of the moves that all terminals know. None of them scrolls. */
function move(from: Place, to: { readonly row: number; readonly column: number }): string {
	if (from && from.row === to.row && from.column === to.column) return '';
	const absolute = `\u001B[${to.row + 1}${to.column === 0 ? '' : `;${to.column + 1}`}H`;
	if (!from) return absolute;
	const down = to.row - from.row;
	const vertical = down === 0 ? '' : steps(down, 'B', 'A');
	const relative = vertical + along(from.column, to.column);
	return relative.length < absolute.length ? relative : absolute;
}

function along(from: number, to: number): string {
	if (from === to) return '';
	if (to === 0) return '\r';
	const back = from - to;
	if (back > 0 && back <= 3) return '\b'.repeat(back);
	const relative = steps(-back, 'C', 'D');
	const absolute = `\u001B[${to + 1}G`;
	return relative.length < absolute.length ? relative : absolute;
}

function steps(by: number, forth: string, back: string): string {
	const count = Math.abs(by);
	return `\u001B[${count === 1 ? '' : count}${by > 0 ? forth : back}`;
}

const reset = '\u001B[0m';

/** Without styles that are reset before anything is written: Ink repeats every style before the first change of a row. */
export function withoutIdleStyles(text: string): string {
	return text.replace(/(?:\u001B\[[\d;]*m){2,}/g, styles => styles.slice(Math.max(0, styles.lastIndexOf(reset))));
}

/**
 * A larger frame is shown at once by terminals that can (DECSET 2026). A small one is there before anybody sees a part
 * of it, as nothing is erased first: the marks would be a tenth of all that is written at rest.
 */
const maxUnmarked = 256;

/** @param isChange only changed cells are written, nothing is erased before */
export function marked(text: string, isChange: boolean): string {
	return isChange && text.length <= maxUnmarked ? text : `\u001B[?2026h${text}\u001B[?2026l`;
}
