import { type Route, route } from '../server/routes.ts';
import type { MetricPoint, TrackingStore } from '../world/mlflow/tracking-store.ts';
import { isMlflow3 } from '../world/versions.ts';
import {
	bareNumbersJson,
	doubleJson,
	inputOf,
	invalid,
	maxResultsOf,
	missing,
	page,
	sendMessage,
	sendText,
} from './reply.ts';

export const metricJson = (key: string, { value, timestamp, step }: MetricPoint) => ({
	key,
	value: doubleJson(value),
	timestamp,
	step,
});

/** Histories of metrics: mlflow/server/handlers.py, as of 2.9.2 and 3.17.2. */
export function historyRoutes(store: TrackingStore): Route<void>[] {
	const sample = route('GET', '/metrics/get-history-bulk-interval', call => {
		const input = inputOf(call);
		const key = input.text('metric_key') ?? '';
		const most = maxResultsOf(input, 2500, 2500);
		const [start, end] = [input.number('start_step') ?? -Infinity, input.number('end_step') ?? Infinity];
		const metrics = input.texts('run_ids').flatMap(run_id => {
			const run = store.runs.get(run_id);
			if (run === undefined) throw missing(`Run with id=${run_id} not found`);
			const points = (run.metrics.get(key) ?? [])
				.filter(({ step }) => step >= start && step <= end)
				.toSorted((a, b) => a.step - b.step || a.timestamp - b.timestamp || a.value - b.value);
			return sampled(points, most).map(point => ({ ...metricJson(key, point), run_id }));
		});
		sendMessage(call, { metrics });
	});
	return [
		route('GET', '/metrics/get-history', call => {
			// It does not report an unknown run; 2.9.2 does not page either.
			const input = inputOf(call);
			const key = input.text('metric_key') ?? '';
			const points = store.runs.get(input.text('run_id') ?? '')?.metrics.get(key) ?? [];
			const most = input.number('max_results');
			if (!isMlflow3(store.version) || most === undefined) {
				return sendMessage(call, { metrics: points.map(point => metricJson(key, point)) });
			}
			const { items, next } = page(points, maxResultsOf(input, most, 25_000), input.text('page_token'));
			sendMessage(call, { metrics: items.map(point => metricJson(key, point)), next_page_token: next });
		}),
		route('GET', '/metrics/get-history-bulk', call => {
			const ids = call.query.getAll('run_id');
			const key = call.query.get('metric_key');
			if (ids.length === 0) throw invalid('GetMetricHistoryBulk request must specify at least one run_id.');
			if (ids.length > 20)
				throw invalid(
					`GetMetricHistoryBulk request cannot specify more than 20 run_ids. Received ${ids.length} run_ids.`,
				);
			if (key === null) throw invalid('GetMetricHistoryBulk request must specify a metric_key.');
			const most = Math.min(Number(call.query.get('max_results') ?? 25_000), 25_000);
			const metrics = [...ids]
				.sort()
				.flatMap(run_id =>
					(store.runs.get(run_id)?.metrics.get(key) ?? [])
						.toSorted((a, b) => a.timestamp - b.timestamp || a.step - b.step || a.value - b.value)
						.map(({ step, timestamp, value }) => ({ key, run_id, step, timestamp, value: doubleJson(value) })),
				);
			sendText(call, bareNumbersJson({ metrics: metrics.slice(0, most) }), 'application/json');
		}),
		...(isMlflow3(store.version) ? [sample] : []),
	];
}

/** Evenly spread, the first and the last among them; of one, the last. */
function sampled(points: readonly MetricPoint[], most: number): readonly MetricPoint[] {
	if (points.length <= most) return points;
	if (most === 1) return points.slice(-1);
	return Array.from(
		{ length: most },
		(_, index) => points[Math.round((index * (points.length - 1)) / (most - 1))],
	).filter(point => point !== undefined);
}
