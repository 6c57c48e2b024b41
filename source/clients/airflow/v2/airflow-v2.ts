import type { Pool } from '../../../model/check.ts';
import type { DagParam } from '../../../model/dag-params.ts';
import { ClientError } from '../../../model/failure.ts';
import { exactId, inPath } from '../../../model/outside-id.ts';
import { ignored } from '../../../model/outside-text.ts';
import type { AirflowHealth, Dag, DagRun, DagTask, ImportError, TaskInstance } from '../../../model/pipeline.ts';
import { lastTryBegun } from '../../../model/task-tries.ts';
import { HttpServer, type HttpTarget } from '../../http/http.ts';
import type {
	AirflowClient,
	ClearedTask,
	ClearRequest,
	MarkedRunState,
	MarkedTaskState,
	RunsWanted,
	TaskLogPart,
	TaskToMark,
	TaskTry,
	TriggerRequest,
} from '../airflow.ts';
import type { Credentials } from '../airflow-login.ts';
import { pageLimit, RestApi } from '../rest-api.ts';
import { clearTasks } from './clear.ts';
import * as dagAnswers from './dag-answers.ts';
import { dagPath, runPath, runsPath, taskPath } from './paths.ts';
import { problemOf } from './problem.ts';
import * as runAnswers from './run-answers.ts';
import { findRuns, newestRuns } from './runs.ts';
import * as serverAnswers from './server-answers.ts';
import { logPart, wholeLog } from './task-log.ts';
import { TokenSession } from './token-session.ts';

/** Airflow's REST API `/api/v2` (Airflow 3). */
export class AirflowV2Client implements AirflowClient {
	readonly #server: HttpServer;
	readonly #api: RestApi<TokenSession>;
	/** As the server said last; null: not asked yet. */
	#version: string | null = null;
	/** Folders of the bundles, as far as a DAG has told them. */
	readonly #bundles = new Map<string, string>();

	constructor(target: string | HttpTarget, credentials: Credentials) {
		this.#server = new HttpServer('Airflow', target);
		this.#api = new RestApi(this.#server, new TokenSession(this.#server, credentials), problemOf);
	}

	get address(): string {
		return this.#server.address;
	}

	async version(signal?: AbortSignal): Promise<string> {
		const answer = await this.#server.request({ path: '/api/v2/version', timeoutMs: 6000, signal });
		if (answer.status === 404) {
			throw new ClientError(
				'protocol',
				`${this.address} has no Airflow REST API v2`,
				'Check the address of Airflow, and its version',
				{ httpStatus: 404 },
			);
		}
		const { version } = this.#api.parse(answer, 'the version', serverAnswers.versionAnswer);
		this.#version = version;
		return version;
	}

	async health(signal?: AbortSignal): Promise<AirflowHealth> {
		const answer = await this.#server.request({ path: '/api/v2/monitor/health', timeoutMs: 6000, signal });
		return this.#api.parse(answer, 'the health', serverAnswers.healthAnswer);
	}

	async dags(signal?: AbortSignal): Promise<Dag[]> {
		return this.#api.pages(
			offset => `/api/v2/dags?limit=${pageLimit}&offset=${offset}&order_by=dag_id`,
			dagAnswers.dagsAnswer,
			'the DAGs',
			page => page.dags.map(one => this.#dagOf(one)),
			signal,
		);
	}

	async dag(dagId: string, signal?: AbortSignal): Promise<Dag> {
		return this.#dagOf(await this.#api.get(dagPath(dagId), dagAnswers.dagAnswer, 'the DAG', signal));
	}

	async tasks(dagId: string, signal?: AbortSignal): Promise<DagTask[]> {
		return this.#api.get(`${dagPath(dagId)}/tasks`, dagAnswers.tasksAnswer, 'the tasks', signal);
	}

	async dagRuns(dagId: string, limit: number, signal?: AbortSignal): Promise<DagRun[]> {
		return this.findRuns(dagId, { limit }, signal);
	}

