import type { Call, Route } from '../../server/routes.ts';
import { route } from '../../server/routes.ts';
import type { DagRun, TaskInstance } from '../../world/airflow/airflow-state.ts';
import { SECOND } from '../../world/time.ts';
import { partAnswers, partOf, type World } from '../../world/world.ts';
import { HEARTBEAT_LIMIT_MS, poolJson } from '../monitoring.ts';
import { dateOf, sortBy } from '../parameters.ts';
import { isListedItself, pastTries, secondsBetween } from '../tries.ts';
import { runOf } from './dag-runs.ts';
import { instanceJson, timeJson } from './json.ts';
import { paged } from './parameters.ts';
import { sendInvalid, sendJson } from './reply.ts';
import { pairOf } from './task-instances.ts';

const INSTANCE = '/api/v2/dags/:dagId/dagRuns/:runId/taskInstances/:taskId';

/**
 * What Airflow 3 reports beyond Airflow 2, see airflow-core/src/airflow/api_fastapi/core_api/routes/public/
 * {task_instances,dag_stats,job,event_logs,dag_run}.py.
 */
export function watchingRoutes(world: World, catchUp: () => void): Route<void>[] {
	const pair = (call: Call) => pairOf(world, call, call.params.mapIndex ?? '-1');
	const dependencies = (call: Call) => sendJson(call, { dependencies: unmetOf(world, pair(call)) });
	const tries = (call: Call) => {
		const { run, task } = pair(call);
		const all = triesOf(world, run, task);
		sendJson(call, { task_instances: all, total_entries: all.length });
	};
	return [
		route('GET', `${INSTANCE}/dependencies`, dependencies),
		route('GET', `${INSTANCE}/:mapIndex/dependencies`, dependencies),
		route('GET', `${INSTANCE}/tries`, tries),
		route('GET', `${INSTANCE}/:mapIndex/tries`, tries),
		route('GET', '/api/v2/dagStats', call => sendStats(world, call)),
		route('GET', '/api/v2/jobs', call => sendJobs(world, call)),
		route('GET', '/api/v2/eventLogs', call => sendEvents(world, call)),
		route('GET', '/api/v2/dags/:dagId/dagRuns/:runId/wait', call => sendStates(world, call, catchUp)),
	];
}

/** In the words of airflow/ti_deps/deps/{pool_slots_available_dep,valid_state_dep,trigger_rule_dep}.py (3.3.2). */
function unmetOf(world: World, { run, task }: { readonly run: DagRun; readonly task: TaskInstance }) {
	if (task.state !== null && task.state !== 'scheduled') return [];
	const unmet: { name: string; reason: string }[] = [];
	const { open_slots: open } = poolJson(world);
	if (open < 1) {
		const reason = `Not scheduling since there are ${open} open slots in pool default_pool and require 1 pool slots`;
		unmet.push({ name: 'Pool Slots Available', reason });
	}
	if (task.state === null) unmet.push({ name: 'Task Instance State', reason: "Task is in the 'None' state." });
	const definition = world.airflow.dags.get(run.dagId)?.definition;
	const before = (definition?.tasks ?? []).filter(({ downstream }) => downstream.includes(task.taskId));
	const rule = definition?.tasks.find(({ taskId }) => taskId === task.taskId)?.triggerRule ?? 'all_success';
	const instances = run.tasks.filter(({ taskId }) => before.some(one => one.taskId === taskId));
	const count = (state: string) => instances.filter(one => one.state === state).length;
	const missing = instances.length - count('success');
	if (missing > 0 && rule === 'all_success') {
		const states = ['success', 'skipped', 'failed', 'upstream_failed', 'removed'].map(one => `${one}=${count(one)}`);
		const ids = before.map(({ taskId }) => `'${taskId}'`).join(', ');
		const reason = `Task's trigger rule 'all_success' requires all upstream tasks to have succeeded, but found ${missing} non-success(es). upstream_states=_UpstreamTIStates(${states.join(', ')}, done=${count('success') + count('failed')}, success_setup=0, skipped_setup=0), upstream_task_ids={${ids}}`;
		unmet.push({ name: 'Trigger Rule', reason });
	}
	return unmet;
}

/** TaskInstanceHistoryResponse has no such fields. */
const NOT_IN_HISTORY: ReadonlySet<string> = new Set([
	...['id', 'note', 'logical_date', 'run_after', 'rendered_map_index', 'rendered_fields', 'trigger', 'triggerer_job'],
]);

