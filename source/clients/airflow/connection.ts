import type { DagParam } from '../../model/airflow/dag-params.ts';
import type { AirflowHealth, Dag, DagRun, DagTask, ImportError, TaskInstance } from '../../model/airflow/pipeline.ts';
import type { Pool } from '../../model/check.ts';
import { ClientError } from '../../model/failures/failure.ts';
import type { FailureKind } from '../../model/source.ts';
import { phrase } from '../../words/message.ts';
import type { OnCut } from '../cut-lists.ts';
import type { HttpTarget } from '../http/http.ts';
import { orAborted } from '../or-aborted.ts';
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
} from './airflow.ts';
import type { Airflow3, Airflow3Feature } from './airflow3.ts';
import { type KeptSessions, noSessions } from './kept-sessions.ts';
import type { LoginSource } from './plain-login.ts';
import type { TaskRequests } from './task-requests.ts';
import { AirflowV1Client } from './v1/airflow-v1.ts';
import { AirflowV2Client } from './v2/airflow-v2.ts';

/** The API version of the server, found by one request without a login. */
type Chosen = { readonly client: AirflowClient; readonly version: string };

/**
 * Airflow of either generation at an address: API v2 (Airflow 3), else v1 (Airflow 2). The choice is made with the
 * first request, and again when the API in use is gone, for example after an upgrade.
 */
export class AirflowConnection implements AirflowClient {
	readonly #v1: AirflowV1Client;
	readonly #v2: AirflowV2Client;
	#choice: Promise<Chosen> | null = null;

	constructor(target: string | HttpTarget, login: LoginSource, sessions: KeptSessions = noSessions(), onCut?: OnCut) {
		this.#v1 = new AirflowV1Client(target, login, sessions, onCut);
		this.#v2 = new AirflowV2Client(target, login, sessions, onCut);
	}

	get address(): string {
		return this.#v2.address;
	}

