import { isSlower } from '../../model/airflow/durations.ts';
import { quantile } from '../../model/quantile.ts';
import type { Trend } from './run-trend.ts';

/** A duration against those of other runs of the same DAG, ms. */
export type AgainstUsual = {
	readonly elapsedMs: number | null;
	/** Of the other runs that succeeded; null: none did. */
	readonly medianMs: number | null;
	readonly p90Ms: number | null;
	/** Number of these runs. */
	readonly runs: number;
	/** By how much it is slower than usual, ms; null: it is not, or too few runs tell what is usual. */
	readonly slowerMs: number | null;
};

/** Fewest successful runs whose median is usual. */
const leastRuns = 3;

/** What a run took against the other runs of a trend: its own duration does not count. */
export function againstUsual(
	{ points }: Pick<Trend, 'points'>,
	dagRunId: string,
	elapsedMs: number | null,
): AgainstUsual {
	const others = points.flatMap(point =>
		point.dagRunId !== dagRunId && point.state === 'success' && point.elapsedMs !== null ? [point.elapsedMs] : [],
	);
	const medianMs = quantile(others, 0.5);
	const isKnown = others.length >= leastRuns && medianMs !== null && elapsedMs !== null;
	return {
		elapsedMs,
		medianMs,
		p90Ms: quantile(others, 0.9),
		runs: others.length,
		slowerMs: isKnown && isSlower(elapsedMs, medianMs) ? elapsedMs - medianMs : null,
	};
}