/** The history of a task instance, and the instance. */
function triesOf(world: World, run: DagRun, task: TaskInstance) {
	const now: Record<string, unknown> = instanceJson(world.airflow.dags.get(run.dagId), run, task, world.time);
	const same = Object.fromEntries(Object.entries(now).filter(([name]) => !NOT_IN_HISTORY.has(name)));
	const past = pastTries(task).map(one => ({
		...same,
		try_number: one.tryNumber,
		state: one.state,
		start_date: timeJson(one.startedAt),
		end_date: timeJson(one.endedAt),
		duration: secondsBetween(one),
		hostname: one.hostname,
	}));
	return isListedItself(task) ? [...past, same] : past;
}

const RUN_STATES = ['queued', 'running', 'success', 'failed'];

function sendStats({ airflow }: World, call: Call): void {
	const wanted = call.query.getAll('dag_ids');
	const ids = [...airflow.dags.keys()].filter(id => wanted.length === 0 || wanted.includes(id)).toSorted();
	const dags = ids.map(dagId => ({
		dag_id: dagId,
		dag_display_name: dagId,
		stats: RUN_STATES.map(state => ({
			state,
			count: airflow.runs.filter(run => run.dagId === dagId && run.state === state).length,
		})),
	}));
	sendJson(call, { dags, total_entries: dags.length });
}

function sendJobs(world: World, call: Call): void {
	const jobs = (
		[
			['DagProcessorJob', 'parser'],
			['SchedulerJob', 'scheduler'],
			['TriggererJob', 'triggerer'],
		] as const
	).flatMap(([jobType, part], index) => {
		const container = partOf(world, part);
		if (container === undefined || container.startedAt === 0) return [];
		// A process that does not answer sent its last heartbeat when it stopped.
		const isBeating = partAnswers(world, part);
		const heartbeat =
			jobType === 'SchedulerJob'
				? world.airflow.schedulerHeartbeat
				: isBeating
					? world.time
					: Math.max(container.startedAt, container.finishedAt ?? 0);
		return {
			isAlive: world.time - heartbeat < HEARTBEAT_LIMIT_MS,
			id: index + 1,
			dag_id: null,
			state: 'running',
			job_type: jobType,
			start_date: timeJson(container.startedAt),
			end_date: null,
			latest_heartbeat: timeJson(heartbeat),
			executor_class: null,
			hostname: container.id.slice(0, 12),
			unixname: 'airflow',
			dag_display_name: null,
		};
	});
	const alive = call.query.get('is_alive');
	const shown = jobs.filter(({ isAlive }) => alive === null || String(isAlive) === alive);
	// As in Airflow, the number is that before the filter.
	sendJson(call, { jobs: shown.map(({ isAlive: _, ...job }) => job), total_entries: jobs.length });
}

function sendEvents({ airflow }: World, call: Call): void {
	const excluded = call.query.getAll('excluded_events');
	const after = dateOf(call.query.get('after'), 'after') ?? 0;
	const dag = call.query.get('dag_id');
	// API v1 names its requests otherwise; Airflow 3 has those of `audit-log.ts`.
	const isOlder = (event: string): boolean => event.includes('.');
	const chosen = airflow.eventLog.filter(
		({ event, time, dagId }) =>
			!excluded.includes(event) && !isOlder(event) && time > after && (dag === null || dagId === dag),
	);
	const sorted = sortBy(chosen, call.query.get('order_by') ?? 'id', {
		id: entry => entry.id,
		event_log_id: entry => entry.id,
		when: entry => entry.time,
	});
	sendJson(call, {
		event_logs: paged(call, sorted).map(entry => ({
			event_log_id: entry.id,
			when: timeJson(entry.time),
			dag_id: entry.dagId,
			task_id: entry.taskId,
			run_id: entry.runId ?? null,
			map_index: entry.taskId === null ? null : -1,
			try_number: entry.taskId === null ? null : 1,
			event: entry.event,
			logical_date: timeJson(entry.executionDate ?? undefined),
			owner: entry.owner,
			extra: entry.extra,
			dag_display_name: entry.dagId,
			task_display_name: entry.taskId,
		})),
		total_entries: chosen.length,
	});
}

/** A line every `interval` until the run has ended: in real time, whatever the speed of the world. */
function sendStates(world: World, call: Call, catchUp: () => void): void {
	const interval = Number(call.query.get('interval') ?? Number.NaN);
	if (!(interval > 0)) return sendInvalid(call, 'missing', ['query', 'interval'], 'Field required', '');
	const run = runOf(world, call);
	const { response } = call;
	response.writeHead(200, { server: 'uvicorn' });
	const write = (): void => {
		catchUp();
		const isOver = run.state === 'success' || run.state === 'failed';
		response.write(`${JSON.stringify({ state: run.state }).replace(':', ': ')}\n`);
		if (isOver) return void response.end();
		const timer = setTimeout(write, interval * SECOND);
		timer.unref();
		response.once('close', () => clearTimeout(timer));
	};
	write();
}
