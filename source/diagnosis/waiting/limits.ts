import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import type { Pool } from '../../model/check.ts';
import { settingOf } from '../airflow-facts.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { say } from '../messages/message.ts';
import { type Waiting, type WaitRule, wait } from './wait.ts';

/** Why a scheduled task is not queued: the scheduler's limits, in the order in which it applies them. */

const isActive = ({ state }: TaskInstance) => state === 'running' || state === 'queued';

function poolOf({ task, facts }: Waiting): Pool | 'missing' | undefined {
	const pools = facts.check('pools')?.pools;
	return pools && (pools.find(({ name }) => name === task.pool) ?? 'missing');
}

export const poolMissing: WaitRule = waiting =>
	waiting.task.state === 'scheduled' && poolOf(waiting) === 'missing'
		? wait('pool missing', say('waits.pool missing', { pool: waiting.task.pool }), { needsHelp: true })
		: null;

/** -1 is no limit (airflow/models/pool.py). */
const isLimited = (pool: Pool) => pool.slots >= 0;

export const poolTooSmall: WaitRule = waiting => {
	const pool = poolOf(waiting);
	const wanted = waiting.task.poolSlots ?? 1;
	if (waiting.task.state !== 'scheduled' || !pool || pool === 'missing' || !isLimited(pool)) return null;
	if (pool.slots >= wanted) return null;
	return pool.slots === 0
		? wait('pool full', say('waits.pool zero', { pool: pool.name }), { needsHelp: true })
		: wait('pool too small', say('waits.pool too small', { pool: pool.name, wanted, slots: pool.slots }), {
				needsHelp: true,
			});
};

export const poolFull: WaitRule = waiting => {
	const pool = poolOf(waiting);
	const wanted = waiting.task.poolSlots ?? 1;
	if (waiting.task.state !== 'scheduled' || !pool || pool === 'missing' || !isLimited(pool)) return null;
	if (pool.open >= wanted) return null;
	const { name, slots } = pool;
	return wait('pool full', say('waits.pool full', { pool: name, taken: slots - Math.max(0, pool.open), slots }));
};

/** Running and queued task instances of the DAG, or of one of its tasks: the database's count, at least the known ones. */
function activeCount({ task, facts }: Waiting, taskId: string | null): number {
	const key = `${task.dagId}\n${taskId}`;
	const counts = countsOf.get(facts) ?? new Map<string, number>();
	countsOf.set(facts, counts);
	const found = counts.get(key) ?? countActive(facts, task.dagId, taskId);
	counts.set(key, found);
	return found;
}

/** Memoised: hundreds of instances use the same counts of unchanged facts. */
const countsOf = new WeakMap<DiagnosisFacts, Map<string, number>>();

function countActive(facts: DiagnosisFacts, dagId: string, taskId: string | null): number {
	const counted = (facts.check('task waits')?.active ?? [])
		.filter(one => one.dagId === dagId && (taskId === null || one.taskId === taskId))
		.reduce((sum, { count }) => sum + count, 0);
	const known = facts
		.tasks()
		.filter(one => one.dagId === dagId && (taskId === null || one.taskId === taskId) && isActive(one)).length;
	return Math.max(counted, known);
}

export const maxActiveTasks: WaitRule = waiting => {
	const limit = waiting.dag?.maxActiveTasks ?? null;
	if (waiting.task.state !== 'scheduled' || limit === null) return null;
	const active = activeCount(waiting, null);
	return active >= limit ? wait('max active tasks', say('waits.max active tasks', { active, limit })) : null;
};

/** max_active_tis_per_dag and max_active_tis_per_dagrun are not in the API, only in the serialised DAG. */
export const taskConcurrency: WaitRule = waiting => {
	const { task, tasks, dag, facts } = waiting;
	if (task.state !== 'scheduled' || !dag?.hasTaskConcurrencyLimits) return null;
	const check = facts.check('task waits');
	const limit = check?.limits.find(one => one.dagId === task.dagId && one.taskId === task.taskId);
	const inDag = activeCount(waiting, task.taskId);
	const inRun = tasks.filter(one => one.taskId === task.taskId && isActive(one)).length;
	if (limit?.perDag != null && inDag >= limit.perDag)
		return wait('task concurrency', say('waits.per dag', { limit: limit.perDag }));
	if (limit?.perRun != null && inRun >= limit.perRun)
		return wait('task concurrency', say('waits.per run', { limit: limit.perRun }));
	// Checked, and the task has no such limit.
	if (check !== undefined || inDag === 0) return null;
	return wait('task concurrency', say('waits.task concurrency'));
};

/** Airflow's default of `[core] parallelism`, for each scheduler. */
const defaultParallelism = 32;

export const parallelism: WaitRule = ({ task, facts }) => {
	if (task.state !== 'scheduled') return null;
	const pools = facts.check('pools')?.pools ?? [];
	const active = pools.reduce((sum, { running, queued }) => sum + running + queued, 0);
	const limit = parallelismOf(facts);
	return active >= limit ? wait('parallelism', say('waits.parallelism', { active, limit })) : null;
};

function parallelismOf(facts: DiagnosisFacts): number {
	const schedulers = Math.max(1, facts.services.filter(({ role }) => role === 'scheduler').length);
	const set = Number(settingOf(facts, facts.of('scheduler'), 'AIRFLOW__CORE__PARALLELISM') ?? defaultParallelism);
	// 0 is no limit.
	return set > 0 ? set * schedulers : Number.POSITIVE_INFINITY;
}

/** No limit applies: the next scheduler loop takes it. */
export const scheduler: WaitRule = ({ task, definition }) =>
	task.state === 'scheduled' ||
	// Without the DAG's definition the reason is unknown.
	(task.state === null && definition !== undefined) ||
	task.state === 'up_for_retry' ||
	task.state === 'up_for_reschedule'
		? wait('scheduler', say('waits.scheduler'))
		: null;
