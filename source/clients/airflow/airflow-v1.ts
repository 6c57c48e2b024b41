import type * as z from 'zod/mini';
import type { Pool } from '../../model/check.ts';
import { cleanJson, cleanLines } from '../../model/clean-text.ts';
import type { DagParam } from '../../model/dag-params.ts';
import { ClientError } from '../../model/failure.ts';
import { exactId, inPath } from '../../model/outside-id.ts';
import {
	type AirflowHealth,
	type Dag,
	type DagRun,
	type DagTask,
	type ImportError,
	newestRun,
	runsNewestFirst,
	type TaskInstance,
} from '../../model/pipeline.ts';
import { type ReportedRun, withQueueTimes } from '../../model/run-order.ts';
import { secretText } from '../../model/secret.ts';
import { parseTaskName } from '../../model/task-name.ts';
import { lastTryBegun } from '../../model/task-tries.ts';
import {
	busyProblem,
	type HttpAnswer,
	type HttpRequest,
	HttpServer,
	type HttpTarget,
	parseAnswer,
	redirectProblem,
} from '../http/http.ts';
import { orAborted } from '../or-aborted.ts';
import { parseOutsideJson } from '../outside-json.ts';
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
} from './airflow.ts';
import { type Credentials, csrfToken, logInByForm, withCookies, wrongPassword } from './airflow-login.ts';
import * as answers from './airflow-v1-answers.ts';
import { type KeptSessions, noSessions, type PlainLogin } from './kept-sessions.ts';
import { pythonTuples } from './python-literal.ts';

/** `[api] maximum_page_limit` cuts longer pages silently; 100 is its default. */
const pageLimit = 100;
/** DAGs whose newest run is asked for one by one, where the common page has none of theirs. */
const newestAskedAlone = 20;
/** Pages followed at the most: 10,000 entries of anything are more than a screen can use. */
const pagesFollowed = 100;
/** A change of many task instances takes the webserver a while, ms. */
const changeTimeoutMs = 30_000;

type Login =
	/** `isKept`: of an earlier process; it may have run out. */
	| { readonly method: 'session'; readonly cookie: string; readonly isKept: boolean }
	| { readonly method: 'basic'; readonly authorization: string };

/** Airflow's stable REST API, `/api/v1` (Airflow 2). */
export class AirflowV1Client implements AirflowClient {
	readonly #server: HttpServer;
	readonly #credentials: Credentials;
	#login: Promise<Login> | null = null;
	/** Set once a session was accepted by the login form and refused by the API: its session backend is off. */
	#sessionRefused = false;
	#keptRefused = false;
	/** The form takes no more logins for now. */
	#formLimited: ClientError | null = null;
	/** What was kept last. */
	#kept: string | null = null;
	/** As the server said last; null: not asked yet. */
	#version: string | null = null;

	readonly #sessions: KeptSessions;

	constructor(target: string | HttpTarget, credentials: Credentials, sessions: KeptSessions = noSessions) {
		this.#server = new HttpServer('Airflow', target);
		this.#credentials = credentials;
		this.#sessions = sessions;
	}

	get address(): string {
		return this.#server.address;
	}

	async version(signal?: AbortSignal): Promise<string> {
		const answer = await this.#server.request({ path: '/api/v1/version', timeoutMs: 6000, signal });
		if (answer.status === 404) {
			throw new ClientError(
				'protocol',
				`${this.address} has no Airflow REST API v1`,
				'laketop speaks to Airflow 2; check the address',
				{ httpStatus: 404 },
			);
		}
		const { version } = this.#parse(answer, 'the version', answers.versionAnswer);
		this.#version = version;
		return version;
	}

	async health(signal?: AbortSignal): Promise<AirflowHealth> {
		const answer = await this.#server.request({ path: '/health', timeoutMs: 6000, signal });
		return this.#parse(answer, 'the health', answers.healthAnswer);
	}

