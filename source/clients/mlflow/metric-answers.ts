import * as z from 'zod/mini';
import { metricNumber } from '../../model/mlflow/experiment.ts';
import type { MetricPoint } from '../../model/mlflow/metric-history.ts';
import { epochTime } from '../../model/text/outside-text.ts';
import { metricValue, optionalInt64 } from './mlflow-answers.ts';

/** MLflow sends this many points of a history at most (mlflow/server/handlers.py, MAX_HISTORY_RESULTS). */
export const longestHistory = 25_000;

const point = z.pipe(
	z.object({ value: metricValue, timestamp: epochTime(1), step: optionalInt64 }),
	z.transform(
		({ value, timestamp, step }): MetricPoint => ({ step: step ?? 0, at: timestamp ?? 0, value: metricNumber(value) }),
	),
);

/** Histories of metrics, of one metric and one run. Longer than other lists, and each entry is three numbers. */
export const historyAnswer = z.object({
	metrics: z.nullish(z.array(point).check(z.maxLength(longestHistory))),
});
