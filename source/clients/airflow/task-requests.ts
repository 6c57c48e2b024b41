import type { TaskTryTimes } from '../../model/airflow/airflow-watch.ts';
import type { DagRun, TaskInstance } from '../../model/airflow/pipeline.ts';
import type { TaskDetail, XComKey } from '../../model/airflow/task-detail.ts';
import { lastTryBegun } from '../../model/airflow/task-tries.ts';
import type { Json } from '../../model/text/json.ts';
import { exactId, inPath } from '../../model/text/outside-id.ts';
import type { Text } from '../../words/language.ts';
import type { WatchedTask } from './airflow3-watching.ts';
import { pathsUnder } from './paths.ts';
import { type LoggedIn, pageLimit, type RestApi } from './rest-api.ts';
import { taskInstancesAnswer } from './run-answers.ts';
import { taskDetailAnswer, triesAnswer, xcomAnswer, xcomKeysAnswer } from './task-answers.ts';

/** What is asked about one task, in the words of both generations. Every method throws ClientError. */
export class TaskRequests {
	readonly #api: RestApi<LoggedIn>;
	readonly #isV2: boolean;
	readonly #version: string;
	readonly #paths: ReturnType<typeof pathsUnder>;

	/** @param version of the server, `2.8.0` */
	constructor(api: RestApi<LoggedIn>, root: '/api/v1' | '/api/v2', version: string) {
		this.#api = api;
		this.#isV2 = root === '/api/v2';
		this.#version = version;
		this.#paths = pathsUnder(root);
	}

	async detail(task: WatchedTask, signal?: AbortSignal): Promise<TaskDetail> {
		const detail = await this.#api.get(
			this.#instancePath(task),
			taskDetailAnswer,
			['task instance', '작업 인스턴스'],
			signal,
		);
		return { ...detail, tryNumber: lastTryBegun(detail, this.#version) };
	}

	/** The tries of the instance that have started, the first first. A server before 2.10 answers 404: see `keepsTries`. */
	async tries(task: WatchedTask, signal?: AbortSignal): Promise<TaskTryTimes[]> {
		return this.#api.get(`${this.#instancePath(task)}/tries`, triesAnswer, ['tries', '시도 목록'], signal);
	}

	/** What the instance has pushed, by key; a hundred at most. No values. */
	async xcomKeys(task: WatchedTask, signal?: AbortSignal): Promise<XComKey[]> {
		const path = `${this.#pathOf(task)}/xcomEntries?map_index=${task.mapIndex}&limit=${pageLimit}&offset=0`;
		return (await this.#api.get(path, xcomKeysAnswer, ['XCom list', 'XCom 목록'], signal)).xcom_entries;
	}

	/** Airflow 2: the text of a Python value. Airflow 3: the value, or its JSON as text. */
	async xcomValue(task: WatchedTask, key: string, signal?: AbortSignal): Promise<Json> {
		const path = `${this.#pathOf(task)}/xcomEntries/${inPath(key)}?map_index=${task.mapIndex}`;
		// Otherwise Airflow 3 answers with the value of an earlier DAG run where this one has none.
		const only = this.#isV2 ? '&include_prior_dates=false' : '';
		return (await this.#api.get(`${path}${only}`, xcomAnswer, ['XCom', 'XCom'], signal)).value;
	}

	/**
	 * The instances of a task in these runs of one DAG, with one request. Airflow 3: a page of the newest ones, because
	 * its request for several run ids is a POST, which it writes to its audit log (see `v2/tasks-of-runs.ts`).
	 */
	async inRuns(taskId: string, runs: readonly DagRun[], signal?: AbortSignal): Promise<TaskInstance[]> {
		const [first] = runs;
		if (!first) return [];
		const what: Text = ['task instances', '작업 인스턴스'];
		const wanted = new Set(runs.map(({ dagRunId }) => dagRunId));
		const page = this.#isV2
			? await this.#api.get(this.#pageOf(taskId, runs, first.dagId), taskInstancesAnswer, what, signal)
			: await this.#api.change(
					'POST',
					'/api/v1/dags/~/dagRuns/~/taskInstances/list',
					{
						dag_ids: [exactId(first.dagId)],
						dag_run_ids: [...wanted].map(exactId),
						task_ids: [exactId(taskId)],
						page_limit: pageLimit,
					},
					taskInstancesAnswer,
					what,
					signal,
				);
		return page.task_instances.filter(task => task.taskId === taskId && wanted.has(task.dagRunId));
	}

	#pathOf({ dagId, dagRunId, taskId }: WatchedTask): string {
		return this.#paths.taskPath(dagId, dagRunId, taskId);
	}

	#instancePath(task: WatchedTask): string {
		return `${this.#pathOf(task)}${task.mapIndex >= 0 ? `/${task.mapIndex}` : ''}`;
	}

	#pageOf(taskId: string, runs: readonly DagRun[], dagId: string): string {
		const due = runs.flatMap(({ dueAt }) => dueAt ?? []);
		// Times have microseconds, and ours have lost them.
		const from = due.length === 0 ? '' : `&run_after_gte=${inPath(new Date(Math.min(...due) - 1).toISOString())}`;
		const query = `task_id=${inPath(taskId)}${from}&order_by=-run_after&limit=${pageLimit}&offset=0`;
		return `${this.#paths.runsPath(dagId)}/~/taskInstances?${query}`;
	}
}