	async dags(signal?: AbortSignal): Promise<Dag[]> {
		return this.#pages(
			offset => `/api/v1/dags?limit=${pageLimit}&offset=${offset}&order_by=dag_id`,
			answers.dagsAnswer,
			'the DAGs',
			page => page.dags,
			signal,
		);
	}

	async dag(dagId: string, signal?: AbortSignal): Promise<Dag> {
		return this.#get(`/api/v1/dags/${inPath(dagId)}`, answers.dagAnswer, 'the DAG', signal);
	}

	async tasks(dagId: string, signal?: AbortSignal): Promise<DagTask[]> {
		return this.#get(`/api/v1/dags/${inPath(dagId)}/tasks`, answers.tasksAnswer, 'the tasks', signal);
	}

	async dagRuns(dagId: string, limit: number, signal?: AbortSignal): Promise<DagRun[]> {
		return this.findRuns(dagId, { limit }, signal);
	}

	async findRuns(dagId: string, wanted: RunsWanted, signal?: AbortSignal): Promise<DagRun[]> {
		const { limit, states = [], from, to } = wanted;
		const query: [string, string][] = states.map(state => ['state', state]);
		if (from !== undefined) query.push(['execution_date_gte', new Date(from).toISOString()]);
		if (to !== undefined) query.push(['execution_date_lte', new Date(to).toISOString()]);
		if (from !== undefined || to !== undefined) {
			const { runs, now } = await this.#runs(dagId, [...query, ['order_by', '-execution_date']], limit, signal);
			const times = new Map(withQueueTimes(runs, now).map(run => [run.dagRunId, run]));
			return runs.flatMap(({ run }) => times.get(run.dagRunId) ?? []);
		}
		const made = await this.#runs(dagId, [...query, ['order_by', '-id']], limit, signal);
		// A run that was made long ago may have been cleared, and started anew.
		const started =
			made.total > made.runs.length
				? await this.#runs(dagId, [...query, ...byStart], Math.min(limit, pageLimit), signal)
				: undefined;
		return runsNewestFirst(withQueueTimes(merged(made.runs, started?.runs ?? []), made.now)).slice(0, limit);
	}

	async newestRuns(dagIds: readonly string[], signal?: AbortSignal): Promise<DagRun[]> {
		const ask = async (order: Readonly<Record<string, string>>) => {
			const answer = await this.#authorised({
				method: 'POST',
				path: '/api/v1/dags/~/dagRuns/list',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ ...order, page_limit: pageLimit, dag_ids: dagIds.map(exactId) }),
				signal,
			});
			const { dag_runs, total_entries } = this.#parse(answer, 'the newest DAG runs', answers.dagRunsAnswer);
			return { runs: dag_runs, total: total_entries, now: serverTime(answer) };
		};
		// One page of the newest runs of all DAGs has most of them; a DAG that others crowd out is asked for alone.
		const made = await ask({ order_by: '-id' });
		const started = made.total > made.runs.length ? (await ask(Object.fromEntries(byStart))).runs : [];
		const byDag = Map.groupBy(merged(made.runs, started), ({ run }) => run.dagId);
		const known = [...byDag.values()].flatMap(runs => newestRun(withQueueTimes(runs, made.now)) ?? []);
		const missing = dagIds
			.filter(dagId => !byDag.has(dagId))
			.slice(0, made.total > made.runs.length ? newestAskedAlone : 0);
		for (const dagId of missing) {
			// A few, as those around it tell when a run was queued.
			const newest = newestRun(await this.dagRuns(dagId, 5, signal));
			if (newest) known.push(newest);
		}
		return known;
	}

	async dagParams(dagId: string, signal?: AbortSignal): Promise<DagParam[]> {
		const path = `/api/v1/dags/${inPath(dagId)}/details`;
		return (await this.#get(path, answers.dagDetailsAnswer, "the DAG's details", signal)).params;
	}

	async dagSource(dag: Pick<Dag, 'dagId' | 'fileToken'>, signal?: AbortSignal): Promise<string> {
		if (dag.fileToken === null) throw new ClientError('not-found', `Airflow names no file of ${dag.dagId}`);
		const answer = await this.#authorised({
			path: `/api/v1/dagSources/${inPath(dag.fileToken)}`,
			headers: { accept: 'text/plain' },
			signal,
		});
		if (answer.status >= 200 && answer.status < 300) return cleanLines(answer.body);
		throw problemOf(answer, this.address);
	}

	async dagRun(dagId: string, dagRunId: string, signal?: AbortSignal): Promise<DagRun> {
		const path = `${runsPath(dagId)}/${inPath(dagRunId)}`;
		return this.#parseRun(await this.#authorised({ path, signal }), 'the DAG run');
	}

	async taskInstances(dagId: string, dagRunId: string, signal?: AbortSignal): Promise<TaskInstance[]> {
		// What a try number means depends on the version; it is asked for once, which costs no login.
		const version = this.#version ?? (await this.version(signal));
		const stored = await this.#pages(
			offset => `${runsPath(dagId)}/${inPath(dagRunId)}/taskInstances?limit=${pageLimit}&offset=${offset}`,
			answers.taskInstancesAnswer,
			'the task instances',
			page => page.task_instances,
			signal,
		);
		return stored.map(task => ({ ...task, tryNumber: lastTryBegun(task, version) }));
	}

	/**
	 * Asked for as text/plain: that mode sends all of it, without the wrapping in a Python list's text
	 * (airflow/api_connexion/endpoints/log_endpoint.py).
	 */
	async taskLog(task: TaskTry, signal?: AbortSignal): Promise<string> {
		const answer = await this.#authorised({
			path: `${logPath(task)}?full_content=true${mapped(task)}`,
			headers: { accept: 'text/plain' },
			signal,
		});
		if (answer.status >= 200 && answer.status < 300) return cleanLines(answer.body);
		throw problemOf(answer, this.address);
	}

	/**
	 * Asked for as JSON: `content` is the text of a Python list there, and the token counts what was sent. A token makes
	 * the server leave out what it begins every log with (airflow/utils/log/file_task_handler.py, 2.8.0).
	 */
	async taskLogPart(task: TaskTry, token: string | null, signal?: AbortSignal): Promise<TaskLogPart> {
		const from = token === null ? '' : `&token=${inPath(token)}`;
		const answer = await this.#authorised({
			path: `${logPath(task)}?full_content=false${mapped(task)}${from}`,
			headers: { accept: 'application/json' },
			signal,
		});
		const { content, continuation_token } = this.#parse(answer, 'the log of a task', answers.taskLogAnswer);
		const tuples = pythonTuples(content);
		return { text: tuples?.map(([, text = '']) => text).join('\n') ?? content, token: continuation_token ?? null };
	}

	async importErrors(signal?: AbortSignal): Promise<ImportError[]> {
		return this.#get(
			`/api/v1/importErrors?limit=${pageLimit}`,
			answers.importErrorsAnswer,
			'the import errors',
			signal,
		);
	}

	async pools(signal?: AbortSignal): Promise<Pool[]> {
		return this.#pages(
			offset => `/api/v1/pools?limit=${pageLimit}&offset=${offset}`,
			answers.poolsAnswer,
			'the pools',
			page => page.pools,
			signal,
		);
	}

	async setPoolSlots(pool: string, slots: number, signal?: AbortSignal): Promise<Pool> {
		// The mask is what lets the default pool be changed at all (airflow/api_connexion/endpoints/pool_endpoint.py).
		const path = `/api/v1/pools/${inPath(pool)}?update_mask=slots`;
		return this.#change('PATCH', path, { slots }, answers.poolAnswer, 'the pool', signal);
	}

	async trigger(request: TriggerRequest, signal?: AbortSignal): Promise<DagRun> {
		const conf: unknown = JSON.parse(request.conf ?? '{}');
		const body = { dag_run_id: exactId(request.dagRunId), conf };
		return this.#changeRun('POST', runsPath(request.dagId), body, 'the new DAG run', signal);
	}

	async setPaused(dagId: string, paused: boolean, signal?: AbortSignal): Promise<Dag> {
		const path = `/api/v1/dags/${inPath(dagId)}?update_mask=is_paused`;
		return this.#change('PATCH', path, { is_paused: paused }, answers.dagAnswer, 'the DAG', signal);
	}

	async clearTasks(request: ClearRequest, signal?: AbortSignal): Promise<ClearedTask[]> {
		const names = (request.taskIds ?? []).map(parseTaskName);
		const instances = names.flatMap(({ taskId, mapIndex }) => (mapIndex === null ? [] : [{ taskId, mapIndex }]));
		if (instances.length === 0) return this.#clearWhole(request, signal);
		const cleared: ClearedTask[] = [];
		for (const [taskId, some] of Map.groupBy(instances, one => one.taskId)) {
			const indexes = some.map(({ mapIndex }) => mapIndex);
			cleared.push(...(await this.#clearIndexes(request, taskId, indexes, signal)));
		}
		const whole = names.flatMap(({ taskId, mapIndex }) => (mapIndex === null ? [taskId] : []));
		if (whole.length > 0) cleared.push(...(await this.#clearWhole({ ...request, taskIds: whole }, signal)));
		const key = ({ taskId, mapIndex }: ClearedTask) => `${taskId}\n${mapIndex}`;
		// What follows several of them would come more than once.
		const told = new Set(cleared.flatMap(one => (one.mapIndex === null ? [] : [one.taskId])));
		const once = cleared.filter(one => one.mapIndex !== null || !told.has(one.taskId));
		return [...Map.groupBy(once, key).values()].flatMap(same => (same[0]?.mapIndex === null ? same : same.slice(0, 1)));
	}

	async #clearWhole(request: ClearRequest, signal: AbortSignal | undefined): Promise<ClearedTask[]> {
		// All said outright: 2.8 has only_failed true and reset_dag_runs false by default, and clears every run of the DAG
		// where no run is named (airflow/api_connexion/schemas/task_instance_schema.py).
		const body = {
			dry_run: request.dryRun,
			dag_run_id: exactId(request.dagRunId),
			only_failed: request.onlyFailed,
			only_running: false,
			include_downstream: request.withDownstream,
			include_upstream: false,
			include_future: false,
			include_past: false,
			reset_dag_runs: true,
			...(request.taskIds === null ? {} : { task_ids: request.taskIds.map(exactId) }),
		};
		const path = `/api/v1/dags/${inPath(request.dagId)}/clearTaskInstances`;
		return this.#change('POST', path, body, answers.clearedAnswer, 'the cleared tasks', signal);
	}

	/**
	 * Some instances of a mapped task, as the web page clears them: the REST API takes whole tasks only (2.8.0,
	 * task_instance_schema.py: `task_ids` are strings). It wants a session, and the token of a page against forgery.
	 */
	async #clearIndexes(
		{ dagId, dagRunId, onlyFailed, withDownstream, dryRun }: ClearRequest,
		taskId: string,
		indexes: readonly number[],
		signal: AbortSignal | undefined,
	): Promise<ClearedTask[]> {
		const runPath = `${runsPath(dagId)}/${inPath(dagRunId)}`;
		const date = await this.#get(runPath, answers.runDateAnswer, 'the DAG run', signal);
		const form = new URLSearchParams({
			dag_id: exactId(dagId),
			dag_run_id: exactId(dagRunId),
			task_id: exactId(taskId),
			execution_date: date ?? '',
			downstream: String(withDownstream),
			only_failed: String(onlyFailed),
		});
		for (const index of indexes) form.append('map_index', String(index));
		const send = async (confirmed: boolean) => {
			const answer = await this.#submit(`/dags/${inPath(dagId)}/grid`, '/clear', form, confirmed, signal);
			// That there is nothing to clear is a 404 in words.
			if (answer.status === 404 && /^No task instances/.test(answer.body)) return null;
			if (answer.status !== 200) throw noIndexes(this.address, answer.status);
			return answer;
		};
		const would = await send(false);
		const cleared = would ? this.#parse(would, 'the cleared tasks', answers.clearFormAnswer) : [];
		// The answer to the second request is a sentence: what the first named is what was cleared.
		if (!dryRun && cleared.length > 0) await send(true);
		return cleared;
	}

	/** Sends a form of the web pages, as a browser that has the page with it open. */
	async #submit(
		page: string,
		path: string,
		form: URLSearchParams,
		confirmed: boolean,
		signal: AbortSignal | undefined,
	): Promise<HttpAnswer> {
		const login = await this.#logIn();
		if (login.method !== 'session') throw noIndexes(this.address, null);
		const shown = await this.#server.request({
			path: page,
			headers: { accept: 'text/html', cookie: login.cookie },
			signal,
		});
		const token = shown.status === 200 ? csrfToken(shown.body) : null;
		if (token === null) throw noIndexes(this.address, shown.status);
		return this.#server.request({
			method: 'POST',
			path,
			headers: {
				accept: 'application/json',
				'content-type': 'application/x-www-form-urlencoded',
				'x-csrftoken': token,
				// Flask-WTF checks the referrer of forms sent over TLS.
				referer: `${this.address}${page}`,
				cookie: withCookies(login.cookie, shown.headers['set-cookie']),
			},
			body: new URLSearchParams([...form, ['confirmed', String(confirmed)]]).toString(),
			timeoutMs: changeTimeoutMs,
			signal,
		});
	}

	async setTaskState(task: TaskToMark, state: MarkedTaskState, signal?: AbortSignal): Promise<void> {
		const mapped = task.mapIndex >= 0 ? `/${task.mapIndex}` : '';
		const path = `${runsPath(task.dagId)}/${inPath(task.dagRunId)}/taskInstances/${inPath(task.taskId)}${mapped}`;
		// dry_run is true unless said otherwise.
		const body = { dry_run: false, new_state: state };
		await this.#change('PATCH', path, body, answers.markedAnswer, 'the task instance', signal);
	}

	async setRunState(dagId: string, dagRunId: string, state: MarkedRunState, signal?: AbortSignal): Promise<DagRun> {
		const path = `${runsPath(dagId)}/${inPath(dagRunId)}`;
		return this.#changeRun('PATCH', path, { state }, 'the DAG run', signal);
	}

	async setRunNote(dagId: string, dagRunId: string, note: string, signal?: AbortSignal): Promise<DagRun> {
		const path = `${runsPath(dagId)}/${inPath(dagRunId)}/setNote`;
		return this.#changeRun('PATCH', path, { note }, 'the DAG run', signal);
	}

	async close(): Promise<void> {
		await this.#server.close();
	}

	async #get<Output>(
		path: string,
		schema: z.ZodMiniType<Output>,
		what: string,
		signal: AbortSignal | undefined,
	): Promise<Output> {
		return this.#parse(await this.#authorised({ path, signal }), what, schema);
	}

	async #change<Output>(
		method: 'POST' | 'PATCH',
		path: string,
		body: object,
		schema: z.ZodMiniType<Output>,
		what: string,
		signal: AbortSignal | undefined,
	): Promise<Output> {
		return this.#parse(await this.#send(method, path, body, signal), what, schema);
	}

	async #changeRun(
		method: 'POST' | 'PATCH',
		path: string,
		body: object,
		what: string,
		signal: AbortSignal | undefined,
	): Promise<DagRun> {
		return this.#parseRun(await this.#send(method, path, body, signal), what);
	}

	#send(method: 'POST' | 'PATCH', path: string, body: object, signal: AbortSignal | undefined): Promise<HttpAnswer> {
		return this.#authorised({
			method,
			path,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
			timeoutMs: changeTimeoutMs,
			signal,
		});
	}

	#parseRun(answer: HttpAnswer, what: string): DagRun {
		const reported = this.#parse(answer, what, answers.dagRunAnswer);
		return withQueueTimes([reported], serverTime(answer))[0] ?? reported.run;
	}

	/** Runs of a DAG, page after page; by which clock they are to be judged; and how many there are in all. */
	async #runs(
		dagId: string,
		query: readonly (readonly [string, string])[],
		limit: number,
		signal: AbortSignal | undefined,
	): Promise<{ runs: ReportedRun[]; total: number; now: number }> {
		const words = query.map(([name, value]) => `&${name}=${inPath(value)}`).join('');
		let total = 0;
		let now = Date.now();
		const runs = await this.#pages(
			offset => `${runsPath(dagId)}?limit=${Math.min(pageLimit, limit - offset)}&offset=${offset}${words}`,
			answers.dagRunsAnswer,
			'the DAG runs',
			(page, answer) => {
				total = page.total_entries;
				now = serverTime(answer);
				return page.dag_runs;
			},
			signal,
			limit,
		);
		return { runs: merged(runs, []).slice(0, limit), total, now };
	}

	/** Follows `offset` until `total_entries` or `wanted` are there, as a page may be cut shorter than was asked for. */
	async #pages<Page extends { total_entries: number }, Entry>(
		path: (offset: number) => string,
		schema: z.ZodMiniType<Page>,
		what: string,
		entriesOf: (page: Page, answer: HttpAnswer) => Entry[],
		signal: AbortSignal | undefined,
		wanted = Number.POSITIVE_INFINITY,
	): Promise<Entry[]> {
		const all: Entry[] = [];
		for (let page = 0; page < pagesFollowed; page++) {
			const answer = await this.#authorised({ path: path(all.length), signal });
			const read = this.#parse(answer, what, schema);
			const entries = entriesOf(read, answer);
			all.push(...entries);
			if (entries.length === 0 || all.length >= Math.min(wanted, read.total_entries)) break;
		}
		return all;
	}

	/** Sends with the session, or with Basic auth where sessions are not accepted; logs in again once when it ran out. */
	async #authorised(request: HttpRequest): Promise<HttpAnswer> {
		// Before the password is fetched, which may run a command.
		if (this.#server.isGuess) throw this.#server.guessed();
		for (let attempt = 0; ; ) {
			const pending = this.#logIn();
			const login = await orAborted(request.signal, pending);
			const header: Record<string, string> =
				login.method === 'session' ? { cookie: login.cookie } : { authorization: login.authorization };
			const answer = await this.#server.request({ ...request, headers: { ...request.headers, ...header } });
			if (answer.status !== 401) {
				if (login.method === 'session' && !login.isKept) this.#keep(login.cookie);
				return answer;
			}
			if (this.#login === pending) this.#login = null;
			const plain = await this.#plainLogin();
			if (login.method === 'basic') {
				this.#sessions.forget(this.address, plain, '');
				throw this.#basicRefused(answer);
			}
			// A kept session that ran out is no refusal, but none is taken from there again.
			if (login.isKept) {
				this.#keptRefused = true;
				this.#sessions.forget(this.address, plain, login.cookie);
			} else if (attempt++ > 0) {
				this.#sessionRefused = true;
				this.#keep('');
			}
		}
	}

	/** Once the API has taken it, or has taken none: it is for the next command. */
	#keep(cookie: string): void {
		if (this.#kept === cookie) return;
		this.#kept = cookie;
		// Secrets that are had from a command are had by now.
		void this.#plainLogin().then(plain => this.#sessions.keep(this.address, plain, cookie));
	}

	#logIn(): Promise<Login> {
		// One login for all that wait for it; a failed one is forgotten, so that the next request tries again.
		this.#login ??= this.#newLogin().catch(error => {
			this.#login = null;
			throw error;
		});
		return this.#login;
	}

	async #newLogin(): Promise<Login> {
		const plain = await this.#plainLogin();
		if (!this.#sessionRefused) {
			const kept = this.#keptRefused ? null : this.#sessions.read(this.address, plain);
			if (kept) return { method: 'session', cookie: kept, isKept: true };
			// Known to take none: a login by the form would be for nothing.
			const cookie = kept === '' ? null : await this.#formLogin();
			if (cookie !== null) return { method: 'session', cookie, isKept: false };
		}
		const { username, password } = plain;
		return { method: 'basic', authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
	}

	/** null: Basic auth is left, which has no limit. */
	async #formLogin(): Promise<string | null> {
		this.#formLimited = null;
		try {
			return await logInByForm(this.#server, this.#credentials);
		} catch (error) {
			if (!(error instanceof ClientError) || error.failure.kind !== 'busy') throw error;
			this.#formLimited = error;
			return null;
		}
	}

	async #plainLogin(): Promise<PlainLogin> {
		const { username, password } = this.#credentials;
		return { username, password: await secretText(password) };
	}

	#basicRefused({ headers }: HttpAnswer): ClientError {
		// Where Basic auth is not offered, its refusal says nothing of the password.
		if (this.#formLimited && !/\bbasic\b/i.test(String(headers['www-authenticate'] ?? ''))) return this.#formLimited;
		return this.#sessionRefused
			? new ClientError(
					'unauthorised',
					`Airflow at ${this.address} accepts neither session nor Basic auth for its API`,
					'Set AIRFLOW__API__AUTH_BACKENDS=airflow.api.auth.backend.session,airflow.api.auth.backend.basic_auth',
					{ httpStatus: 401, code: 'no-api-login' },
				)
			: wrongPassword(this.#server, this.#credentials);
	}

	#parse<Output>(answer: HttpAnswer, what: string, schema: z.ZodMiniType<Output>): Output {
		if (answer.status >= 200 && answer.status < 300) {
			return parseAnswer('Airflow', this.address, what, answer.body, schema);
		}
		throw problemOf(answer, this.address);
	}
}

