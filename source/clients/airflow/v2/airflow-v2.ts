import type { DagParam } from '../../../model/airflow/dag-params.ts';
import type {
	AirflowHealth,
	Dag,
	DagRun,
	DagTask,
	ImportError,
	TaskInstance,
} from '../../../model/airflow/pipeline.ts';
import { lastTryBegun } from '../../../model/airflow/task-tries.ts';
import type { Pool } from '../../../model/check.ts';
import { dagListName } from '../../../model/cut-list.ts';
import { ClientError } from '../../../model/failures/failure.ts';
import { runKey } from '../../../model/state.ts';
import { exactId, inPath } from '../../../model/text/outside-id.ts';
import { ignored } from '../../../model/text/outside-text.ts';
import { phrase } from '../../../words/message.ts';
import type { OnCut } from '../../cut-lists.ts';
import { HttpServer, type HttpTarget } from '../../http/http.ts';
import type {
	AirflowClient,
	ClearedTask,
	ClearRequest,
	FoundRuns,
	MarkedRunState,
	MarkedTaskState,
	RunPage,
	RunsWanted,
	TaskLogPart,
	TaskToMark,
	TaskTry,
	TriggerRequest,
} from '../airflow.ts';
import type { Airflow3 } from '../airflow3.ts';
import type { StructureReader } from '../dag-structure.ts';
import { GivenTokenSession } from '../given-token-session.ts';
import { type KeptSessions, noSessions } from '../kept-sessions.ts';
import { givenTokenOf, type LoginSource } from '../plain-login.ts';
import { type LoggedIn, noFile, pageLimit, RestApi, type Streaming } from '../rest-api.ts';
import type { TaskRequests } from '../task-requests.ts';
import { wholeRun } from '../whole-run.ts';
import { clearTasks } from './clear.ts';
import * as dagAnswers from './dag-answers.ts';
import { dagPath, runPath, runsPath, taskPath } from './paths.ts';
import { problemOf } from './problem.ts';
import * as runAnswers from './run-answers.ts';
import { findRuns, newestRuns, pageOfRuns } from './runs.ts';
import * as serverAnswers from './server-answers.ts';
import { logPart, wholeLog } from './task-log.ts';
import { taskInstancesOfRuns } from './tasks-of-runs.ts';
import { TokenSession } from './token-session.ts';

/** Airflow's REST API `/api/v2` (Airflow 3). */
export class AirflowV2Client implements AirflowClient {
	readonly #server: HttpServer;
	readonly #api: RestApi<Streaming>;
	/** For what needs no login. Where a token was given, a proxy in front of Airflow wants it for that as well. */
	readonly #open: LoggedIn;
	/** The server's last answer; null: not requested yet. */
	#version: string | null = null;
	/** Folders of the bundles, as far as DAGs have revealed them. */
	readonly #bundles = new Map<string, string>();
	#structures: StructureReader | null = null;

