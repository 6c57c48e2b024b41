import { settingOf } from '../airflow-facts.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { isRunning } from '../facts.ts';
import { say } from '../messages/message.ts';
import { thresholds } from '../thresholds.ts';
import { taskWaitsId, type WaitRule, wait } from './wait.ts';

/** Why a queued task does not run: between broker and worker. */

/** Known load of the workers. */
export function workerLoad(facts: DiagnosisFacts): WorkerLoad {
	const found = loads.get(facts) ?? loadOf(facts);
	loads.set(facts, found);
	return found;
}

type WorkerLoad = {
	/** Running tasks of all DAGs. */
	readonly running: number;
	/** Tasks that the workers can run at once. */
	readonly slots: number;
	readonly isBusy: boolean;
};
/** Memoised: hundreds of instances use the same load of unchanged facts. */
const loads = new WeakMap<DiagnosisFacts, WorkerLoad>();

function loadOf(facts: DiagnosisFacts): WorkerLoad {
	const workers = facts.services.filter(service => service.role === 'worker' && isRunning(service));
	const set = Number(settingOf(facts, facts.of('worker'), 'AIRFLOW__CELERY__WORKER_CONCURRENCY') ?? defaultConcurrency);
	const slots = (set > 0 ? set : defaultConcurrency) * Math.max(1, workers.length);
	const inPools = (facts.check('pools')?.pools ?? []).reduce((sum, { running }) => sum + running, 0);
	const running = Math.max(inPools, facts.tasks().filter(({ state }) => state === 'running').length);
	// A message stays unacknowledged until its task has ended.
	const taken = facts.check('broker')?.unacked ?? 0;
	return { running, slots, isBusy: Math.max(running, taken) >= slots };
}

const minute = 60_000;

/** Airflow's default of `[celery] worker_concurrency`. */
const defaultConcurrency = 16;

/** When a message was last taken, ms by the servers' clock: a task started, or a queue got shorter. */
export function lastTakenAt(facts: DiagnosisFacts): number {
	const began = facts
		.tasks()
		.flatMap(({ state, startedAt }) => (startedAt !== null && ran.has(state) ? [startedAt] : []));
	const fell = (facts.check('broker')?.queues ?? []).map(({ since, unchangedSince }) => unchangedSince ?? since);
	return Math.max(0, ...began, ...fell.map(at => at + facts.clockAheadMs));
}

const ran: ReadonlySet<string | null> = new Set([
	'running',
	'success',
	'failed',
	'up_for_retry',
	'up_for_reschedule',
	'deferred',
	'awaiting_input',
]);

/** Time after which the scheduler gives up a queued task (`[scheduler] task_queued_timeout`), ms. */
export function queuedTimeoutMs(facts: DiagnosisFacts): number {
	const set = Number(settingOf(facts, facts.of('scheduler'), 'AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT') ?? Number.NaN);
	return (set > 0 ? set : 600) * 1000;
}

export const noWorker: WaitRule = ({ task, facts }) => {
	if (task.state !== 'queued' || facts.services.length === 0) return null;
	const worker = facts.of('worker');
	// Without a worker service the scheduler runs the tasks.
	if (!worker || worker.it.container.state === 'running') return null;
	return wait('no worker', say('waits.no worker', { service: worker.name }), { needsHelp: true });
};

/**
 * Whether a worker had taken a message whose task was not running yet at the last check of the broker. Only tasks that were
 * running at that moment are compared with the unacknowledged messages.
 */
export function hasPrefetched(facts: DiagnosisFacts): boolean {
	const seenAt = (facts.state.checks['broker\n']?.at ?? 0) + facts.clockAheadMs;
	const ran = facts.tasks().filter(({ state, startedAt }) => state === 'running' && (startedAt ?? 0) <= seenAt).length;
	return (facts.check('broker')?.unacked ?? 0) > ran;
}

/**
 * Neither the broker nor a worker has its message: it was lost. The tasks must have been fetched after the broker was asked,
 * because a message also disappears when its task ends; once found, the next check of the broker does not hide it.
 */
export const messageLost: WaitRule = ({ task, run, facts, seenAt }) => {
	if (task.state !== 'queued' || task.queuedAt === null) return null;
	const broker = facts.check('broker');
	const queue = task.queue ?? 'default';
	if (broker?.answer !== 'PONG' || broker.unacked == null || !broker.asked?.includes(queue)) return null;
	const checkedAt = (facts.state.checks['broker\n']?.at ?? 0) + facts.clockAheadMs;
	if (Math.min(checkedAt, seenAt) - task.queuedAt < thresholds.messageOldMs) return null;
	if (seenAt < checkedAt && !facts.was(taskWaitsId(run))) return null;
	const isHeld = broker.queues.some(({ name, count }) => name === queue && count > 0);
	if (isHeld || hasPrefetched(facts)) return null;
	const until = task.queuedAt + queuedTimeoutMs(facts);
	return wait('message lost', say('waits.message lost', { at: until }), { until, needsHelp: true });
};

export const workerSlots: WaitRule = ({ task, facts }) => {
	if (task.state !== 'queued') return null;
	const { running, slots, isBusy } = workerLoad(facts);
	return isBusy ? wait('worker slots', say('waits.worker slots', { running, slots })) : null;
};

/** Queues of the running workers: those of their command lines, otherwise Airflow's default queue. */
export function listenedQueues(facts: DiagnosisFacts): ReadonlySet<string> {
	return new Set(
		facts.services
			.filter(service => service.role === 'worker' && isRunning(service))
			.flatMap(worker => {
				const { queues = null } = facts.check('setup', worker.it.container.id)?.setup ?? {};
				return queues ?? [settingOf(facts, worker, 'AIRFLOW__OPERATORS__DEFAULT_QUEUE') ?? 'default'];
			}),
	);
}

/** Whether the command line of every running worker is known. */
function areQueuesKnown(facts: DiagnosisFacts): boolean {
	const workers = facts.services.filter(service => service.role === 'worker' && isRunning(service));
	return workers.length > 0 && workers.every(({ it }) => facts.check('setup', it.container.id) !== undefined);
}

/** Its message stays in the broker although workers are idle: none of them listens to that queue. */
export const unservedQueue: WaitRule = ({ task, facts, now, seenAt }) => {
	if (task.state !== 'queued') return null;
	const queue = task.queue ?? 'default';
	const held = facts.check('broker')?.queues.find(({ name, count }) => name === queue && count > 0);
	if (!held || listenedQueues(facts).has(queue)) return null;
	// If the workers' command lines are known, its own wait counts; otherwise how long the queue was watched.
	const ownSince = areQueuesKnown(facts) ? task.queuedAt : null;
	const since = ownSince ?? (held.unchangedSince ?? held.since) + facts.clockAheadMs;
	if (seenAt - since < thresholds.queueStuckMs) return null;
	// If tasks of the queue run, a worker listens to it.
	const isServed = facts
		.tasks()
		.some(
			one => (one.queue ?? 'default') === queue && (one.state === 'running' || (one.startedAt ?? 0) > now - minute),
		);
	if (isServed) return null;
	return wait('unserved queue', say('waits.unserved queue', { queue }), { needsHelp: true });
};

export const worker: WaitRule = ({ task }) => (task.state === 'queued' ? wait('worker', say('waits.worker')) : null);
