import { type DagRun, isActiveRun } from '../../model/airflow/pipeline.ts';
import type { Fix } from '../../model/finding.ts';
import { instanceName } from '../../selectors/links/running-tasks.ts';
import type { Message } from '../../words/message.ts';
import { sayer } from '../../words/message.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { type Draft, evidence, fix, look, type Part, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { readLog, restart, start } from '../services.ts';
import { isPoolStuck } from '../stuck-pool.ts';
import { thresholds } from '../thresholds.ts';
import { previousRun } from '../waiting/past.ts';
import { hasPrefetched, lastTakenAt, queuedTimeoutMs } from '../waiting/queue.ts';
import { taskWaitsSubject, type WaitReason } from '../waiting/wait.ts';
import { type Waiter, waitersOf } from '../waiting/waiters.ts';

const texts = {
	'queued.title': ['{task} is waiting in the queue', '{task} 작업이 대기열에서 기다리고 있습니다'],
	'queued.ready.title': ['{task} is scheduled but not queued', '{task} 작업이 예약되었지만 대기열에 들어가지 않습니다'],
	'queued.scheduler.cause': ['The scheduler does not process it', '스케줄러가 작업을 처리하지 못하고 있습니다'],
	'queued.unknown.cause': ['It is stuck between the broker and the worker', '브로커와 워커 사이에서 멈춰 있습니다'],
	'queued.reason': [
		'{running} {running|task|tasks} running; worker {worker}, broker {broker}, pool {pool} with {open} open {open|slot|slots}',
		'실행 중인 작업 {running}개, 워커 {worker}, 브로커 {broker}, 풀 {pool}의 빈 슬롯 {open}개',
	],
	'waits.title': ['{task} does not start', '{task} 작업이 시작되지 않습니다'],
	'waits.airflow says': ['Airflow: {name}: {reason}', 'Airflow: {name}: {reason}'],
	'waits.put back': [
		'Restore the DAG file, or stop the DAG run if the DAG was removed on purpose',
		'DAG 파일을 복원하세요. 의도적으로 삭제했다면 DAG 실행을 중지하세요',
	],
	'waits.stop run': ['Stop DAG run {run}', 'DAG 실행 {run}을(를) 중지하세요'],
	'waits.clear past': [
		'Clear the failed tasks of the previous DAG run ({run}). This DAG run then continues',
		'이전 DAG 실행({run})의 실패한 작업을 재실행(clear)하세요. 그러면 이 DAG 실행도 계속됩니다',
	],
	'waits.start triggerer': [
		'Add a triggerer service (airflow triggerer) to the Compose file and start it',
		'Compose 파일에 트리거러 서비스(airflow triggerer)를 추가하고 시작하세요',
	],
	'waits.make pool': [
		'Create pool {pool}, or correct the pool name in the DAG',
		'풀 {pool}을(를) 만들거나 DAG의 풀 이름을 수정하세요',
	],
	'waits.clear lost': [
		'Clear {tasks}: the scheduler then sends a new message',
		'{tasks} 작업을 재실행(clear)하세요. 스케줄러가 메시지를 다시 보냅니다',
	],
	'waits.give up': [
		'Or wait: at {at:time} Airflow gives up (task_queued_timeout) and retries the task if it has tries left',
		'또는 기다리세요. {at:time}에 Airflow가 포기하고(task_queued_timeout) 재시도 횟수가 남아 있으면 다시 실행합니다',
	],
	'waits.more slots': [
		'Raise the worker slots (worker_concurrency), or start another worker',
		'워커 슬롯(worker_concurrency)을 늘리거나 워커를 추가하세요',
	],
	'waits.listen': [
		'Start a worker for queue {queue} (airflow celery worker --queues {queue}), or correct the queue in the DAG',
		'대기열 {queue}의 워커를 시작하거나(airflow celery worker --queues {queue}) DAG의 대기열 이름을 수정하세요',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

type Found = Waiter & { readonly run: DagRun; readonly all: readonly Waiter[]; readonly facts: DiagnosisFacts };

/** When a wait reason is a problem. Reasons without a row are normal. */
type Fault = {
	/** Whether it has lasted long enough, or cannot end by itself. */
	readonly isWrong: (found: Found, age: number) => boolean;
	readonly severity: Draft['severity'];
	readonly fixes: (found: Found) => readonly Fix[];
	/** If it says more than the wait reason. */
	readonly cause?: Message;
};

const longer = (ms: number) => (_: Found, age: number) => age > ms;

const faults: Readonly<Partial<Record<WaitReason, Fault>>> = {
	'dag gone': {
		isWrong: longer(thresholds.scheduledTooLongMs),
		severity: 'critical',
		fixes: ({ run, facts }) => [
			fix(say('waits.put back'), { kind: 'advice' }),
			...serviceFixes(facts, 'scheduler', readLog),
			stopRun(run),
		],
	},
	past: {
		isWrong: ({ wait }, age) => wait.needsHelp && age > thresholds.scheduledTooLongMs,
		severity: 'critical',
		fixes: ({ run, facts }) => {
			const before = previousRun(facts.state.dagRuns[run.dagId], run);
			if (!before) return [];
			const { dagId, dagRunId } = before;
			return [fix(say('waits.clear past', { run: dagRunId }), { kind: 'clear', dagId, dagRunId, onlyFailed: true })];
		},
	},
	'no triggerer': {
		isWrong: longer(thresholds.scheduledTooLongMs),
		severity: 'critical',
		fixes: ({ facts }) => {
			const triggerer = facts.of('triggerer');
			if (!triggerer) return [fix(say('waits.start triggerer'), { kind: 'advice' })];
			const { state } = triggerer.it.container;
			return [state === 'running' ? restart(triggerer) : start(triggerer), readLog(triggerer)];
		},
	},
	'pool missing': {
		isWrong: longer(thresholds.scheduledTooLongMs),
		severity: 'critical',
		fixes: ({ task, run }) => [
			fix(say('waits.make pool', { pool: task.pool }), { kind: 'advice' }),
			look(say('fix.read source'), 'source', run.dagId, { dagId: run.dagId }),
		],
	},
	'pool too small': {
		isWrong: longer(thresholds.queuedTooLongMs),
		severity: 'critical',
		fixes: ({ task }) => {
			const slots = task.poolSlots ?? 1;
			return [fix(say('pool.fix', { pool: task.pool, slots }), { kind: 'pool', pool: task.pool, slots })];
		},
	},
	'pool full': {
		// The pool has a rule of its own; this one names the DAG run that does not progress.
		isWrong: ({ task, facts }, age) => age > thresholds.scheduledTooLongMs && isPoolStuck(facts, task.pool),
		severity: 'critical',
		fixes: () => [],
	},
	scheduler: {
		// While other tasks of the DAG run are active, an unknown limit may hold it.
		isWrong: ({ run, facts }, age) =>
			age > thresholds.scheduledTooLongMs &&
			facts.state.checks['pools\n'] !== undefined &&
			!facts.tasksOf(run).some(({ state }) => state === 'running' || state === 'queued'),
		severity: 'critical',
		cause: say('queued.scheduler.cause'),
		fixes: ({ facts }) => [
			fix(say('fix.check'), { kind: 'check' }),
			...serviceFixes(facts, 'scheduler', restart, readLog),
		],
	},
	'no worker': {
		isWrong: longer(thresholds.queuedTooLongMs),
		severity: 'critical',
		fixes: ({ facts }) => serviceFixes(facts, 'worker', start, readLog),
	},
	'message lost': {
		isWrong: longer(thresholds.queuedTooLongMs),
		severity: 'critical',
		fixes: ({ run, all, wait }) => {
			const lost = all.filter(one => one.wait.reason === 'message lost');
			const taskIds = [...new Set(lost.map(({ task }) => task.taskId))];
			const giveUp = wait.until === null ? [] : [fix(say('waits.give up', { at: wait.until }), { kind: 'advice' })];
			const clear = fix(say('waits.clear lost', { tasks: taskIds.join(', ') }), {
				kind: 'clear',
				dagId: run.dagId,
				dagRunId: run.dagRunId,
				onlyFailed: false,
				taskIds,
			});
			// Airflow's API clears by task, so all instances of a mapped task run again.
			return lost.some(({ task }) => task.mapIndex >= 0) ? [...giveUp, clear] : [clear, ...giveUp];
		},
	},
	'worker slots': {
		// A queue behind busy workers is normal until Airflow gives up its tasks.
		isWrong: ({ facts }, age) => age > queuedTimeoutMs(facts) * thresholds.queuedShare,
		severity: 'warning',
		fixes: ({ wait, since, facts }) => [
			fix(say('waits.more slots'), { kind: 'advice' }),
			fix(say('waits.give up', { at: wait.until ?? since + queuedTimeoutMs(facts) }), { kind: 'advice' }),
		],
	},
	'unserved queue': {
		isWrong: longer(thresholds.queuedTooLongMs),
		severity: 'critical',
		fixes: ({ task, facts }) => [
			fix(say('fix.check'), { kind: 'check' }),
			fix(say('waits.listen', { queue: task.queue ?? 'default' }), { kind: 'advice' }),
			...serviceFixes(facts, 'worker', readLog, restart),
		],
	},
	worker: {
		// While other tasks are taken its turn will come. The broker is checked first, because it may show the reason.
		isWrong: ({ facts }, age) =>
			age > thresholds.queuedTooLongMs &&
			(facts.of('broker') === undefined || facts.state.checks['broker\n'] !== undefined) &&
			facts.now + facts.clockAheadMs - lastTakenAt(facts) >
				(hasPrefetched(facts) ? thresholds.takenTooLongMs : thresholds.queuedTooLongMs),
		severity: 'critical',
		cause: say('queued.unknown.cause'),
		fixes: ({ facts }) => [
			fix(say('fix.check'), { kind: 'check' }),
			...serviceFixes(facts, 'worker', readLog, restart),
		],
	},
};

/** A task whose wait does not end by itself. One finding per DAG run: the task that waits longest. */
export const taskWaits: Rule = {
	name: 'task waits',
	isSeenAtOnce: true,
	texts,
	find: facts => {
		if (!facts.isAirflowLive) return [];
		return Object.values(facts.state.dagRuns).flatMap(runs =>
			runs.filter(isActiveRun).flatMap(run => {
				const all = waitersOf(facts, run);
				const found = all
					.map(waiter => ({ ...waiter, run, all, facts }))
					.filter(one => faults[one.wait.reason]?.isWrong(one, ageOf(one)))
					.toSorted((a, b) => rank(a) - rank(b) || a.since - b.since);
				return found[0] ? [draftOf(found[0])] : [];
			}),
		);
	},
};

/** At the last look at the tasks: it may have started since. */
const ageOf = ({ since, run, facts }: Found) => facts.tasksSeenAt(run) - since;
const rank = ({ wait }: Waiter) => (faults[wait.reason]?.severity === 'critical' ? 0 : 1);

function serviceFixes(
	facts: DiagnosisFacts,
	role: 'worker' | 'scheduler',
	...fixes: readonly ((service: NonNullable<ReturnType<DiagnosisFacts['of']>>) => Fix)[]
): Fix[] {
	const service = facts.of(role);
	return service ? fixes.map(fix => fix(service)) : [];
}

function stopRun({ dagId, dagRunId }: DagRun): Fix {
	return fix(say('waits.stop run', { run: dagRunId }), { kind: 'stop run', dagId, dagRunId });
}

function titleOf({ task }: Waiter): Message {
	const name = instanceName(task);
	if (task.state === 'queued') return say('queued.title', { task: name });
	return task.state === 'scheduled' ? say('queued.ready.title', { task: name }) : say('waits.title', { task: name });
}

function draftOf(found: Found): Draft {
	const { task, wait, since, run, facts } = found;
	const pool = facts.check('pools')?.pools.find(({ name }) => name === task.pool);
	const fault = faults[wait.reason];
	return {
		subject: taskWaitsSubject(run),
		severity: fault?.severity ?? 'warning',
		since,
		title: titleOf(found),
		evidence: [
			evidence(say('queued.evidence', { state: task.state ?? '-', age: facts.now + facts.clockAheadMs - since })),
			...wait.unmet.map(({ name, reason }) => evidence(say('waits.airflow says', { name, reason }))),
		],
		cause: fault?.cause ?? wait.message,
		reason: say('queued.reason', {
			running: facts.tasks().filter(({ state }) => state === 'running').length,
			worker: stateOf(facts.of('worker')?.it.container),
			broker: stateOf(facts.of('broker')?.it.container),
			pool: task.pool,
			open: pool?.open ?? '?',
		}),
		impact: [say('impact.run', { run: run.dagRunId })],
		fixes: [...(fault?.fixes(found) ?? [])],
		breaks: [`run ${run.dagId}/${run.dagRunId}`],
		dependsOn: [
			...waitDependencies(facts, task.pool, run.dagId),
			...(wait.reason === 'dag gone' ? (['dag file'] as const) : []),
		],
	};
}

/** Parts of the stack without which no task progresses. */
export function waitDependencies(facts: DiagnosisFacts, pool: string, dagId: string): Part[] {
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
