import { panes } from './panes/panes.ts';
import { type PresentInput, paneInput, type Screen } from './presenter.ts';

/** Several, because the ages of services that were started together change within seconds of each other. */
const secondsAhead = [0, 1, 2, 3];

/**
 * Whether the screen probably looks otherwise in a second too: something on it has changed that need not wait for a
 * minute. A pane says which times it shows; of the others every change may be that of a second.
 *
 * @param before the screen that was drawn last
 * @param after the same with the time of `input`
 */
export function showsSeconds(input: PresentInput, before: Screen, after: Screen): boolean {
	if (before.columns !== after.columns || before.rows !== after.rows) return true;
	if ((['header', 'browse', 'footer', 'overlay'] as const).some(part => before[part] !== after[part])) return true;
	return panes.some(pane => {
		const shown = after.panes[pane.id];
		if (shown === before.panes[pane.id] || !shown || !pane.timesShown) return shown !== before.panes[pane.id];
		const asked = paneInput(input, shown.rectangle, input.view.focus === pane.id);
		const times = secondsAhead.map(ahead => pane.timesShown?.({ ...asked, now: asked.now + ahead * 1000 }));
		return times.every((time, index) => time === null || time !== times[index - 1]);
	});
}
