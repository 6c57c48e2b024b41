import { isObject, type Json, parseJson } from '../server/json.ts';
import type { Call, Route } from '../server/routes.ts';
import { route } from '../server/routes.ts';
import type { TraceRow, TrackingStore } from '../world/mlflow/tracking-store.ts';
import { type Input, inputOf, invalid, maxResultsOf, page, sendMessage } from './reply.ts';

/** As protobuf writes a Duration: seconds without trailing zeros. */
const durationText = (ms: number): string => `${Number((ms / 1000).toFixed(3))}s`;

const traceJson = (trace: TraceRow) => ({
	trace_id: trace.traceId,
	trace_location: { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: trace.experimentId } },
	request_time: new Date(trace.startedAt).toISOString(),
	execution_duration: durationText(trace.durationMs),
	state: trace.state,
	trace_metadata: {
		'mlflow.traceInputs': trace.request,
		...(trace.response === null ? {} : { 'mlflow.traceOutputs': trace.response }),
		'mlflow.user': 'scoring',
		'mlflow.source.name': 'scoring/app.py',
		'mlflow.source.type': 'LOCAL',
		'mlflow.trace_schema.version': '3',
	},
	tags: {
		'mlflow.traceName': trace.name,
		'mlflow.artifactLocation': `mlflow-artifacts:/${trace.experimentId}/traces/${trace.traceId}/artifacts`,
	},
	request_preview: trace.request,
	...(trace.response === null ? {} : { response_preview: trace.response }),
});

/** Linear interpolation, as SQL's PERCENTILE_CONT. */
function percentile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	const at = (sorted.length - 1) * share;
	const [low = 0, high = low] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
	return low + (high - low) * (at - Math.floor(at));
}

/** mlflow/server/handlers.py and mlflow/store/tracking/utils/sql_trace_metrics_utils.py, as of 3.17.2. */
export function traceRoutes(store: TrackingStore): Route<void>[] {
	return [
		route('POST', '/traces/search', call => {
			const input = inputOf(call);
			const experiments = experimentsIn(call);
			const chosen = store.traces
				.filter(({ experimentId }) => experiments.includes(experimentId))
				.toSorted((a, b) => b.startedAt - a.startedAt);
			const { items, next } = page(chosen, maxResultsOf(input, 100, 500), input.text('page_token'));
			sendMessage(call, { traces: items.map(traceJson), next_page_token: next });
		}),
		route('POST', '/traces/metrics', call => {
			const input = inputOf(call);
			const [from, to] = [input.number('start_time_ms') ?? 0, input.number('end_time_ms') ?? Number.POSITIVE_INFINITY];
			const ids = input.texts('experiment_ids');
			const chosen = store.traces.filter(
				({ experimentId, startedAt }) => ids.includes(experimentId) && startedAt >= from && startedAt <= to,
			);
			sendMessage(call, { data_points: pointsOf(call, input, chosen) });
		}),
	];
}

function experimentsIn(call: Call): string[] {
	const body = parseJson(call.body.toString());
	const locations = isObject(body) && Array.isArray(body.locations) ? body.locations : [];
	return locations.flatMap(one =>
		isObject(one) && isObject(one.mlflow_experiment) ? [String(one.mlflow_experiment.experiment_id)] : [],
	);
}

/** One point for each value of the dimensions; none without traces. */
function pointsOf(call: Call, input: Input, traces: readonly TraceRow[]) {
	const metric = input.text('metric_name');
	const body = parseJson(call.body.toString());
	const aggregations = isObject(body) && Array.isArray(body.aggregations) ? body.aggregations : [];
	if (metric !== 'trace_count' && metric !== 'latency') throw invalid(`metric_name '${metric}' is not supported`);
	const isByStatus = input.texts('dimensions').includes('trace_status');
	const groups = Map.groupBy(traces, ({ state }) => (isByStatus ? state : ''));
	return [...groups].toSorted().map(([state, group]) => ({
		metric_name: metric,
		...(isByStatus ? { dimensions: { trace_status: state } } : {}),
		values: Object.fromEntries(aggregations.map(one => figureOf(one, group))),
	}));
}

function figureOf(aggregation: Json | undefined, traces: readonly TraceRow[]): [name: string, value: number] {
	const { aggregation_type: type, percentile_value: value } = isObject(aggregation) ? aggregation : {};
	if (type === 'COUNT') return ['COUNT', traces.length];
	const durations = traces.map(({ durationMs }) => durationMs);
	if (type === 'AVG') return ['AVG', durations.reduce((sum, ms) => sum + ms, 0) / durations.length];
	if (type !== 'PERCENTILE' || typeof value !== 'number')
		throw invalid(`aggregation '${String(type)}' is not supported`);
	// Python writes a float with its point.
	return [`P${Number.isInteger(value) ? value.toFixed(1) : value}`, percentile(durations, value / 100)];
}
