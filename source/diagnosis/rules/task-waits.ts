import { isActiveRun, type TaskInstance } from '../../model/pipeline.ts';
import { settingOf } from '../airflow-facts.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { type Draft, evidence, type Rule, remedy, type Thing } from '../finding.ts';
import { say } from '../messages/message.ts';
import { readLog, restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';

/** A task that waits longer than it should, and what it waits for. One finding a run: the task that waits longest. */
export const taskWaits: Rule = {
	name: 'task waits',
	find: facts => {
		if (!facts.isAirflowLive) return [];
		return activeRuns(facts).flatMap(({ tasks }) => {
			const waiting = tasks
				.map(task => ({ task, since: waitingSince(task, tasks) }))
				.filter(
					({ task, since }) =>
						since !== null &&
						facts.now + facts.clockAheadMs - since >
							(task.state === 'queued' ? thresholds.queuedTooLongMs : thresholds.scheduledTooLongMs),
				)
				.toSorted((a, b) => (a.since ?? 0) - (b.since ?? 0));
			const [first] = waiting;
			return first ? [finding(facts, first.task, first.since ?? facts.now)] : [];
		});
	},
};

function activeRuns({ state, tasksOf }: DiagnosisFacts) {
	return Object.values(state.dagRuns).flatMap(runs =>
		runs.filter(isActiveRun).map(run => ({ run, tasks: tasksOf(run) })),
	);
}

/** Since when it waits: in the queue by its own time, ready since the last task of its run ended. */
function waitingSince({ state, queuedAt, dagId }: TaskInstance, all: readonly TaskInstance[]): number | null {
	if (state === 'queued') return queuedAt;
	if (state !== 'scheduled') return null;
	const ends = all.flatMap(({ endedAt }) => (endedAt === null ? [] : [endedAt]));
	return ends.length > 0 && dagId ? Math.max(...ends) : null;
}

function finding(facts: DiagnosisFacts, task: TaskInstance, since: number): Draft {
	const { taskId, dagId, dagRunId, pool: poolName, state } = task;
	const age = facts.now + facts.clockAheadMs - since;
	const pool = facts.check('pools')?.pools.find(({ name }) => name === poolName);
	const worker = facts.of('worker');
	const broker = facts.of('broker');
	const slots = Number(settingOf(facts, worker, 'AIRFLOW__CELERY__WORKER_CONCURRENCY') ?? 16);
	const running = facts.tasks().filter(one => one.state === 'running').length;
	const inBroker = facts.check('broker')?.queues.some(({ count }) => count > 0) ?? false;
	const isQueued = state === 'queued';
	const isPoolFull = pool !== undefined && pool.slots >= 0 && pool.open <= 0;
	const cause =
		isQueued && running >= slots
			? say('queued.slots.cause', { slots })
			: isQueued && worker?.it.container.state !== 'running'
				? say('queued.worker.cause')
				: isQueued && inBroker
					? say('queued.broker.cause')
					: !isQueued && isPoolFull
						? say('queued.pool.cause', { pool: poolName })
						: isQueued
							? say('queued.unknown.cause')
							: say('queued.scheduler.cause');
	const target = isQueued ? worker : facts.of('scheduler');
	return {
		subject: `${dagId}/${dagRunId}`,
		severity: 'bad',
		since,
		title: isQueued ? say('queued.title', { task: taskId }) : say('queued.ready.title', { task: taskId }),
		evidence: [evidence(say('queued.evidence', { state: state ?? '-', age }))],
		cause,
		reason: say('queued.reason', {
			running,
			worker: stateOf(worker?.it.container),
			broker: stateOf(broker?.it.container),
			pool: poolName,
			open: pool?.open ?? '?',
		}),
		hurts: [say('hurts.run', { run: dagRunId })],
		remedies: [...(target ? [restart(target), readLog(target)] : []), remedy(say('remedy.check'), { kind: 'check' })],
		takes: [`run ${dagId}/${dagRunId}`],
		needs: waitNeeds(facts, poolName, dagId),
	};
}

/** All without which no task gets on. */
export function waitNeeds(facts: DiagnosisFacts, pool: string, dagId: string): Thing[] {
	const worker = facts.of('worker');
	return [
		'engine',
		'disk',
		'database',
		'migration',
		'broker',
		'scheduler',
		'worker',
		'slots',
		'logs folder',
		`pool ${pool}`,
		`dag ${dagId}`,
		...(worker ? [`network ${worker.container}` as const] : []),
	];
}

function stateOf(container: { readonly state: string; readonly health: string } | undefined): string {
	if (!container) return '-';
	return container.state === 'running' && container.health !== 'none' ? container.health : container.state;
}
