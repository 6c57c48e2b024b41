/** What a walk of `walk.ts` presses: to lists, and in a dialog, with how much of that there is to read. */
import type { Dialog } from '../../../source/ui/dialogs/dialogs.ts';

/** Not pressed: what leaves the program, gives the terminal away or asks for another stack. */
export const left = new Set(['quit', 'shell', 'pager', 'suspend']);

/** How each list is opened from the overview. */
export const waysToLists: Readonly<Record<string, readonly string[]>> = {
	dags: ['D'],
	runs: ['2', 'a'],
	timeline: ['H'],
	'mlflow-runs': ['4', 'a'],
	'model-versions': ['4', '*'],
};

/** Answers that are valid nowhere. */
const nonsense = '없는 말';

/** Letters of the series of a chart, which meet where their lines end. */
export const seriesMarks = /^[a-h]+$/;

/** Keys of a chart, one after the other: cursor, part, axes, scale, smoothing, metrics. */
const chartKeys = ['right', '+', '-', '0', ']', ']', ']', '*', 'up', 'tab', 'a'];

/** Rows of a dialog that a screen of 40 rows shows at once, whatever is beside them. */
export const surelyShown = 15;

/** How much a dialog has to show, in rows; 0 for one that is never longer than the screen. */
export function rowsOf(dialog: Dialog | null): number {
	switch (dialog?.kind) {
		case 'page':
			return dialog.page.lines.length;
		case 'choose':
			return dialog.question.choices.length;
		case 'form':
			return dialog.question.fields.length * 2 + (dialog.question.intro?.length ?? 0);
		case 'help':
			return Number.POSITIVE_INFINITY;
		default:
			return 0;
	}
}

/**
 * Keys that lead on from a dialog, each way with a name for a report.
 * @param goesDeep also from pages and charts
 */
export function waysOn(
	dialog: Dialog | null,
	goesDeep: boolean,
): readonly { readonly name: string; readonly keys: readonly string[] }[] {
	const named = (...ways: readonly string[][]) => ways.map(keys => ({ name: keys.join(' '), keys }));
	switch (dialog?.kind) {
		case 'choose':
			return dialog.question.choices.map(({ id }, index) => ({
				name: id,
				keys: [...Array.from({ length: index }, () => 'down'), 'enter'],
			}));
		case 'form':
			return named(['enter'], [`paste ${nonsense}`, 'enter'], ['tab', `paste ${nonsense}`, 'enter']);
		case 'page':
			if (!goesDeep) return [];
			return named(...(dialog.page.leads ?? []).map(({ key }) => [key]));
		case 'chart':
			if (!goesDeep) return [];
			return named(chartKeys);
		default:
			return [];
	}
}
