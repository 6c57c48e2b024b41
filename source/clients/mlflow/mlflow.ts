import { loggedModelListName } from '../../model/cut-list.ts';
import { ClientError } from '../../model/failures/failure.ts';
import type { Experiment, MlflowRun, ModelVersion } from '../../model/mlflow/experiment.ts';
import type { LoggedModel, Prompt, TraceFigures } from '../../model/mlflow/logged-model.ts';
import type { MetricHistory } from '../../model/mlflow/metric-history.ts';
import { byName } from '../../model/text/by-name.ts';
import { exactId, inPath } from '../../model/text/outside-id.ts';
import { phrase } from '../../words/message.ts';
import type { OnCut } from '../cut-lists.ts';
import type { HttpTarget } from '../http/http.ts';
import { MlflowArtifacts } from './artifacts.ts';
import { historyAnswer } from './metric-answers.ts';
import { type HistoryRequest, MetricHistories } from './metric-histories.ts';
import { experimentByName, experimentsOfRuns, experimentsPage, oneRun, runsPage } from './mlflow-answers.ts';
import { type MlflowCredentials, MlflowSession } from './mlflow-session.ts';
import { loggedModelsPage, promptsPage, traceMetrics } from './mlflow3-answers.ts';
import { checkAddress, problemOf } from './problem.ts';
import { MlflowRegistry } from './registry.ts';
import { pageFound, type RunPage, type RunSearch, searchRequest } from './run-search.ts';