	async findRuns(dagId: string, wanted: RunsWanted, signal?: AbortSignal): Promise<DagRun[]> {
		return findRuns(this.#api, dagId, wanted, signal);
	}

	async newestRuns(dagIds: readonly string[], signal?: AbortSignal): Promise<DagRun[]> {
		return newestRuns(this.#api, dagIds, signal);
	}

	async dagParams(dagId: string, signal?: AbortSignal): Promise<DagParam[]> {
		const path = `${dagPath(dagId)}/details`;
		return (await this.#api.get(path, dagAnswers.dagDetailsAnswer, "the DAG's details", signal)).params;
	}

	async dagSource({ dagId }: Pick<Dag, 'dagId' | 'fileToken'>, signal?: AbortSignal): Promise<string> {
		return this.#api.text(`/api/v2/dagSources/${inPath(dagId)}`, signal);
	}

	async dagRun(dagId: string, dagRunId: string, signal?: AbortSignal): Promise<DagRun> {
		return this.#api.get(runPath(dagId, dagRunId), runAnswers.dagRunAnswer, 'the DAG run', signal);
	}

	async taskInstances(dagId: string, dagRunId: string, signal?: AbortSignal): Promise<TaskInstance[]> {
		// What a try number means depends on the version; it is asked for once, which costs no login.
		const version = this.#version ?? (await this.version(signal));
		const stored = await this.#api.pages(
			offset => `${runPath(dagId, dagRunId)}/taskInstances?limit=${pageLimit}&offset=${offset}`,
			runAnswers.taskInstancesAnswer,
			'the task instances',
			page => page.task_instances,
			signal,
		);
		return stored.map(task => ({ ...task, tryNumber: lastTryBegun(task, version) }));
	}

	async taskLog(task: TaskTry, signal?: AbortSignal): Promise<string> {
		return wholeLog(this.#api, task, signal);
	}

	async taskLogPart(task: TaskTry, token: string | null, signal?: AbortSignal): Promise<TaskLogPart> {
		return logPart(this.#api, task, token, signal);
	}

	async importErrors(signal?: AbortSignal): Promise<ImportError[]> {
		const path = `/api/v2/importErrors?limit=${pageLimit}`;
		const errors = await this.#api.get(path, serverAnswers.importErrorsAnswer, 'the import errors', signal);
		return errors.map(({ error, bundle }) => ({ ...error, fileName: this.#fileOf(error, bundle) }));
	}

	async pools(signal?: AbortSignal): Promise<Pool[]> {
		return this.#api.pages(
			offset => `/api/v2/pools?limit=${pageLimit}&offset=${offset}`,
			serverAnswers.poolsAnswer,
			'the pools',
			page => page.pools,
			signal,
		);
	}

	async setPoolSlots(pool: string, slots: number, signal?: AbortSignal): Promise<Pool> {
		const path = `/api/v2/pools/${inPath(pool)}`;
		const { poolAnswer, poolFieldsAnswer } = serverAnswers;
		if (exactId(pool) === 'default_pool') {
			// Only these fields of it can be changed, and only with a mask.
			const masked = `${path}?update_mask=slots`;
			return this.#api.change('PATCH', masked, { slots }, poolAnswer, 'the pool', signal);
		}
		// The whole pool is wanted, with a mask as without.
		const { include_deferred } = await this.#api.get(path, poolFieldsAnswer, 'the pool', signal);
		const body = { pool: exactId(pool), slots, include_deferred };
		return this.#api.change('PATCH', path, body, poolAnswer, 'the pool', signal);
	}

	async trigger(request: TriggerRequest, signal?: AbortSignal): Promise<DagRun> {
		const conf: unknown = JSON.parse(request.conf ?? '{}');
		// Without a logical date it answers 422; with null the run has none, as one that its web page triggers.
		const body = { dag_run_id: exactId(request.dagRunId), logical_date: null, conf };
		const path = runsPath(request.dagId);
		return this.#api.change('POST', path, body, runAnswers.dagRunAnswer, 'the new DAG run', signal);
	}

	async setPaused(dagId: string, paused: boolean, signal?: AbortSignal): Promise<Dag> {
		const path = `${dagPath(dagId)}?update_mask=is_paused`;
		const body = { is_paused: paused };
		return this.#dagOf(await this.#api.change('PATCH', path, body, dagAnswers.dagAnswer, 'the DAG', signal));
	}

	async clearTasks(request: ClearRequest, signal?: AbortSignal): Promise<ClearedTask[]> {
		return clearTasks(this.#api, request, signal);
	}

	async setTaskState(task: TaskToMark, state: MarkedTaskState, signal?: AbortSignal): Promise<void> {
		const index = task.mapIndex >= 0 ? `/${task.mapIndex}` : '';
		const path = `${taskPath(task.dagId, task.dagRunId, task.taskId)}${index}`;
		await this.#api.change('PATCH', path, { new_state: state }, ignored, 'the task instance', signal);
	}

	async setRunState(dagId: string, dagRunId: string, state: MarkedRunState, signal?: AbortSignal): Promise<DagRun> {
		const path = runPath(dagId, dagRunId);
		return this.#api.change('PATCH', path, { state }, runAnswers.dagRunAnswer, 'the DAG run', signal);
	}

	async setRunNote(dagId: string, dagRunId: string, note: string, signal?: AbortSignal): Promise<DagRun> {
		const path = runPath(dagId, dagRunId);
		return this.#api.change('PATCH', path, { note }, runAnswers.dagRunAnswer, 'the DAG run', signal);
	}

	async parseFile(dag: Pick<Dag, 'dagId' | 'fileToken'>, signal?: AbortSignal): Promise<void> {
		if (dag.fileToken === null) throw new ClientError('not-found', `Airflow names no file of ${dag.dagId}`);
		const path = `/api/v2/parseDagFile/${inPath(dag.fileToken)}`;
		await this.#api.change('PUT', path, {}, ignored, 'the request', signal);
	}

	async close(): Promise<void> {
		await this.#server.close();
	}

	#dagOf({ dag, bundle, root }: dagAnswers.BundledDag): Dag {
		if (bundle !== null && root !== null) this.#bundles.set(bundle, root);
		return dag;
	}

	/** The path of a file with an import error as DAGs name theirs: told is its path in the bundle. */
	#fileOf({ fileName, stackTrace }: ImportError, bundle: string | null): string {
		if (fileName === '' || fileName.startsWith('/')) return fileName;
		const root = bundle === null ? undefined : this.#bundles.get(bundle);
		if (root !== undefined) return `${root}${fileName}`;
		// No DAG of the bundle was read yet: Python names the file in full.
		const named = [...stackTrace.matchAll(/File "([^"\n]{1,1000})"/g)].map(([, path = '']) => path);
		return named.find(path => path.endsWith(`/${fileName}`)) ?? fileName;
	}
}
