import type { Range } from '../../model/mlflow/metric-history.ts';
import type { Writer } from '../../words/write.ts';
import type { Glyphs } from '../glyphs.ts';
import type { Span } from '../text.ts';

export type ChartStyle = {
	/** Cells of a row, and rows of the whole chart. */
	readonly width: number;
	readonly height: number;
	readonly glyphs: Glyphs;
	readonly say: Writer;
	/** ms since the epoch. */
	readonly now: number;
};

/** How the chart is looked at. */
export type ChartLook = {
	/** Logarithmic values. */
	readonly isLog: boolean;
	/** Part of the horizontal axis; null: all of it. */
	readonly window: Range | null;
	/** x of the cursor; null: none. */
	readonly cursor: number | null;
};

export const plainLook: ChartLook = { isLog: false, window: null, cursor: null };

/** In the order of the series. None is green or red, which would say good or bad. */
const seriesTones = ['accent', 'active', 'odd', 'warning', 'plain', 'waiting', 'muted', 'active'] as const;

export const toneOf = (series: number): Span['tone'] => seriesTones[series % seriesTones.length];

/** What of a series is within the range of the axis. */
export type Visible = {
	/** Indices, the last one excluded. */
	readonly first: number;
	readonly end: number;
	/** Of what a line can show; NaN if there is nothing. */
	readonly lowest: number;
	readonly highest: number;
	readonly nans: number;
	readonly infinities: number;
	/** Not positive, on a logarithmic axis. */
	readonly unlogged: number;
};
