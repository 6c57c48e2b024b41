import type { ChaosRow } from '../row.ts';

const rows = {
	'event-stream-stops': {
		fault: 'The event stream stops without an error',
		outcome: 'Lists the containers every 30 s and finds what happened.',
		screen: 'exited',
	},
	'log-cut-within-a-frame': {
		fault: 'A log stream breaks off within a frame',
		outcome: 'Reopens the log where it stopped: no line is lost or repeated.',
		screen: 'following',
	},
	'log-frame-of-4-gb': {
		fault: 'The header of a frame announces 4 GB',
		outcome: 'Reopens the log where it stopped: no line is lost or repeated.',
		screen: 'following',
	},
} as const;

export type StreamRowId = keyof typeof rows;

/** Faults of the engine's streams, which have no time limit. */
export const streamRows: readonly ChaosRow[] = Object.entries(rows).map(([id, row]) => ({
	id,
	group: 'servers',
	...row,
}));

export const streamRow = (id: StreamRowId) => rows[id];