function noIndexes(address: string, status: number | null): ClientError {
	const why = status === null ? 'and its web page wants a login by its form' : `and its web page answers ${status}`;
	return new ClientError(
		'refused',
		`Airflow at ${address} cannot clear one index of a mapped task here: its REST API takes whole tasks only, ${why}`,
		'Clear the whole task, or mark the index as failed or success',
		{ httpStatus: status ?? undefined },
	);
}

/** Runs that have started, the last first. A run without a start is left out, as databases disagree where it belongs. */
const byStart: readonly [string, string][] = [
	['order_by', '-start_date'],
	['start_date_gte', '1970-01-01T00:00:00Z'],
];

/**
 * The runs that were made last, and behind them others, each once: a run that starts between two pages moves in their
 * order, and comes twice.
 */
function merged(made: readonly ReportedRun[], others: readonly ReportedRun[]): ReportedRun[] {
	const key = ({ run }: ReportedRun) => `${run.dagId}\n${run.dagRunId}`;
	const all = new Map(made.map(one => [key(one), one]));
	// Made before all of those, in the order of their dates most likely.
	for (const one of others.toSorted((a, b) => (b.run.logicalDate ?? 0) - (a.run.logicalDate ?? 0))) {
		if (!all.has(key(one))) all.set(key(one), one);
	}
	return [...all.values()];
}

