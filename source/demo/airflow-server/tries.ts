import type { Call, Route } from '../server/routes.ts';
import { route } from '../server/routes.ts';
import { type DagRun, findRun, type TaskInstance } from '../world/airflow/airflow-state.ts';
import { pythonTime, SECOND } from '../world/time.ts';
import type { World } from '../world/world.ts';
import { taskInstanceJson } from './dag-json.ts';
import { allowQuery, PAGING } from './parameters.ts';
import { sendJson } from './reply.ts';
import { instanceMore, isFrom210 } from './since-2-10.ts';

/** A row of `task_instance_history` (airflow/models/taskinstancehistory.py, 2.10.5). Times: ms since the epoch. */
export type PastTry = {
	readonly tryNumber: number;
	readonly state: string;
	readonly startedAt: number | undefined;
	readonly endedAt: number | undefined;
	readonly hostname: string;
};

/** Where the last try has ended, and another one is to come: the task was cleared, or waits for its retry. */
const awaitsNext: ReadonlySet<string | null> = new Set([null, 'up_for_retry', 'scheduled', 'queued']);

/** The tries that are in the history: all but the last, and the last where another one is to come. */
export function pastTries(task: TaskInstance): PastTry[] {
	const isLastPast = awaitsNext.has(task.state);
	return Array.from({ length: task.tryNumber }, (_, index) => index + 1)
		.filter(number => number < task.tryNumber || isLastPast)
		.flatMap(number => {
			const attempt = task.attempts.get(number);
			if (attempt === undefined) return [];
			const isLast = number === task.tryNumber;
			return {
				tryNumber: number,
				state: attempt.endedAs ?? 'failed',
				startedAt: isLast ? task.startedAt : attempt.lines.at(0)?.time,
				endedAt: isLast ? task.endedAt : attempt.lines.at(-1)?.time,
				hostname: attempt.hostname,
			};
		});
}

/** Whether the instance itself is listed beside its history (`get_task_instance_tries`, 2.10.5 and 3.3.2). */
export const isListedItself = ({ state }: TaskInstance): boolean => state !== 'up_for_retry';

export const secondsBetween = ({ startedAt, endedAt }: Pick<PastTry, 'startedAt' | 'endedAt'>): number | null =>
	startedAt === undefined || endedAt === undefined ? null : (endedAt - startedAt) / SECOND;

/** TaskInstanceHistorySchema of 2.10.5 has no such fields (airflow/api_connexion/schemas/task_instance_schema.py). */
const notInHistory: ReadonlySet<string> = new Set([
	...['execution_date', 'note', 'sla_miss', 'rendered_map_index', 'rendered_fields', 'trigger', 'triggerer_job'],
]);

/** `…/tries` of 2.10.5, of an instance and of an unmapped one; an unknown task has none. */
export function triesRoutes(world: World): Route<void>[] {
	if (!isFrom210(world.airflow)) return [];
	const path = '/api/v1/dags/:dagId/dagRuns/:runId/taskInstances/:taskId';
	const send = (call: Call): void => {
		allowQuery(call, ...PAGING);
		const index = Number(call.params.mapIndex ?? -1);
		const run = findRun(world.airflow, call.param('dagId'), call.param('runId'));
		const task = run?.tasks.find(one => one.taskId === call.param('taskId') && one.mapIndex === index);
		// Neither limit nor order is read.
		const all = run === undefined || task === undefined ? [] : triesJson(world, run, task);
		sendJson(call, { task_instances: all, total_entries: all.length });
	};
	return [route('GET', `${path}/tries`, send), route('GET', `${path}/:mapIndex/tries`, send)];
}

function triesJson(world: World, run: DagRun, task: TaskInstance) {
	const now: Record<string, unknown> = {
		...taskInstanceJson(world.airflow.dags.get(run.dagId), run, task, world.time),
		...instanceMore(world.airflow, task),
	};
	const same = Object.fromEntries(Object.entries(now).filter(([name]) => !notInHistory.has(name)));
	const timeOf = (ms: number | undefined) => (ms === undefined ? null : pythonTime(ms));
	const past = pastTries(task).map(one => ({
		...same,
		try_number: one.tryNumber,
		state: one.state,
		start_date: timeOf(one.startedAt),
		end_date: timeOf(one.endedAt),
		duration: secondsBetween(one),
		hostname: one.hostname,
	}));
	return isListedItself(task) ? [...past, same] : past;
}
