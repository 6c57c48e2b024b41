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
import { exactId, inPath } from '../../../model/text/outside-id.ts';
import type { Text } from '../../../words/language.ts';
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
import { AirflowSession } from '../airflow-session.ts';
import { type Airflow3, type Airflow3Feature, olderAirflow } from '../airflow3.ts';
import type { StructureReader } from '../dag-structure.ts';
import { GivenTokenSession } from '../given-token-session.ts';
import { type KeptSessions, noSessions } from '../kept-sessions.ts';
import { givenTokenOf, type LoginSource } from '../plain-login.ts';
import { pythonTuples } from '../python-literal.ts';
import { type LoggedIn, noFile } from '../rest-api.ts';
import type { TaskRequests } from '../task-requests.ts';
import { clearTasks } from './clear.ts';
import * as dagAnswers from './dag-answers.ts';
import { dagPath, logPath, runPath, runsPath, taskPath } from './paths.ts';
import { AirflowRestApi, pageLimit } from './rest-api.ts';
import * as runAnswers from './run-answers.ts';
import { findRuns, newestRuns, pageOfRuns, readRun } from './runs.ts';
import * as serverAnswers from './server-answers.ts';
import { readRunInstances, taskInstancesOfRuns } from './tasks-of-runs.ts';

/** Airflow's stable REST API, `/api/v1` (Airflow 2). */
export class AirflowV1Client implements AirflowClient {
	readonly #server: HttpServer;
	readonly #api: AirflowRestApi;
	/** For what needs no login. Where a token was given, a proxy in front of Airflow wants it for that as well. */
	readonly #open: LoggedIn;
	/** The server's last answer; null: not requested yet. */
	#version: string | null = null;
	#structures: StructureReader | null = null;

	constructor(target: string | HttpTarget, login: LoginSource, sessions: KeptSessions = noSessions(), onCut?: OnCut) {
		this.#server = new HttpServer('Airflow', target);
		const token = givenTokenOf(login);
		const session =
			token === null ? new AirflowSession(this.#server, login, sessions) : new GivenTokenSession(this.#server, token);
		this.#api = new AirflowRestApi(this.#server, session, onCut);
		this.#open = token === null ? this.#server : session;
	}

	get address(): string {
		return this.#server.address;
	}

	async version(signal?: AbortSignal): Promise<string> {
		const answer = await this.#open.request({ path: '/api/v1/version', timeoutMs: 6000, signal });
		if (answer.status === 404) {
			throw new ClientError(
				'protocol',
				phrase(
					['No Airflow at {address}: its REST API answers 404', '{address}에 Airflow가 없습니다: REST API 응답 404'],
					{
						address: this.address,
					},
				),
				phrase([
					'Check the address. laketop supports Airflow 2 and 3',
					'주소를 확인하세요. laketop은 Airflow 2와 3을 지원합니다',
				]),
				{ httpStatus: 404 },
			);
		}
		const { version } = this.#api.parse(answer, ['version', '버전'], serverAnswers.versionAnswer);
		this.#version = version;
		return version;
	}

	async health(signal?: AbortSignal): Promise<AirflowHealth> {
		const answer = await this.#open.request({ path: '/health', timeoutMs: 6000, signal });
		return this.#api.parse(answer, ['health', '상태'], serverAnswers.healthAnswer);
	}

	async dags(signal?: AbortSignal): Promise<Dag[]> {
		return this.#api.pages(
			offset => `/api/v1/dags?limit=${pageLimit}&offset=${offset}&order_by=dag_id`,
			dagAnswers.dagsAnswer,
			dagListName,
			page => page.dags,
			signal,
		);
	}

	async dag(dagId: string, signal?: AbortSignal): Promise<Dag> {
		return this.#api.get(dagPath(dagId), dagAnswers.dagAnswer, ['DAG', 'DAG'], signal);
	}

