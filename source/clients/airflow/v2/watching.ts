import type { AirflowEvent, AirflowJob, RunCounts, UnmetDependency } from '../../../model/airflow/airflow-watch.ts';
import { exactId } from '../../../model/text/outside-id.ts';
import type { Text } from '../../../words/language.ts';
import type { EventsWanted, WatchedTask, Watching3 } from '../airflow3-watching.ts';
import { pageLimit, type RestApi, type Streaming } from '../rest-api.ts';
import { runPath, taskPath } from './paths.ts';
import { runStates } from './run-states.ts';
import * as answers from './watch-answers.ts';

/** The part of Airflow's REST API v2 that v1 has no counterpart for and that only reads. */
export class WatchingRequests implements Watching3 {
	readonly #api: RestApi<Streaming>;

	constructor(api: RestApi<Streaming>) {
		this.#api = api;
	}

	async unmetDependencies(task: WatchedTask, signal?: AbortSignal): Promise<UnmetDependency[]> {
		const path = `${instancePath(task)}/dependencies`;
		const what: Text = ['unmet dependencies', '미충족 의존성'];
		return (await this.#api.get(path, answers.dependenciesAnswer, what, signal)).dependencies;
	}

	async runCounts(signal?: AbortSignal): Promise<RunCounts[]> {
		const what: Text = ['counts of DAG runs', 'DAG 실행 수'];
		return this.#api.get('/api/v2/dagStats', answers.runCountsAnswer, what, signal);
	}

	async jobs(signal?: AbortSignal): Promise<AirflowJob[]> {
		const path = `/api/v2/jobs?limit=${pageLimit}&order_by=-latest_heartbeat`;
		const what: Text = ['jobs', 'job 목록'];
		// The limit of the heartbeat is a setting of the server; it filters after it has cut the page.
		const alive = await this.#api.get(`${path}&is_alive=true`, answers.jobsAnswer, what, signal);
		const ids = new Set(alive.map(({ id }) => id));
		const all = await this.#api.get(path, answers.jobsAnswer, what, signal);
		return all.map(job => ({ ...job, isAlive: ids.has(job.id) }));
	}

	async events({ limit, after, dagId }: EventsWanted, signal?: AbortSignal): Promise<AirflowEvent[]> {
		const query = new URLSearchParams({ order_by: '-when', limit: String(Math.min(limit, pageLimit)) });
		if (after !== undefined) query.set('after', new Date(after).toISOString());
		if (dagId !== undefined) query.set('dag_id', exactId(dagId));
		for (const state of taskEvents) query.append('excluded_events', state);
		const path = `/api/v2/eventLogs?${query}`;
		return this.#api.get(path, answers.eventsAnswer, ['audit log', '감사 로그'], signal);
	}

	watchRun(dagId: string, dagRunId: string, everySeconds: number, signal: AbortSignal): AsyncGenerator<string> {
		return runStates(this.#api, runPath(dagId, dagRunId), everySeconds, signal);
	}
}

/** The names of task states: each change is an event (airflow-core/src/airflow/utils/state.py, 3.3.2). */
const taskEvents = [
	...['running', 'success', 'failed', 'skipped', 'up_for_retry', 'up_for_reschedule', 'deferred', 'restarting'],
	...['upstream_failed', 'removed', 'queued', 'scheduled', 'awaiting_input'],
];

const instancePath = ({ dagId, dagRunId, taskId, mapIndex }: WatchedTask) =>
	`${taskPath(dagId, dagRunId, taskId)}${mapIndex >= 0 ? `/${mapIndex}` : ''}`;
