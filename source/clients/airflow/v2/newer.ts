import type { Asset, AssetEvent } from '../../../model/airflow/asset.ts';
import {
	type Backfill,
	type BackfillProgress,
	type BackfillRequest,
	progressOf,
} from '../../../model/airflow/backfill.ts';
import type { DagVersion } from '../../../model/airflow/dag-version.ts';
import type { DagRun } from '../../../model/airflow/pipeline.ts';
import type { Answer, Question } from '../../../model/airflow/question.ts';
import { exactId, inPath } from '../../../model/text/outside-id.ts';
import { ignored } from '../../../model/text/outside-text.ts';
import type { Text } from '../../../words/language.ts';
import type { Airflow3, AskingTask, BackfillChange } from '../airflow3.ts';
import { pageLimit, type RestApi, type Streaming } from '../rest-api.ts';
import * as answers from './newer-answers.ts';
import { dagPath, runsPath, taskPath } from './paths.ts';
import { dagRunAnswer, dagRunsAnswer } from './run-answers.ts';
import { WatchingRequests } from './watching.ts';

const backfill: Text = ['backfill', '백필'];
const page = (offset: number) => `limit=${pageLimit}&offset=${offset}`;
const iso = (ms: number) => new Date(ms).toISOString();

/** Airflow's REST API v2, the part without a counterpart in v1. */
export class NewerRequests extends WatchingRequests implements Airflow3 {
	readonly #api: RestApi<Streaming>;

	constructor(api: RestApi<Streaming>) {
		super(api);
		this.#api = api;
	}

	async backfills(dagId: string, signal?: AbortSignal): Promise<Backfill[]> {
		return this.#api.pages(
			offset => `/api/v2/backfills?dag_id=${inPath(dagId)}&${page(offset)}&order_by=-id`,
			answers.backfillsAnswer,
			['backfills', '백필 목록'],
			({ backfills }) => backfills,
			signal,
		);
	}

	async backfill(id: number, signal?: AbortSignal): Promise<Backfill> {
		return this.#api.get(`/api/v2/backfills/${id}`, answers.backfillAnswer, backfill, signal);
	}

	async backfillProgress({ dagId, from, to }: Backfill, signal?: AbortSignal): Promise<BackfillProgress> {
		const range = `logical_date_gte=${iso(from)}&logical_date_lte=${iso(to)}`;
		// A run that it runs again becomes its own (airflow/models/backfill.py).
		const runs = await this.#api.pages(
			offset => `${runsPath(dagId)}?run_type=backfill&${range}&${page(offset)}&order_by=id`,
			dagRunsAnswer,
			['DAG runs', 'DAG 실행 목록'],
			({ dag_runs }) => dag_runs,
			signal,
		);
		return progressOf(runs);
	}

	async previewBackfill(request: BackfillRequest, signal?: AbortSignal): Promise<number[]> {
		const path = '/api/v2/backfills/dry_run';
		const what: Text = ['dates of the backfill', '백필 날짜'];
		return this.#api.change('POST', path, bodyOf(request), answers.plannedDatesAnswer, what, signal);
	}

	async createBackfill(request: BackfillRequest, signal?: AbortSignal): Promise<Backfill> {
		return this.#api.change('POST', '/api/v2/backfills', bodyOf(request), answers.backfillAnswer, backfill, signal);
	}

	async changeBackfill(id: number, change: BackfillChange, signal?: AbortSignal): Promise<Backfill> {
		return this.#api.change('PUT', `/api/v2/backfills/${id}/${change}`, {}, answers.backfillAnswer, backfill, signal);
	}

	async questions(signal?: AbortSignal): Promise<Question[]> {
		const all = await this.#api.pages(
			offset => `/api/v2/dags/~/dagRuns/~/hitlDetails?response_received=false&${page(offset)}&order_by=created_at`,
			answers.questionsAnswer,
			['questions of tasks', '작업의 질문'],
			({ hitl_details }) => hitl_details,
			signal,
		);
		return all.filter(answers.stillWaits).map(({ question }) => question);
	}

	async answer(task: AskingTask, { chosen, params }: Answer, signal?: AbortSignal): Promise<void> {
		const body = { chosen_options: chosen.map(exactId), params_input: JSON.parse(params) };
		await this.#api.change('PATCH', questionPath(task), body, ignored, ['answer', '답변'], signal);
	}

	async answerOf(task: AskingTask, signal?: AbortSignal): Promise<readonly string[] | null> {
		return this.#api.get(questionPath(task), answers.answeredAnswer, ['answer', '답변'], signal);
	}

	async dagVersions(dagId: string, signal?: AbortSignal): Promise<DagVersion[]> {
		return this.#api.pages(
			offset => `${dagPath(dagId)}/dagVersions?${page(offset)}&order_by=-version_number`,
			answers.dagVersionsAnswer,
			['DAG versions', 'DAG 버전 목록'],
			({ dag_versions }) => dag_versions,
			signal,
		);
	}

	async sourceOfVersion(dagId: string, version: number, signal?: AbortSignal): Promise<string> {
		return this.#api.text(`/api/v2/dagSources/${inPath(dagId)}?version_number=${version}`, signal);
	}

	async assets(signal?: AbortSignal): Promise<Asset[]> {
		return this.#api.pages(
			offset => `/api/v2/assets?${page(offset)}&order_by=name`,
			answers.assetsAnswer,
			['assets', '에셋 목록'],
			({ assets }) => assets,
			signal,
		);
	}

	async assetEvents(limit: number, assetId: number | null, signal?: AbortSignal): Promise<AssetEvent[]> {
		const of = assetId === null ? '' : `&asset_id=${assetId}`;
		const path = `/api/v2/assets/events?limit=${Math.min(limit, pageLimit)}&offset=0&order_by=-timestamp${of}`;
		const what: Text = ['asset events', '에셋 이벤트'];
		return (await this.#api.get(path, answers.assetEventsAnswer, what, signal)).asset_events;
	}

	async materialize(assetId: number, dagRunId: string, signal?: AbortSignal): Promise<DagRun> {
		const path = `/api/v2/assets/${assetId}/materialize`;
		return this.#api.change('POST', path, { dag_run_id: dagRunId }, dagRunAnswer, ['DAG run', 'DAG 실행'], signal);
	}
}

/** The index is part of the path even of a task that is not mapped. */
const questionPath = ({ dagId, dagRunId, taskId, mapIndex }: AskingTask) =>
	`${taskPath(dagId, dagRunId, taskId)}/${mapIndex}/hitlDetails`;

const bodyOf = ({ dagId, from, to, reprocess, maxActiveRuns, isBackwards }: BackfillRequest) => ({
	dag_id: exactId(dagId),
	from_date: iso(from),
	to_date: iso(to),
	run_backwards: isBackwards,
	reprocess_behavior: reprocess,
	max_active_runs: maxActiveRuns,
});
