import type { ChartDialog } from '../chart-state.ts';
import type { DialogContract } from './dialog.ts';

/** Its keys and its drawing: half of the code that a chart needs, and no part of a start. */
let face: DialogContract<ChartDialog> | null = null;

/** Loads what draws charts. Must resolve before one is opened. */
export async function loadCharts(): Promise<void> {
	face ??= (await import('./chart-face.ts')).chartFace;
}

function loaded(): DialogContract<ChartDialog> {
	if (face === null) throw new Error('a chart was opened before loadCharts');
	return face;
}

export const chart: DialogContract<ChartDialog> = {
	keys: (dialog, room) => loaded().keys(dialog, room),
	otherKey: dialog => ({ dialog }),
	draw: (dialog, context) => loaded().draw(dialog, context),
};