/** The server's clock, which is the one that its dates are of; ms. Whole seconds: up to one behind, so one is added. */
function serverTime({ headers }: HttpAnswer): number {
	const time = Date.parse(String(headers.date));
	return Number.isFinite(time) ? time + 1000 : Date.now();
}

function logPath({ dagId, dagRunId, taskId, tryNumber }: TaskTry): string {
	return `${runsPath(dagId)}/${inPath(dagRunId)}/taskInstances/${inPath(taskId)}/logs/${tryNumber}`;
}

function mapped({ mapIndex }: TaskTry): string {
	return mapIndex >= 0 ? `&map_index=${mapIndex}` : '';
}

function runsPath(dagId: string): string {
	return `/api/v1/dags/${inPath(dagId)}/dagRuns`;
}

/** An error answer in words: connexion sends RFC 7807 problems, a proxy or another program sends anything. */
function problemOf(answer: HttpAnswer, address: string): ClientError {
	const known = redirectProblem(answer, 'Airflow', address) ?? busyProblem(answer, 'Airflow', address);
	if (known) return known;
	let words = '';
	try {
		const problem = answers.problemAnswer.safeParse(parseOutsideJson(answer.body));
		if (problem.success) {
			const { title, detail } = problem.data;
			words = [title, typeof detail === 'string' ? detail : detail ? cleanJson(detail) : null]
				.filter(Boolean)
				.join(': ');
		}
	} catch {
		// Not JSON: the status has to do.
	}
	const message = `Airflow at ${address} answers ${answer.status}${words ? ` (${words})` : ''}`;
	const httpStatus = answer.status;
	switch (httpStatus) {
		case 401:
			return new ClientError('unauthorised', message, 'Check airflow.username and airflow.password', { httpStatus });
		case 403:
			return new ClientError('unauthorised', message, 'This user lacks the permission: give it a role that has it', {
				httpStatus,
			});
		case 404:
			// Airflow's own 404 is a problem in JSON; a page of another program is not.
			return words
				? new ClientError('not-found', message, '', { httpStatus })
				: new ClientError(
						'protocol',
						`What answers at ${address} is not Airflow 2 (404)`,
						'Check the address of Airflow',
						{ httpStatus },
					);
		case 409:
			return new ClientError('conflict', message, '', { httpStatus });
		default:
			return answer.status >= 500
				? new ClientError('server', message, 'Look at the log of airflow-webserver', { httpStatus })
				: new ClientError('refused', message, '', { httpStatus });
	}
}