/** MLflow's REST API 2.0 (mlflow/protos/service.proto, model_registry.proto). Every method throws ClientError. */
export class MlflowClient {
	readonly #session: MlflowSession;
	readonly #histories = new MetricHistories({
		send: request => this.#session.send(request),
		points: answer => this.#session.parse(answer, ['metric history', '메트릭 기록'], historyAnswer),
	});
	/** Its models in detail, and changes of them. */
	readonly registry = new MlflowRegistry({
		send: request => this.#session.send(request),
		parse: (answer, what, schema) => this.#session.parse(answer, what, schema),
		pages: (path, what, schema, signal) => this.#session.pages(path, what, schema, signal),
		noteNewest: (what, shown, hasMore) => this.#session.noteNewest(what, shown, hasMore),
	});

	/** The files that runs logged. */
	readonly artifacts = new MlflowArtifacts({
		send: request => this.#session.send(request),
		stream: (request, silenceMs) => this.#session.stream(request, silenceMs),
		parse: (answer, what, schema) => this.#session.parse(answer, what, schema),
		problem: answer => problemOf(answer, this.address),
		lost: error => this.#session.lost(error),
	});

	constructor(target: string | HttpTarget, credentials: MlflowCredentials = {}, onCut?: OnCut) {
		this.#session = new MlflowSession(target, credentials, onCut);
	}

	get address(): string {
		return this.#session.address;
	}

	/** Whether each request carries a user and a password. */
	get sendsPassword(): boolean {
		return this.#session.sendsPassword;
	}

	/** The server's version, from `GET /version` (text). */
	async version(signal?: AbortSignal): Promise<string> {
		const answer = await this.#session.send({ path: '/version', headers: { accept: '*/*' }, timeoutMs: 6000, signal });
		const { status } = answer;
		// It reports errors as for any other request; 404 is another program's response to an unknown path.
		if ((status < 200 || status >= 300) && status !== 404) throw this.#session.problemOf(answer);
		const version = answer.body.trim();
		// The page of another program is no version.
		if (answer.status !== 200 || !/^\d+\.\d[\w.+-]*$/.test(version)) {
			throw new ClientError(
				'protocol',
				phrase(['The server at {address} is not MLflow', '{address}의 서버는 MLflow가 아닙니다'], {
					address: this.address,
				}),
				checkAddress,
				{ httpStatus: answer.status },
			);
		}
		return version;
	}

	/**
	 * The experiment of that name; null when there is none. MLflow finds deleted ones too, whose runs are deleted with
	 * them (sqlalchemy_store.py, get_experiment_by_name and delete_experiment).
	 */
	async experimentByName(name: string, signal?: AbortSignal): Promise<Experiment | 'deleted' | null> {
		const path = `/api/2.0/mlflow/experiments/get-by-name?experiment_name=${inPath(name)}`;
		const answer = await this.#session.send({ path, signal });
		if (answer.status === 404 && /RESOURCE_DOES_NOT_EXIST/.test(answer.body)) return null;
		const { experiment, isDeleted } = this.#session.parse(answer, ['experiment', '실험'], experimentByName).experiment;
		return isDeleted ? 'deleted' : experiment;
	}

	/** Names of all experiments that are not deleted. */
	async experimentNames(signal?: AbortSignal): Promise<string[]> {
		return (await this.#experiments(signal)).map(({ name }) => name).toSorted(byName);
	}

	async #experiments(signal: AbortSignal | undefined): Promise<Experiment[]> {
		const path = '/api/2.0/mlflow/experiments/search?max_results=1000';
		const pages = await this.#session.pages(path, ['experiment list', '실험 목록'], experimentsPage, signal);
		return pages.flatMap(({ experiments }) => (experiments ?? []).map(({ experiment }) => experiment));
	}

	/** Name of the experiment with the newest run; null if there are no runs. */
	async newestExperiment(signal?: AbortSignal): Promise<string | null> {
		const all = await this.#experiments(signal);
		if (all.length === 0) return null;
		const body = JSON.stringify({
			experiment_ids: all.map(({ experimentId }) => exactId(experimentId)),
			max_results: 1,
			order_by: ['attributes.start_time DESC'],
		});
		const path = '/api/2.0/mlflow/runs/search';
		const answer = await this.#session.send({ method: 'POST', path, isRead: true, body, signal });
		const [run] = this.#session.parse(answer, ['run list', '실행 목록'], experimentsOfRuns).runs ?? [];
		return all.find(({ experimentId }) => experimentId === run?.info.experiment_id)?.name ?? null;
	}

	/** The newest runs of an experiment, newest first, `limit` at most; those that `filter` selects, in MLflow's language. */
	async runs(experimentId: string, limit: number, signal?: AbortSignal, filter?: string): Promise<MlflowRun[]> {
		const all: MlflowRun[] = [];
		let page: RunPage = { runs: [], nextPage: null };
		do {
			const { nextPage } = page;
			page = await this.pageOfRuns({ experimentId, filter, page: nextPage, limit: limit - all.length }, signal);
			all.push(...page.runs);
		} while (page.nextPage !== null && all.length < limit);
		return all;
	}

	/** A page of the runs of an experiment that a search finds. */
	async pageOfRuns(search: RunSearch, signal?: AbortSignal): Promise<RunPage> {
		const answer = await this.#session.send(searchRequest(search, signal));
		return pageFound(this.#session.parse(answer, ['run list', '실행 목록'], runsPage));
	}

	/** A run with the latest value of each metric; null if MLflow has none of that id (any more). */
	async run(runId: string, signal?: AbortSignal): Promise<MlflowRun | null> {
		const answer = await this.#session.send({ path: `/api/2.0/mlflow/runs/get?run_id=${inPath(runId)}`, signal });
		if (answer.status === 404) return null;
		return this.#session.parse(answer, ['MLflow run', 'MLflow 실행'], oneRun).run;
	}

	/** The values of a metric of a run over its steps, a part of them where there are many; empty if there are none. */
	metricHistory(request: HistoryRequest, signal?: AbortSignal): Promise<MetricHistory> {
		return this.#histories.fetch(request, signal);
	}

	/** The newest versions of all registered models, newest first, `limit` at most. */
	modelVersions(limit: number, signal?: AbortSignal): Promise<ModelVersion[]> {
		return this.registry.newestVersions(limit, signal);
	}

	/** The newest models that runs of an experiment logged, newest first, `limit` (50 at most). MLflow 3 only. */
	async loggedModels(experimentId: string, limit: number, signal?: AbortSignal): Promise<LoggedModel[]> {
		const body = JSON.stringify({
			experiment_ids: [exactId(experimentId)],
			max_results: limit,
			order_by: [{ field_name: 'creation_timestamp', ascending: false }],
		});
		const path = '/api/2.0/mlflow/logged-models/search';
		const answer = await this.#session.send({ method: 'POST', path, isRead: true, body, signal });
		const { models, next_page_token } = this.#session.parse(answer, loggedModelListName, loggedModelsPage);
		const newest = [...(models ?? [])];
		this.#session.noteNewest(loggedModelListName, newest.length, Boolean(next_page_token));
		return newest;
	}

	/** The prompts of the registry. MLflow 3 only, whose search of models leaves them out. */
	async prompts(signal?: AbortSignal): Promise<Prompt[]> {
		const filter = encodeURIComponent("tags.`mlflow.prompt.is_prompt` = 'true'");
		const path = `/api/2.0/mlflow/registered-models/search?max_results=1000&filter=${filter}`;
		const pages = await this.#session.pages(path, ['prompts', '프롬프트'], promptsPage, signal);
		return pages.flatMap(({ registered_models }) => registered_models ?? []);
	}

	/**
	 * Figures of the traces of an experiment within the last `windowMs` ms before `now`; null on a server older than 3.8,
	 * which does not count them.
	 */
	async traces(
		experimentId: string,
		{ now, windowMs }: { readonly now: number; readonly windowMs: number },
		signal?: AbortSignal,
	): Promise<TraceFigures | null> {
		const ask = async (figure: Record<string, unknown>) => {
			const body = JSON.stringify({
				experiment_ids: [exactId(experimentId)],
				view_type: 'TRACES',
				start_time_ms: Math.floor(now - windowMs),
				...figure,
			});
			const path = '/api/3.0/mlflow/traces/metrics';
			const answer = await this.#session.send({ method: 'POST', path, isRead: true, body, signal });
			if (answer.status === 404 || answer.status === 405) return null;
			return this.#session.parse(answer, ['trace figures', '트레이스 수치'], traceMetrics).data_points ?? [];
		};
		const counts = await ask({
			metric_name: 'trace_count',
			aggregations: [{ aggregation_type: 'COUNT' }],
			dimensions: ['trace_status'],
		});
		if (counts === null) return null;
		const total = (points: typeof counts) => points.reduce((sum, { values }) => sum + (values.COUNT ?? 0), 0);
		const count = total(counts);
		const failed = total(counts.filter(({ dimensions }) => dimensions?.trace_status === 'ERROR'));
		if (count === 0) return { windowMs, count, failed, p95Ms: null };
		const aggregations = [{ aggregation_type: 'PERCENTILE', percentile_value: 95 }];
		const [latency] = (await ask({ metric_name: 'latency', aggregations })) ?? [];
		return { windowMs, count, failed, p95Ms: Object.values(latency?.values ?? {})[0] ?? null };
	}

	close(): Promise<void> {
		return this.#session.close();
	}
}