	async tasks(dagId: string, signal?: AbortSignal): Promise<DagTask[]> {
		const path = `${dagPath(dagId)}/tasks`;
		const tasks = await this.#api.get(path, dagAnswers.tasksAnswer, ['task list', '작업 목록'], signal);
		const { gridDataAnswer, StructureReader } = await import('../dag-structure.ts');
		// Of no runs: the page with the graph alone (`/object/graph_data`) writes to the audit log.
		this.#structures ??= new StructureReader((id, until) =>
			this.#api.get(
				`/object/grid_data?dag_id=${inPath(id)}&num_runs=1&base_date=1970-01-01T00:00:00Z`,
				gridDataAnswer,
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

	async dagSource(dag: Pick<Dag, 'dagId' | 'fileToken'>, signal?: AbortSignal): Promise<string> {
		if (dag.fileToken === null) throw noFile(dag.dagId);
		return this.#api.text(`/api/v1/dagSources/${inPath(dag.fileToken)}`, signal);
	}

	async dagRun(dagId: string, dagRunId: string, signal?: AbortSignal): Promise<DagRun> {
		const path = runPath(dagId, dagRunId);
		return readRun(this.#api, await this.#api.request({ path, signal }), ['DAG run', 'DAG 실행']);
	}

	async taskInstances(dagId: string, dagRunId: string, signal?: AbortSignal): Promise<TaskInstance[]> {
		// The meaning of a try number depends on the version; it is requested once, without a login.
		const version = this.#version ?? (await this.version(signal));
		const stored = await readRunInstances(this.#api, dagId, dagRunId, signal);
		return stored.map(task => ({ ...task, tryNumber: lastTryBegun(task, version) }));
	}

	async taskInstancesOfRuns(runs: readonly DagRun[], signal?: AbortSignal): Promise<TaskInstance[]> {
		const version = this.#version ?? (await this.version(signal));
		const stored = await taskInstancesOfRuns(this.#api, runs, signal);
		return stored.map(task => ({ ...task, tryNumber: lastTryBegun(task, version) }));
	}

	/**
	 * Requested as text/plain: that mode sends the whole log, without the wrapping in a Python list
	 * (airflow/api_connexion/endpoints/log_endpoint.py).
	 */
	async taskLog(task: TaskTry, signal?: AbortSignal): Promise<string> {
		return this.#api.text(`${logPath(task)}?full_content=true${mapped(task)}`, signal);
	}

	/**
	 * Requested as JSON: `content` is then the text of a Python list, and the token counts what was sent. With a token
	 * the server leaves out the head of the log (airflow/utils/log/file_task_handler.py, 2.8.0).
	 */
	async taskLogPart(task: TaskTry, token: string | null, signal?: AbortSignal): Promise<TaskLogPart> {
		const from = token === null ? '' : `&token=${inPath(token)}`;
		const answer = await this.#api.request({
			path: `${logPath(task)}?full_content=false${mapped(task)}${from}`,
			headers: { accept: 'application/json' },
			signal,
		});
		const { content, continuation_token } = this.#api.parse(
			answer,
			['task log', '작업 로그'],
			runAnswers.taskLogAnswer,
		);
		const tuples = pythonTuples(content);
		return { text: tuples?.map(([, text = '']) => text).join('\n') ?? content, token: continuation_token ?? null };
	}

	async importErrors(signal?: AbortSignal): Promise<ImportError[]> {
		return this.#api.pages(
			offset => `/api/v1/importErrors?limit=${pageLimit}&offset=${offset}`,
			serverAnswers.importErrorsAnswer,
			['import errors', '임포트 오류'],
			page => page.errors,
			signal,
		);
	}

	async pools(signal?: AbortSignal): Promise<Pool[]> {
		return this.#api.pages(
			offset => `/api/v1/pools?limit=${pageLimit}&offset=${offset}`,
			serverAnswers.poolsAnswer,
			['pool list', '풀 목록'],
			page => page.pools,
			signal,
		);
	}

	async setPoolSlots(pool: string, slots: number, signal?: AbortSignal): Promise<Pool> {
		// Only with the mask can the default pool be changed (airflow/api_connexion/endpoints/pool_endpoint.py).
		const path = `/api/v1/pools/${inPath(pool)}?update_mask=slots`;
		return this.#api.change('PATCH', path, { slots }, serverAnswers.poolAnswer, ['pool', '풀'], signal);
	}

	async trigger(request: TriggerRequest, signal?: AbortSignal): Promise<DagRun> {
		const conf: unknown = JSON.parse(request.conf ?? '{}');
		const body = { dag_run_id: exactId(request.dagRunId), conf };
		return this.#changeRun('POST', runsPath(request.dagId), body, ['new DAG run', '새 DAG 실행'], signal);
	}

	async setPaused(dagId: string, paused: boolean, signal?: AbortSignal): Promise<Dag> {
		const path = `${dagPath(dagId)}?update_mask=is_paused`;
		return this.#api.change('PATCH', path, { is_paused: paused }, dagAnswers.dagAnswer, ['DAG', 'DAG'], signal);
	}

	async clearTasks(request: ClearRequest, signal?: AbortSignal): Promise<ClearedTask[]> {
		return clearTasks(this.#api, request, signal);
	}

	async setTaskState(task: TaskToMark, state: MarkedTaskState, signal?: AbortSignal): Promise<void> {
		const index = task.mapIndex >= 0 ? `/${task.mapIndex}` : '';
		const path = `${taskPath(task.dagId, task.dagRunId, task.taskId)}${index}`;
		// dry_run is true by default.
		const body = { dry_run: false, new_state: state };
		await this.#api.change('PATCH', path, body, runAnswers.markedAnswer, ['task instance', '작업 인스턴스'], signal);
	}

	async setRunState(dagId: string, dagRunId: string, state: MarkedRunState, signal?: AbortSignal): Promise<DagRun> {
		return this.#changeRun('PATCH', runPath(dagId, dagRunId), { state }, ['DAG run', 'DAG 실행'], signal);
	}

	async setRunNote(dagId: string, dagRunId: string, note: string, signal?: AbortSignal): Promise<DagRun> {
		return this.#changeRun('PATCH', `${runPath(dagId, dagRunId)}/setNote`, { note }, ['DAG run', 'DAG 실행'], signal);
	}

	async taskRequests(signal?: AbortSignal): Promise<TaskRequests> {
		// The first screen asks none of them.
		const { TaskRequests } = await import('../task-requests.ts');
		return new TaskRequests(this.#api, '/api/v1', this.#version ?? (await this.version(signal)));
	}

	async airflow3(feature: Airflow3Feature): Promise<Airflow3> {
		throw olderAirflow(feature, this.#version);
	}

	async close(): Promise<void> {
		await this.#server.close();
	}

	async #changeRun(
		method: 'POST' | 'PATCH',
		path: string,
		body: object,
		what: Text,
		signal: AbortSignal | undefined,
	): Promise<DagRun> {
		return readRun(this.#api, await this.#api.send(method, path, body, signal), what);
	}
}

function mapped({ mapIndex }: TaskTry): string {
	return mapIndex >= 0 ? `&map_index=${mapIndex}` : '';
}
