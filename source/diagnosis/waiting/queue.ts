import { settingOf } from '../airflow-facts.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { isRunning } from '../facts.ts';
import { say } from '../messages/message.ts';
import { thresholds } from '../thresholds.ts';
import { type WaitRule, wait } from './wait.ts';

/** Why a task that is queued does not run: between broker and worker. */

/** What the workers are at, as far as it is known. */
export function workerLoad(facts: DiagnosisFacts): WorkerLoad {
	const found = loads.get(facts) ?? loadOf(facts);
	loads.set(facts, found);
	return found;
}

type WorkerLoad = {
	/** Tasks that run, of all DAGs. */
	readonly running: number;
	/** What the workers may run at once. */
	readonly slots: number;
	readonly isBusy: boolean;
};
/** A memo: each of hundreds of instances asks the same of facts that do not change. */
const loads = new WeakMap<DiagnosisFacts, WorkerLoad>();

function loadOf(facts: DiagnosisFacts): WorkerLoad {
	const workers = facts.services.filter(service => service.role === 'worker' && isRunning(service));
	const set = Number(settingOf(facts, facts.of('worker'), 'AIRFLOW__CELERY__WORKER_CONCURRENCY') ?? usualConcurrency);
	const slots = (set > 0 ? set : usualConcurrency) * Math.max(1, workers.length);
	const inPools = (facts.check('pools')?.pools ?? []).reduce((sum, { running }) => sum + running, 0);
	const running = Math.max(inPools, facts.tasks().filter(({ state }) => state === 'running').length);
	// A message that a worker has taken stays on the list of the unacknowledged until its task has ended.
	const taken = facts.check('broker')?.unacked ?? 0;
	return { running, slots, isBusy: Math.max(running, taken) >= slots };
}

const minute = 60_000;

/** Airflow's default of `[celery] worker_concurrency`. */
const usualConcurrency = 16;

/** When something was last taken from the queue, ms by the servers' clock: a task began, or a count fell. */
export function lastTakenAt(facts: DiagnosisFacts): number {
	const began = facts
		.tasks()
		.flatMap(({ state, startedAt }) => (startedAt !== null && ran.has(state) ? [startedAt] : []));
	const fell = (facts.check('broker')?.queues ?? []).map(({ since, stillSince }) => stillSince ?? since);
	return Math.max(0, ...began, ...fell.map(at => at + facts.clockAheadMs));
}

const ran: ReadonlySet<string | null> = new Set([
	'running',
	'success',
	'failed',
	'up_for_retry',
	'up_for_reschedule',
	'deferred',
]);

/** After so long in the queue the scheduler gives a task up (`[scheduler] task_queued_timeout`), ms. */
export function queuedTimeoutMs(facts: DiagnosisFacts): number {
	const set = Number(settingOf(facts, facts.of('scheduler'), 'AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT') ?? Number.NaN);
	return (set > 0 ? set : 600) * 1000;
}

export const noWorker: WaitRule = ({ task, facts }) => {
	if (task.state !== 'queued' || facts.services.length === 0) return null;
	const worker = facts.of('worker');
	// Without one of its own the scheduler runs the tasks.
	if (!worker || worker.it.container.state === 'running') return null;
	return wait('no worker', say('waits.no worker', { service: worker.name }), { needsHelp: true });
};

/**
 * Whether a worker had taken a message whose task does not run yet, when the broker was looked at last. Only tasks that
 * ran by then are counted against the messages: a count of another moment says nothing, and neither does that of a pool.
 */
export function hasTakenAhead(facts: DiagnosisFacts): boolean {
	const seenAt = (facts.state.checks['broker\n']?.at ?? 0) + facts.clockAheadMs;
	const ran = facts.tasks().filter(({ state, startedAt }) => state === 'running' && (startedAt ?? 0) <= seenAt).length;
	return (facts.check('broker')?.unacked ?? 0) > ran;
}

/** The broker holds no message of it, and no worker has taken one that does not run yet: it was lost. */
export const messageLost: WaitRule = ({ task, facts, now }) => {
	if (task.state !== 'queued' || task.queuedAt === null) return null;
	const broker = facts.check('broker');
	const queue = task.queue ?? 'default';
	if (broker?.answer !== 'PONG' || broker.unacked == null || !broker.asked?.includes(queue)) return null;
	const age = now - task.queuedAt;
	const seenAt = facts.state.checks['broker\n']?.at ?? 0;
	const isSeenSince = seenAt + facts.clockAheadMs - task.queuedAt > thresholds.messageOldMs;
	if (age < thresholds.messageOldMs || !isSeenSince) return null;
	const isHeld = broker.queues.some(({ name, count }) => name === queue && count > 0);
	if (isHeld || hasTakenAhead(facts)) return null;
	const until = task.queuedAt + queuedTimeoutMs(facts);
	return wait('message lost', say('waits.message lost', { at: until }), { until, needsHelp: true });
};

export const workerSlots: WaitRule = ({ task, facts }) => {
	if (task.state !== 'queued') return null;
	const { running, slots, isBusy } = workerLoad(facts);
	return isBusy ? wait('worker slots', say('waits.worker slots', { running, slots })) : null;
};

/** Queues that a worker listens to: those of its command line, else Airflow's default one; empty where that is unknown. */
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

/** Whether it was looked up what each running worker was started with. */
function areQueuesKnown(facts: DiagnosisFacts): boolean {
	const workers = facts.services.filter(service => service.role === 'worker' && isRunning(service));
	return workers.length > 0 && workers.every(({ it }) => facts.check('setup', it.container.id) !== undefined);
}

/** It lies in the broker although the workers have nothing to do: none of them listens to that queue. */
export const unservedQueue: WaitRule = ({ task, facts, now }) => {
	if (task.state !== 'queued') return null;
	const queue = task.queue ?? 'default';
	const held = facts.check('broker')?.queues.find(({ name, count }) => name === queue && count > 0);
	if (!held || listenedQueues(facts).has(queue)) return null;
	// Known from the workers' command lines: its own wait counts, and not how long somebody has watched the queue.
	const ownSince = areQueuesKnown(facts) ? task.queuedAt : null;
	const since = ownSince ?? (held.stillSince ?? held.since) + facts.clockAheadMs;
	if (now - since < thresholds.queueStuckMs) return null;
	// Where its tasks run, a worker listens.
	const isServed = facts
		.tasks()
		.some(
			one => (one.queue ?? 'default') === queue && (one.state === 'running' || (one.startedAt ?? 0) > now - minute),
		);
	if (isServed) return null;
	return wait('unserved queue', say('waits.unserved queue', { queue }), { needsHelp: true });
};

export const worker: WaitRule = ({ task }) => (task.state === 'queued' ? wait('worker', say('waits.worker')) : null);
