import { type MetricHistory, metricHistory, type Range } from '../../model/mlflow/metric-history.ts';
import { inPath } from '../../model/text/outside-id.ts';
import type { HttpAnswer, HttpRequest } from '../http/http.ts';
import { type historyAnswer, longestHistory } from './metric-answers.ts';

/** Points of a history that a chart asks for: more than the widest terminal has columns of dots. */
export const chartPoints = 1000;

/** MLflow reads 25,000 points from its database in seconds (2.9.2, a busy machine), not in milliseconds. */
const historyTimeoutMs = 30_000;

export type HistoryRequest = {
	readonly runId: string;
	readonly key: string;
	/** Only these steps, both ends included; all where left out. An older server sends all. */
	readonly steps?: Range | undefined;
};

export type HistorySource = {
	readonly send: (request: HttpRequest) => Promise<HttpAnswer>;
	/** Throws ClientError for an unsuccessful answer. */
	readonly points: (answer: HttpAnswer) => ReturnType<typeof historyAnswer.parse>;
};

/**
 * Histories of metrics, thinned by the server where it can. MLflow 3 has `get-history-bulk-interval`, which its page asks
 * for too: a part of the points, spread evenly, the first and the last among them (handlers.py, sqlalchemy_store.py
 * `_sample_metric_history_single_run`). An older server answers 404 and has `get-history-bulk`, which sends the oldest
 * 25,000 points at most (2.9.2); `get-history` would send all of them, whatever their number.
 */
export class MetricHistories {
	readonly #source: HistorySource;
	/** Whether the server thins; null: not asked yet. */
	#isThinning: boolean | null = null;

	constructor(source: HistorySource) {
		this.#source = source;
	}

	async fetch({ runId, key, steps }: HistoryRequest, signal?: AbortSignal): Promise<MetricHistory> {
		const of = `metric_key=${inPath(key)}`;
		if (this.#isThinning !== false) {
			const only = steps ? `&start_step=${Math.floor(steps.from)}&end_step=${Math.ceil(steps.to)}` : '';
			const path = `/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids=${inPath(runId)}&${of}&max_results=${chartPoints}${only}`;
			const answer = await this.#source.send({ path, timeoutMs: historyTimeoutMs, signal });
			// A run that was deleted is 404 too, with an error code of MLflow's.
			this.#isThinning = answer.status !== 404 || answer.body.includes('RESOURCE_DOES_NOT_EXIST');
			if (this.#isThinning) return this.#read(answer, { runId, key }, chartPoints, 'spread');
		}
		const path = `/ajax-api/2.0/mlflow/metrics/get-history-bulk?run_id=${inPath(runId)}&${of}&max_results=${longestHistory}`;
		const answer = await this.#source.send({ path, timeoutMs: historyTimeoutMs, signal });
		return this.#read({ ...answer, body: withoutBareNumbers(answer.body) }, { runId, key }, longestHistory, 'first');
	}

	#read(
		answer: HttpAnswer,
		of: { readonly runId: string; readonly key: string },
		most: number,
		part: MetricHistory['part'],
	): MetricHistory {
		const points = this.#source.points(answer).metrics ?? [];
		return metricHistory({ ...of, part: points.length >= most ? part : 'all' }, points);
	}
}

/**
 * Python's JSON has NaN and Infinity as they are (2.9.2 makes this answer with Flask's `jsonify`, not with protobuf), which
 * is no JSON. Only values can be such; a key or a run's id with such a text in it is not read.
 */
function withoutBareNumbers(body: string): string {
	return body.replaceAll(/: ?(NaN|-?Infinity)(?=[,}\s])/g, ':"$1"');
}
