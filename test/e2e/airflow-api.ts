/** Airflow's own REST API without laketop: the truth that the product is checked against. */
import * as z from 'zod/mini';

export type Generation = 2 | 3;

const runAnswer = z.object({
	dag_run_id: z.string(),
	state: z.string(),
	conf: z.record(z.string(), z.unknown()),
	note: z.nullable(z.string()),
});
export type Run = z.infer<typeof runAnswer>;
export type Task = { readonly state: string | null; readonly tries: number };

const runsAnswer = z.object({ dag_runs: z.array(runAnswer), total_entries: z.number() });
const dagAnswer = z.object({ is_paused: z.boolean(), last_parsed_time: z.string() });
const tasksAnswer = z.object({
	task_instances: z.array(
		z.object({ task_id: z.string(), state: z.nullable(z.string()), try_number: z.number(), max_tries: z.number() }),
	),
});
const tokenAnswer = z.object({ access_token: z.string() });

export const isActive = ({ state }: Run) => state === 'queued' || state === 'running';

/** One Airflow and one of its DAGs. The answers that are read here are the same in both generations of the API. */
export class AirflowApi {
	readonly #user: string;
	readonly #password: string;
	readonly #generation: Generation;
	readonly #dagId: string;
	#authorization: Promise<string> | null = null;
	#session: Promise<string> | null = null;

	/** `http://localhost:8082` */
	readonly address: string;

	constructor(options: {
		readonly address: string;
		readonly user: string;
		readonly password: string;
		readonly generation: Generation;
		readonly dagId: string;
	}) {
		this.address = options.address;
		this.#user = options.user;
		this.#password = options.password;
		this.#generation = options.generation;
		this.#dagId = options.dagId;
	}

	/** A response, as JSON; `path` is what follows `/api/v1/` or `/api/v2/`. */
	async request(path: string, body?: object, method = body ? 'PATCH' : 'GET'): Promise<unknown> {
		const answer = await fetch(`${this.address}/api/v${this.#generation === 2 ? 1 : 2}/${path}`, {
			method,
			headers: { authorization: await this.#login(), ...(body ? { 'content-type': 'application/json' } : {}) },
			...(body ? { body: JSON.stringify(body) } : {}),
		});
		return answer.status === 204 ? null : answer.json();
	}

	/** What a web page of Airflow asks for, as text; `path` begins with a slash. Airflow 2 wants the session of a form login. */
	async page(path: string): Promise<string> {
		if (this.#generation === 2) this.#session ??= this.#formLogin();
		const headers: Record<string, string> =
			this.#session === null ? { authorization: await this.#login() } : { cookie: await this.#session };
		const answer = await fetch(`${this.address}${path}`, { headers, redirect: 'manual' });
		if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
		return answer.text();
	}

	/** Starts a run, whatever laketop thinks of it. */
	start(dagRunId: string, conf: object = {}, dagId = this.#dagId): Promise<unknown> {
		const own = this.#generation === 2 ? {} : { logical_date: null };
		return this.request(`dags/${dagId}/dagRuns`, { dag_run_id: dagRunId, conf, ...own }, 'POST');
	}

	async runOf(id: string): Promise<Run> {
		return runAnswer.parse(await this.request(this.#runPath(id)));
	}

	/** All runs of the DAG, newest first. */
	async allRuns(): Promise<Run[]> {
		const order = this.#generation === 2 ? '-start_date' : '-run_after';
		const path = `dags/${this.#dagId}/dagRuns?order_by=${order}&limit=100`;
		return runsAnswer.parse(await this.request(path)).dag_runs;
	}

	/** How many runs the DAG has. */
	async runCount(): Promise<number> {
		return runsAnswer.parse(await this.request(`dags/${this.#dagId}/dagRuns?limit=1`)).total_entries;
	}

	/** A run's tasks, by their ids. */
	async tasksOf(id: string): Promise<Record<string, Task>> {
		const { task_instances } = tasksAnswer.parse(await this.request(`${this.#runPath(id)}/taskInstances`));
		return Object.fromEntries(
			task_instances.map(({ task_id, state, try_number }) => [task_id, { state, tries: try_number }]),
		);
	}

	async dag(): Promise<{ isPaused: boolean; lastParsedAt: string }> {
		const { is_paused, last_parsed_time } = dagAnswer.parse(await this.request(`dags/${this.#dagId}`));
		return { isPaused: is_paused, lastParsedAt: last_parsed_time };
	}

	setPaused(isPaused: boolean): Promise<unknown> {
		return this.request(`dags/${this.#dagId}`, { is_paused: isPaused });
	}

	/** Ends a run and its tasks in this state, as the page does. */
	end(id: string, state: 'success' | 'failed'): Promise<unknown> {
		return this.request(this.#runPath(id), { state });
	}

	#runPath(id: string): string {
		return `dags/${this.#dagId}/dagRuns/${encodeURIComponent(id)}`;
	}

	/** Basic authentication; Airflow 3 takes a token, which lives for a day. */
	#login(): Promise<string> {
		this.#authorization ??=
			this.#generation === 2
				? Promise.resolve(`Basic ${Buffer.from(`${this.#user}:${this.#password}`).toString('base64')}`)
				: this.#token().catch(error => {
						this.#authorization = null;
						throw error;
					});
		return this.#authorization;
	}

	async #formLogin(): Promise<string> {
		const address = `${this.address}/login/`;
		const cookies = new Map<string, string>();
		const keep = (answer: Response) => {
			for (const cookie of answer.headers.getSetCookie()) {
				const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
				cookies.set(name, value);
			}
			return [...cookies].map(one => one.join('=')).join('; ');
		};
		const form = await fetch(address);
		const cookie = keep(form);
		const [, token = ''] = /name="csrf_token"[^>]* value="([^"]+)"/.exec(await form.text()) ?? [];
		const body = new URLSearchParams({ csrf_token: token, username: this.#user, password: this.#password });
		return keep(await fetch(address, { method: 'POST', body, headers: { cookie }, redirect: 'manual' }));
	}

	async #token(): Promise<string> {
		const answer = await fetch(`${this.address}/auth/token`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ username: this.#user, password: this.#password }),
		});
		return `Bearer ${tokenAnswer.parse(await answer.json()).access_token}`;
	}
}
