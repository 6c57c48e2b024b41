/**
 * The values of one metric of one MLflow run, in the order of their steps. Columns of numbers instead of objects: a
 * hundred thousand points take 2.4 MB.
 */
export type MetricHistory = {
	readonly runId: string;
	readonly key: string;
	readonly steps: Float64Array;
	/** ms since the epoch. */
	readonly times: Float64Array;
	/** With NaN and infinities. */
	readonly values: Float64Array;
	/** Points that MLflow was asked for, and so perhaps only a part: `spread` over all steps, or only the `first` ones. */
	readonly part: 'all' | 'spread' | 'first';
};

/** Both ends included. */
export type Range = { readonly from: number; readonly to: number };

export type MetricPoint = { readonly step: number; readonly at: number; readonly value: number };

/** Sorts points by step; of one step by time. `part`: what of them the server sent. */
export function metricHistory(
	of: { readonly runId: string; readonly key: string; readonly part?: MetricHistory['part'] },
	points: readonly MetricPoint[],
): MetricHistory {
	const isSorted = points.every((point, index) => {
		const before = points[index - 1];
		return before === undefined || before.step < point.step || (before.step === point.step && before.at <= point.at);
	});
	const sorted = isSorted ? points : points.toSorted((a, b) => a.step - b.step || a.at - b.at);
	return {
		runId: of.runId,
		key: of.key,
		part: of.part ?? 'all',
		steps: Float64Array.from(sorted, ({ step }) => step),
		times: Float64Array.from(sorted, ({ at }) => at),
		values: Float64Array.from(sorted, ({ value }) => value),
	};
}
