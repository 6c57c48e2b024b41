import type { LogView } from '../../../model/logs/log-view.ts';
import type { Line } from '../../../presentation/text.ts';
import type { LogRows } from './log-rows.ts';
import { following, type LogsViewState } from './logs-state.ts';

/** The shown log, which keys act on. */
export type LogScreen = {
	readonly view: LogView;
	readonly rows: LogRows;
	/** Rows for lines. */
	readonly height: number;
};

export type WindowRow = {
	readonly position: number;
	/** Index among the rows of the line. */
	readonly row: number;
	readonly line: Line;
};

/** The shown rows, from top to bottom. */
export function logWindow(screen: LogScreen, state: LogsViewState): readonly WindowRow[] {
	const { view, height } = screen;
	if (height <= 0) return [];
	const { folds } = state;
	if (state.cursor === null) {
		const last = state.held === null ? view.last(folds) : view.nearest(state.held, folds);
		return last === null ? [] : upwards(screen, state, last, height);
	}
	const cursor = view.nearest(state.cursor, folds);
	if (cursor === null) return [];
	const top = state.top && view.nearest(state.top.id, folds);
	const rows = top === null ? around(screen, state, cursor) : downwards(screen, state, top, state.top?.row ?? 0);
	// After a change of size or filters the current line may be out of sight.
	return rows.some(({ position }) => position === cursor) ? rows : around(screen, state, cursor);
}

/** Rows from the end of a line upwards, as many as fit. */
function upwards({ view, rows }: LogScreen, { folds }: LogsViewState, last: number, height: number): WindowRow[] {
	const found: WindowRow[] = [];
	for (let at: number | null = last; at !== null && found.length < height; at = view.step(at, -1, folds)) {
		const lines = rows.of(at, folds);
		for (let row = lines.length - 1; row >= 0 && found.length < height; row--)
			found.push({ position: at, row, line: lines[row] ?? [] });
	}
	return found.reverse();
}

/** Rows from a place downwards; near the end from further up, so that the window is full. */
function downwards(screen: LogScreen, state: LogsViewState, top: number, firstRow: number): WindowRow[] {
	const { view, rows, height } = screen;
	const found: WindowRow[] = [];
	for (let at: number | null = top; at !== null && found.length < height; at = view.step(at, 1, state.folds)) {
		const lines = rows.of(at, state.folds);
		const from = at === top ? Math.min(firstRow, lines.length - 1) : 0;
		for (let row = from; row < lines.length && found.length < height; row++)
			found.push({ position: at, row, line: lines[row] ?? [] });
	}
	if (found.length >= height) return found;
	const last = view.last(state.folds);
	return last === null ? found : upwards(screen, state, last, height);
}

/** A window with a line a third from its top. */
function around(screen: LogScreen, state: LogsViewState, cursor: number): WindowRow[] {
	const top = placeAbove(screen, state, { position: cursor, row: 0 }, Math.floor(screen.height / 3));
	return downwards(screen, state, top.position, top.row);
}

type Place = { readonly position: number; readonly row: number };

/** The place this number of rows above another, or the first place. */
function placeAbove({ view, rows }: LogScreen, { folds }: LogsViewState, from: Place, by: number): Place {
	let { position, row } = from;
	for (let left = by; left > 0; ) {
		if (row >= left) return { position, row: row - left };
		left -= row;
		const above = view.step(position, -1, folds);
		if (above === null) return { position, row: 0 };
		position = above;
		row = rows.of(position, folds).length;
	}
	return { position, row };
}

/** The place this number of rows below another; null beyond the last window. */
function placeBelow({ view, rows }: LogScreen, { folds }: LogsViewState, from: Place, by: number): Place | null {
	let { position, row } = from;
	for (let left = by; left > 0; ) {
		const inLine = rows.of(position, folds).length - row;
		if (left < inLine) return { position, row: row + left };
		left -= inLine;
		const below = view.step(position, 1, folds);
		if (below === null) return null;
		position = below;
		row = 0;
	}
	return { position, row };
}

