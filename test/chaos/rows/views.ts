import type { ChaosRow } from '../row.ts';

const rows = {
	'view-of-a-broken-answer': {
		fault: 'A page, menu or chart is opened while its server answers with a fault',
		outcome: "Shows the server's error and stays where it was. Known facts stay on the screen.",
		screen: '',
	},
	'view-of-a-silent-server': {
		fault: 'A page, menu or chart is opened while its server never answers, and left with Esc',
		outcome: 'Ends the request. A late answer opens nothing.',
		screen: 'waiting for an answer',
	},
} as const;

export type ViewRowId = keyof typeof rows;

/** Faults of servers that are asked only when somebody opens something. */
export const viewRows: readonly ChaosRow[] = Object.entries(rows).map(([id, row]) => ({
	id,
	group: 'servers',
	...row,
}));

export const viewRow = (id: ViewRowId) => rows[id];