	constructor(target: string | HttpTarget, login: LoginSource, sessions: KeptSessions = noSessions(), onCut?: OnCut) {
		this.#server = new HttpServer('Airflow', target);
		const token = givenTokenOf(login);
		const session =
			token === null ? new TokenSession(this.#server, login, sessions) : new GivenTokenSession(this.#server, token);
		this.#api = new RestApi(this.#server, session, problemOf, onCut);
		this.#open = token === null ? this.#server : session;
	}

	get address(): string {
		return this.#server.address;
	}

	async version(signal?: AbortSignal): Promise<string> {
		const answer = await this.#open.request({ path: '/api/v2/version', timeoutMs: 6000, signal });
		if (answer.status === 404) {
			throw new ClientError(
				'protocol',
				phrase(['{address} has no Airflow REST API v2', '{address}에 Airflow REST API v2가 없습니다'], {
					address: this.address,
				}),
				phrase(['Check the address and version of Airflow', 'Airflow의 주소와 버전을 확인하세요']),
				{ httpStatus: 404 },
			);
		}
		const { version } = this.#api.parse(answer, ['version', '버전'], serverAnswers.versionAnswer);
		this.#version = version;
		return version;
	}

	async health(signal?: AbortSignal): Promise<AirflowHealth> {
		const answer = await this.#open.request({ path: '/api/v2/monitor/health', timeoutMs: 6000, signal });
		return this.#api.parse(answer, ['health', '상태'], serverAnswers.healthAnswer);
	}

	async dags(signal?: AbortSignal): Promise<Dag[]> {
		return this.#api.pages(
			offset => `/api/v2/dags?limit=${pageLimit}&offset=${offset}&order_by=dag_id`,
			dagAnswers.dagsAnswer,
			dagListName,
			page => page.dags.map(one => this.#dagOf(one)),
			signal,
		);
	}

	async dag(dagId: string, signal?: AbortSignal): Promise<Dag> {
		return this.#dagOf(await this.#api.get(dagPath(dagId), dagAnswers.dagAnswer, ['DAG', 'DAG'], signal));
	}

	async tasks(dagId: string, signal?: AbortSignal): Promise<DagTask[]> {
		const path = `${dagPath(dagId)}/tasks`;
		const tasks = await this.#api.get(path, dagAnswers.tasksAnswer, ['task list', '작업 목록'], signal);
		const { StructureReader, structureDataAnswer } = await import('../dag-structure.ts');
		this.#structures ??= new StructureReader((id, until) =>
			this.#api.get(
				`/ui/structure/structure_data?dag_id=${inPath(id)}`,
				structureDataAnswer,
				['task groups', '작업 그룹'],
				until,
			),
		);
		return this.#structures.placed(dagId, tasks, signal);
	}

	async dagRuns(dagId: string, limit: number, signal?: AbortSignal): Promise<DagRun[]> {
		return (await this.findRuns(dagId, { limit }, signal)).runs;
	}

	async findRuns(dagId: string, wanted: RunsWanted, signal?: AbortSignal): Promise<FoundRuns> {
		return findRuns(this.#api, dagId, wanted, signal);
	}

	async pageOfRuns(
		dagId: string,
		offset: number,
		signal?: AbortSignal,
		runState: string | null = null,
	): Promise<RunPage> {
		return pageOfRuns(this.#api, dagId, { offset, runState }, signal);
	}

	async newestRuns(dagIds: readonly string[], signal?: AbortSignal): Promise<DagRun[]> {
		return newestRuns(this.#api, dagIds, signal);
	}

	async dagParams(dagId: string, signal?: AbortSignal): Promise<DagParam[]> {
		const path = `${dagPath(dagId)}/details`;
		return (await this.#api.get(path, dagAnswers.dagDetailsAnswer, ['DAG details', 'DAG 상세 정보'], signal)).params;
	}

	async dagSource({ dagId }: Pick<Dag, 'dagId' | 'fileToken'>, signal?: AbortSignal): Promise<string> {
		return this.#api.text(`/api/v2/dagSources/${inPath(dagId)}`, signal);
	}

	async dagRun(dagId: string, dagRunId: string, signal?: AbortSignal): Promise<DagRun> {
		return this.#api.get(runPath(dagId, dagRunId), runAnswers.dagRunAnswer, ['DAG run', 'DAG 실행'], signal);
	}

	async taskInstances(dagId: string, dagRunId: string, signal?: AbortSignal): Promise<TaskInstance[]> {
		// The meaning of a try number depends on the version; it is requested once, without a login.
		const version = this.#version ?? (await this.version(signal));
		const stored = await wholeRun(async () => {
			let total = 0;
			const tasks = await this.#api.pages(
				offset => `${runPath(dagId, dagRunId)}/taskInstances?limit=${pageLimit}&offset=${offset}`,
				runAnswers.taskInstancesAnswer,
				['task instances', '작업 인스턴스'],
				page => {
					total = page.total_entries;
					return page.task_instances;
				},
				signal,
				{ of: runKey(dagId, dagRunId) },
			);
			return { tasks, total };
		});
		return stored.map(task => ({ ...task, tryNumber: lastTryBegun(task, version) }));
	}

	async taskInstancesOfRuns(runs: readonly DagRun[], signal?: AbortSignal): Promise<TaskInstance[]> {
		const version = this.#version ?? (await this.version(signal));
		const stored = await taskInstancesOfRuns(this.#api, runs, signal);
		return stored.map(task => ({ ...task, tryNumber: lastTryBegun(task, version) }));
	}

	async taskLog(task: TaskTry, signal?: AbortSignal): Promise<string> {
		return wholeLog(this.#api, task, signal);
	}

	async taskLogPart(task: TaskTry, token: string | null, signal?: AbortSignal): Promise<TaskLogPart> {
		return logPart(this.#api, task, token, signal);
	}

	async importErrors(signal?: AbortSignal): Promise<ImportError[]> {
		const errors = await this.#api.pages(
			offset => `/api/v2/importErrors?limit=${pageLimit}&offset=${offset}`,
			serverAnswers.importErrorsAnswer,
			['import errors', '임포트 오류'],
			page => page.errors,
			signal,
		);
		return errors.map(({ error, bundle }) => ({ ...error, fileName: this.#fileOf(error, bundle) }));
	}

	async pools(signal?: AbortSignal): Promise<Pool[]> {
		return this.#api.pages(
			offset => `/api/v2/pools?limit=${pageLimit}&offset=${offset}`,
			serverAnswers.poolsAnswer,
			['pool list', '풀 목록'],
			page => page.pools,
			signal,
		);
	}

	async setPoolSlots(pool: string, slots: number, signal?: AbortSignal): Promise<Pool> {
		const path = `/api/v2/pools/${inPath(pool)}`;
		const { poolAnswer, poolFieldsAnswer } = serverAnswers;
		if (exactId(pool) === 'default_pool') {
			// Only these fields can be changed, and only with a mask.
			const masked = `${path}?update_mask=slots`;
			return this.#api.change('PATCH', masked, { slots }, poolAnswer, ['pool', '풀'], signal);
		}
		// It requires the whole pool, even with a mask.
		const { include_deferred } = await this.#api.get(path, poolFieldsAnswer, ['pool', '풀'], signal);
		const body = { pool: exactId(pool), slots, include_deferred };
		return this.#api.change('PATCH', path, body, poolAnswer, ['pool', '풀'], signal);
	}

	async trigger(request: TriggerRequest, signal?: AbortSignal): Promise<DagRun> {
		const conf: unknown = JSON.parse(request.conf ?? '{}');
		// Without a logical date it responds with 422; with null the run has none, like one triggered on its web page.
		const body = { dag_run_id: exactId(request.dagRunId), logical_date: null, conf };
		const path = runsPath(request.dagId);
		return this.#api.change('POST', path, body, runAnswers.dagRunAnswer, ['new DAG run', '새 DAG 실행'], signal);
	}

	async setPaused(dagId: string, paused: boolean, signal?: AbortSignal): Promise<Dag> {
		const path = `${dagPath(dagId)}?update_mask=is_paused`;
		const body = { is_paused: paused };
		return this.#dagOf(await this.#api.change('PATCH', path, body, dagAnswers.dagAnswer, ['DAG', 'DAG'], signal));
	}

	async clearTasks(request: ClearRequest, signal?: AbortSignal): Promise<ClearedTask[]> {
		return clearTasks(this.#api, request, signal);
	}

	async setTaskState(task: TaskToMark, state: MarkedTaskState, signal?: AbortSignal): Promise<void> {
		const index = task.mapIndex >= 0 ? `/${task.mapIndex}` : '';
		const path = `${taskPath(task.dagId, task.dagRunId, task.taskId)}${index}`;
		await this.#api.change('PATCH', path, { new_state: state }, ignored, ['task instance', '작업 인스턴스'], signal);
	}

	async setRunState(dagId: string, dagRunId: string, state: MarkedRunState, signal?: AbortSignal): Promise<DagRun> {
		const path = runPath(dagId, dagRunId);
		return this.#api.change('PATCH', path, { state }, runAnswers.dagRunAnswer, ['DAG run', 'DAG 실행'], signal);
	}

	async setRunNote(dagId: string, dagRunId: string, note: string, signal?: AbortSignal): Promise<DagRun> {
		const path = runPath(dagId, dagRunId);
		return this.#api.change('PATCH', path, { note }, runAnswers.dagRunAnswer, ['DAG run', 'DAG 실행'], signal);
	}

	async parseFile(dag: Pick<Dag, 'dagId' | 'fileToken'>, signal?: AbortSignal): Promise<void> {
		if (dag.fileToken === null) throw noFile(dag.dagId);
		const path = `/api/v2/parseDagFile/${inPath(dag.fileToken)}`;
		await this.#api.change('PUT', path, {}, ignored, ['request', '요청'], signal);
	}

	async taskRequests(signal?: AbortSignal): Promise<TaskRequests> {
		// The first screen asks none of them.
		const { TaskRequests } = await import('../task-requests.ts');
		return new TaskRequests(this.#api, '/api/v2', this.#version ?? (await this.version(signal)));
	}

	async airflow3(): Promise<Airflow3> {
		// The first screen asks none of them.
		const { NewerRequests } = await import('./newer.ts');
		return new NewerRequests(this.#api);
	}

	async close(): Promise<void> {
		await this.#server.close();
	}

	#dagOf({ dag, bundle, root }: dagAnswers.BundledDag): Dag {
		if (bundle !== null && root !== null) this.#bundles.set(bundle, root);
		return dag;
	}

	/** The full path of a file with an import error, as for DAGs: the response has only its path in the bundle. */
	#fileOf({ fileName, stackTrace }: ImportError, bundle: string | null): string {
		if (fileName === '' || fileName.startsWith('/')) return fileName;
		const root = bundle === null ? undefined : this.#bundles.get(bundle);
		if (root !== undefined) return `${root}${fileName}`;
		// No DAG of the bundle is known yet: Python's traceback has the full path.
		const named = [...stackTrace.matchAll(/File "([^"\n]{1,1000})"/g)].map(([, path = '']) => path);
		return named.find(path => path.endsWith(`/${fileName}`)) ?? fileName;
	}
}