/** The current line: at the cursor, or the last one. */
export function currentLine({ view }: LogScreen, state: LogsViewState): number | null {
	if (state.cursor !== null) return view.nearest(state.cursor, state.folds);
	return state.held === null ? view.last(state.folds) : view.nearest(state.held, state.folds);
}

function at({ view }: LogScreen, state: LogsViewState, cursor: number, top: Place): LogsViewState {
	const topId = view.at(top.position)?.id;
	return {
		...state,
		cursor: view.at(cursor)?.id ?? null,
		top: topId === undefined ? null : { id: topId, row: top.row },
		held: null,
	};
}

/** Up or down by lines; down from the last line follows the end. */
export function movedByLines(screen: LogScreen, state: LogsViewState, by: number): LogsViewState {
	const { view } = screen;
	const current = currentLine(screen, state);
	const shown = logWindow(screen, state);
	const [first] = shown;
	if (current === null || !first) return state;
	const direction = by > 0 ? 1 : -1;
	if (state.cursor === null && direction === 1) return state;
	// A line with more rows than the window is scrolled.
	const edge = direction === 1 ? shown.at(-1) : first;
	if (edge?.position === current) {
		const lines = screen.rows.of(current, state.folds).length;
		const isWhole = direction === 1 ? edge.row === lines - 1 : edge.row === 0;
		if (!isWhole) {
			const top = direction === 1 ? placeBelow(screen, state, first, 1) : placeAbove(screen, state, first, 1);
			return top === null ? state : at(screen, state, current, top);
		}
	}
	let next = current;
	for (let left = Math.abs(by); left > 0; left--) {
		const step = view.step(next, direction, state.folds);
		if (step === null) {
			if (direction === 1) return following(state);
			break;
		}
		next = step;
	}
	return withCursorInSight(screen, at(screen, state, next, first), next, shown);
}

function withCursorInSight(
	screen: LogScreen,
	state: LogsViewState,
	cursor: number,
	shown: readonly WindowRow[],
): LogsViewState {
	const rows = screen.rows.of(cursor, state.folds).length;
	const visible = shown.filter(({ position }) => position === cursor).length;
	if (visible === rows || visible === screen.height) return state;
	const [first] = shown;
	if (!first || cursor <= first.position) return at(screen, state, cursor, { position: cursor, row: 0 });
	const end = upwards(screen, state, cursor, screen.height)[0];
	const top = rows > screen.height || !end ? { position: cursor, row: 0 } : end;
	return at(screen, state, cursor, top);
}

/** Up or down a window, by rows. */
export function movedByPages(screen: LogScreen, state: LogsViewState, by: 1 | -1): LogsViewState {
	const shown = logWindow(screen, state);
	const [first] = shown;
	if (!first) return state;
	if (by === 1 && state.cursor === null) return state;
	const rows = Math.max(1, screen.height - 1);
	if (by === -1) {
		const top = placeAbove(screen, state, first, rows);
		return at(screen, state, top.position, top);
	}
	const top = placeBelow(screen, state, first, rows);
	const below = top && downwards(screen, state, top.position, top.row);
	const last = below?.at(-1);
	if (!top || !below || !last) return following(state);
	const isEnd =
		screen.view.step(last.position, 1, state.folds) === null &&
		last.row === screen.rows.of(last.position, state.folds).length - 1;
	return isEnd ? following(state) : at(screen, state, last.position, top);
}

export function movedToEnd(screen: LogScreen, state: LogsViewState, end: 'first' | 'last'): LogsViewState {
	if (end === 'last') return following(state);
	const first = screen.view.first(state.folds);
	return first === null ? state : at(screen, state, first, { position: first, row: 0 });
}

/** To a line, unfolded if necessary. A line that is on the screen keeps its place. */
export function movedTo(screen: LogScreen, state: LogsViewState, position: number): LogsViewState {
	const unfolded = { ...state, folds: screen.view.unfoldedFor(position, state.folds) };
	const shown = logWindow(screen, unfolded);
	const [first] = shown;
	if (first && shown.some(row => row.position === position)) return at(screen, unfolded, position, first);
	const id = screen.view.at(position)?.id ?? null;
	const [top] = around(screen, { ...unfolded, cursor: id }, position);
	return at(screen, unfolded, position, top ?? { position, row: 0 });
}