	async version(signal?: AbortSignal): Promise<string> {
		const isFirst = this.#choice === null;
		const { version } = await orAborted(signal, this.#chosen());
		return isFirst ? version : this.#ask(client => client.version(signal), signal);
	}

	async health(signal?: AbortSignal): Promise<AirflowHealth> {
		// Airflow 3 responds to the path of Airflow 2 as to any unknown path.
		return this.#ask(client => client.health(signal), signal, ['protocol', 'not-found']);
	}

	async dags(signal?: AbortSignal): Promise<Dag[]> {
		return this.#ask(client => client.dags(signal), signal);
	}

	async dag(dagId: string, signal?: AbortSignal): Promise<Dag> {
		return this.#ask(client => client.dag(dagId, signal), signal);
	}

	async tasks(dagId: string, signal?: AbortSignal): Promise<DagTask[]> {
		return this.#ask(client => client.tasks(dagId, signal), signal);
	}

	async dagRuns(dagId: string, limit: number, signal?: AbortSignal): Promise<DagRun[]> {
		return this.#ask(client => client.dagRuns(dagId, limit, signal), signal);
	}

	async findRuns(dagId: string, wanted: RunsWanted, signal?: AbortSignal): Promise<FoundRuns> {
		return this.#ask(client => client.findRuns(dagId, wanted, signal), signal);
	}

	async pageOfRuns(
		dagId: string,
		offset: number,
		signal?: AbortSignal,
		runState: string | null = null,
	): Promise<RunPage> {
		return this.#ask(client => client.pageOfRuns(dagId, offset, signal, runState), signal);
	}

	async newestRuns(dagIds: readonly string[], signal?: AbortSignal): Promise<DagRun[]> {
		return this.#ask(client => client.newestRuns(dagIds, signal), signal);
	}

	async dagParams(dagId: string, signal?: AbortSignal): Promise<DagParam[]> {
		return this.#ask(client => client.dagParams(dagId, signal), signal);
	}

	async dagSource(dag: Pick<Dag, 'dagId' | 'fileToken'>, signal?: AbortSignal): Promise<string> {
		return this.#ask(client => client.dagSource(dag, signal), signal);
	}

	async dagRun(dagId: string, dagRunId: string, signal?: AbortSignal): Promise<DagRun> {
		return this.#ask(client => client.dagRun(dagId, dagRunId, signal), signal);
	}

	async taskInstances(dagId: string, dagRunId: string, signal?: AbortSignal): Promise<TaskInstance[]> {
		return this.#ask(client => client.taskInstances(dagId, dagRunId, signal), signal);
	}

	async taskInstancesOfRuns(runs: readonly DagRun[], signal?: AbortSignal): Promise<TaskInstance[]> {
		return this.#ask(client => client.taskInstancesOfRuns(runs, signal), signal);
	}

	async taskLog(task: TaskTry, signal?: AbortSignal): Promise<string> {
		return this.#ask(client => client.taskLog(task, signal), signal);
	}

	async taskLogPart(task: TaskTry, token: string | null, signal?: AbortSignal): Promise<TaskLogPart> {
		return this.#ask(client => client.taskLogPart(task, token, signal), signal);
	}

	async importErrors(signal?: AbortSignal): Promise<ImportError[]> {
		return this.#ask(client => client.importErrors(signal), signal);
	}

	async pools(signal?: AbortSignal): Promise<Pool[]> {
		return this.#ask(client => client.pools(signal), signal);
	}

	async setPoolSlots(pool: string, slots: number, signal?: AbortSignal): Promise<Pool> {
		return this.#ask(client => client.setPoolSlots(pool, slots, signal), signal);
	}

	async trigger(request: TriggerRequest, signal?: AbortSignal): Promise<DagRun> {
		return this.#ask(client => client.trigger(request, signal), signal);
	}

	async setPaused(dagId: string, paused: boolean, signal?: AbortSignal): Promise<Dag> {
		return this.#ask(client => client.setPaused(dagId, paused, signal), signal);
	}

	async clearTasks(request: ClearRequest, signal?: AbortSignal): Promise<ClearedTask[]> {
		return this.#ask(client => client.clearTasks(request, signal), signal);
	}

	async setTaskState(task: TaskToMark, state: MarkedTaskState, signal?: AbortSignal): Promise<void> {
		return this.#ask(client => client.setTaskState(task, state, signal), signal);
	}

	async setRunState(dagId: string, dagRunId: string, state: MarkedRunState, signal?: AbortSignal): Promise<DagRun> {
		return this.#ask(client => client.setRunState(dagId, dagRunId, state, signal), signal);
	}

	async setRunNote(dagId: string, dagRunId: string, note: string, signal?: AbortSignal): Promise<DagRun> {
		return this.#ask(client => client.setRunNote(dagId, dagRunId, note, signal), signal);
	}

	async parseFile(dag: Pick<Dag, 'dagId' | 'fileToken'>, signal?: AbortSignal): Promise<void> {
		return this.#ask(async client => {
			if (client.parseFile) return client.parseFile(dag, signal);
			const message = phrase(
				[
					'Airflow at {address} cannot parse a DAG file on request',
					'Airflow({address})는 DAG 파일 파싱 요청을 지원하지 않습니다',
				],
				{ address: this.address },
			);
			throw new ClientError('refused', message);
		}, signal);
	}

	async taskRequests(signal?: AbortSignal): Promise<TaskRequests> {
		return this.#ask(client => client.taskRequests(signal), signal);
	}

	async airflow3(feature: Airflow3Feature, signal?: AbortSignal): Promise<Airflow3> {
		return this.#ask(client => client.airflow3(feature, signal), signal);
	}

	async close(): Promise<void> {
		await Promise.all([this.#v1.close(), this.#v2.close()]);
	}

	async #ask<Answer>(
		work: (client: AirflowClient) => Promise<Answer>,
		signal: AbortSignal | undefined,
		gone: readonly FailureKind[] = ['protocol'],
	): Promise<Answer> {
		const choice = this.#chosen();
		const { client } = await orAborted(signal, choice);
		try {
			return await work(client);
		} catch (error) {
			// An unknown path: nothing was done.
			if (!(error instanceof ClientError) || error.httpStatus !== 404 || signal?.aborted) throw error;
			if (!gone.includes(error.failure.kind)) throw error;
			if (this.#choice === choice) this.#choice = null;
			const other = await orAborted(signal, this.#chosen());
			if (other.client === client) throw error;
			return work(other.client);
		}
	}

	/** One choice for all waiting requests; a failed one is dropped. */
	#chosen(): Promise<Chosen> {
		this.#choice ??= this.#choose().catch(error => {
			this.#choice = null;
			throw error;
		});
		return this.#choice;
	}

	async #choose(): Promise<Chosen> {
		try {
			return { client: this.#v2, version: await this.#v2.version() };
		} catch (error) {
			if (!(error instanceof ClientError) || !isOtherGeneration(error)) throw error;
		}
		return { client: this.#v1, version: await this.#v1.version() };
	}
}

/** A server without API v2: a proxy in front of it may respond to unknown paths with a login of its own. */
function isOtherGeneration({ httpStatus }: ClientError): boolean {
	return httpStatus !== null && [401, 403, 404, 405].includes(httpStatus);
}
