import type { ViewState } from '../conversation.ts';
import type { MouseEvent } from '../mouse.ts';
import { paneIds } from '../panes/panes.ts';
import { placeAt } from '../places.ts';
import type { Painted } from '../presenter.ts';
import { actionContext, type PresentInput, present } from '../presenter.ts';

/** Rows that one turn of the wheel moves, as in most terminals. */
const wheelRows = 3;

const isInside = ({ rectangle: { x, y, width, height } }: Painted, event: MouseEvent) =>
	event.x >= x && event.x < x + width && event.y >= y && event.y < y + height;

/** The view with the focus on the pane under the pointer; null outside of panes. A list fills the screen. */
function focusedAt(input: PresentInput, event: MouseEvent): ViewState | null {
	const { view } = input;
	const { panes, browse } = present(input);
	if (browse) return isInside(browse, event) ? view : null;
	const id = paneIds.find(one => {
		const pane = panes[one];
		return pane !== undefined && isInside(pane, event);
	});
	return id === undefined ? null : { ...view, focus: id };
}

/** The row of the screen with the selection: it is marked, or reversed from its first cell on. */
function selectedRow(input: PresentInput): number | null {
	const { view, glyphs } = input;
	const screen = present(input);
	const painted = view.browse === null ? screen.panes[view.focus] : screen.browse;
	if (!painted) return null;
	const rows = painted.text.split('\n');
	const index = rows.findIndex((row, at) => {
		if (at === 0) return false;
		const [, , ...inner] = row.replaceAll(/\u001B\[[0-9;]*m/g, '');
		return inner.join('').startsWith(glyphs.selected) || /^.{0,12}\u001B\[(?:\d+;)*7[;m]/.test(row);
	});
	return index === -1 ? null : painted.rectangle.y + index;
}

/** The view with the row under the pointer selected, as close as movement by keys gets. */
function selectedAt(input: PresentInput, event: MouseEvent): ViewState {
	const focused = focusedAt(input, event);
	if (focused === null) return input.view;
	let view = focused;
	let row = selectedRow({ ...input, view });
	for (let steps = 0; row !== null && row !== event.y && steps < 2 * input.rows; steps++) {
		const by = Math.sign(event.y - row);
		const next = placeAt(view).move(actionContext({ ...input, view }), by);
		const there = selectedRow({ ...input, view: next });
		// Headings between rows cannot be selected.
		if (next === view || there === null || Math.sign(event.y - there) === -by) break;
		view = next;
		row = there;
	}
	return view;
}

/** The view after the mouse did something over panes or a list. */
export function pointed(input: PresentInput, event: MouseEvent): ViewState {
	if (event.kind === 'click') return selectedAt(input, event);
	const view = focusedAt(input, event) ?? input.view;
	return placeAt(view).move(actionContext({ ...input, view }), event.kind === 'wheel up' ? -wheelRows : wheelRows);
}
