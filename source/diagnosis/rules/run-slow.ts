import { taskElapsedMs } from '../../model/airflow/durations.ts';
import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import type { Message } from '../../words/message.ts';
import { sayer } from '../../words/message.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { type Draft, evidence, look, type Rule } from '../finding.ts';
import { cpuEvidence } from '../host-cpu.ts';
import { commonMessages } from '../messages/common.ts';
import { type Slowness, type SlowRun, slownessOf, slowRuns } from '../slow-runs.ts';
import { thresholds } from '../thresholds.ts';
import { waitersOf } from '../waiting/waiters.ts';
import { waitDependencies } from './task-waits.ts';

const texts = {
	'slow.title': ['DAG run {run} takes longer than usual', 'DAG 실행 {run}이(가) 평소보다 오래 걸립니다'],
	'slow.task.evidence': [
		'{task}: {took:duration}, usually {usual:duration}',
		'{task}: {took:duration}, 평소 {usual:duration}',
	],
	'slow.all.cause': [
		'{slow} of {count} tasks take {factor} times as long as usual. The host or a shared service is slow, not one task',
		'작업 {count}개 중 {slow}개가 평소보다 {factor}배 오래 걸립니다. 한 작업이 아니라 호스트나 공용 서비스가 느린 상태입니다',
	],
	'slow.task.cause': [
		'{task} takes {took:duration}, usually {usual:duration}',
		'{task} 작업이 {took:duration} 걸립니다. 평소에는 {usual:duration}입니다',
	],
	'slow.waiting.cause': [
		'No task ran for {idle:duration} (usually {usual:duration}): its tasks are waiting',
		'{idle:duration} 동안 실행 중인 작업이 없었습니다(평소 {usual:duration}). 작업들이 대기하고 있습니다',
	],
	'slow.unknown.cause': [
		'No task is known to be slower than usual. {task} has been running for {age:duration}',
		'평소보다 느린 작업은 확인되지 않았습니다. 현재 {task} 작업이 {age:duration} 동안 실행 중입니다',
	],
	'slow.none.cause': ['None of its tasks is running', '실행 중인 작업이 없습니다'],
	'slow.reason': [
		'Compared with the tasks of the last {count} successful DAG runs',
		'최근 성공한 DAG 실행 {count}회의 작업 시간과 비교했습니다',
	],
	'slow.median.reason': [
		'Compared with the last successful DAG runs, and with their conf where durations follow it',
		'최근 성공한 DAG 실행들과 비교했습니다. 소요 시간이 conf를 따르면 conf도 반영합니다',
	],
	'slow.look.fix': ['See what its tasks are waiting for', '작업들이 무엇을 기다리는지 확인하세요'],
	'slow.services.fix': ['Compare the CPU and memory of the services', '서비스들의 CPU와 메모리 사용량을 비교하세요'],
} as const;
const say = sayer({ ...commonMessages, ...texts });

const tasksShown = 5;

/** A DAG run that takes far longer than usual, and where the time goes. */
export const runSlow: Rule = {
	name: 'run slow',
	isSeenAtOnce: true,
	texts,
	find: facts => {
		if (!facts.isAirflowLive) return [];
		return slowRuns(facts).flatMap(slow => {
			const tasks = facts.tasksOf(slow.run);
			// Not known now.
			return tasks.length === 0 ? [] : [finding(facts, slow, tasks)];
		});
	},
};

function finding(facts: DiagnosisFacts, slow: SlowRun, tasks: readonly TaskInstance[]): Draft {
	const { run, from, elapsedMs, usualMs } = slow;
	const { dagId, dagRunId } = run;
	const now = facts.now + facts.clockAheadMs;
	const history = facts.check('task history', dagId)?.history;
	const slowness = slownessOf(slow, tasks, history, now);
	const busy = tasks.find(task => task.state === 'running');
	const standing = waitersOf(facts, run).find(({ wait }) => wait.reason !== 'upstream')?.wait.message;
	const blamed = slowness.kind === 'one task' ? slowness.slow[0].taskId : busy?.taskId;
	return {
		subject: `${dagId}/${dagRunId}`,
		severity: 'warning',
		since: from + usualMs * thresholds.slowFactor,
		title: say('slow.title', { run: dagRunId }),
		evidence: [
			evidence(say('slow.evidence', { elapsed: elapsedMs, usual: usualMs })),
			...('slow' in slowness ? slowness.slow.slice(0, tasksShown) : []).map(({ taskId, tookMs, usualMs: usual }) =>
				evidence(say('slow.task.evidence', { task: taskId, took: tookMs, usual })),
			),
			...cpuEvidence(facts),
		],
		cause: causeOf(slowness, busy, standing, now),
		reason: history ? say('slow.reason', { count: history.runs }) : say('slow.median.reason'),
		impact: [say('impact.schedule', { dag: dagId })],
		fixes:
			slowness.kind === 'waiting' || blamed === undefined
				? [look(say('slow.look.fix'), 'run', dagRunId, { dagId, dagRunId })]
				: slowness.kind === 'all tasks'
					? [look(say('slow.services.fix'), 'service', facts.of('worker')?.container ?? '')]
					: [look(say('fix.read task log', { task: blamed }), 'task log', blamed, { dagId, dagRunId })],
		dependsOn: [
			...waitDependencies(facts, 'default_pool', dagId),
			`run ${dagId}/${dagRunId}`,
			'mlflow',
			'mlflow connection',
			...tasks.map(task => `task ${dagId}/${dagRunId}/${task.taskId}` as const),
		],
	};
}

function causeOf(slowness: Slowness, busy: TaskInstance | undefined, standing: Message | undefined, now: number) {
	switch (slowness.kind) {
		case 'waiting':
			return say('slow.waiting.cause', { idle: slowness.idleMs, usual: slowness.usualIdleMs });
		case 'all tasks': {
			const { slow, compared, factor } = slowness;
			return say('slow.all.cause', { slow: slow.length, count: compared, factor: factor.toFixed(1) });
		}
		case 'one task': {
			const [{ taskId, tookMs, usualMs }] = slowness.slow;
			return say('slow.task.cause', { task: taskId, took: tookMs, usual: usualMs });
		}
		case 'unknown':
			return busy
				? say('slow.unknown.cause', { task: busy.taskId, age: taskElapsedMs(busy, now) ?? 0 })
				: (standing ?? say('slow.none.cause'));
	}
}
