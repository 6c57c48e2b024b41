import { taskElapsedMs } from '../../model/airflow/durations.ts';
import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import type { Message } from '../../words/message.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { type Draft, evidence, look, type Rule } from '../finding.ts';
import { cpuEvidence } from '../host-cpu.ts';
import { say } from '../messages/message.ts';
import { type Slowness, type SlowRun, slownessOf, slowRuns } from '../slow-runs.ts';
import { thresholds } from '../thresholds.ts';
import { waitersOf } from '../waiting/waiters.ts';
import { waitDependencies } from './task-waits.ts';

const tasksShown = 5;

/** A DAG run that takes far longer than usual, and where the time goes. */
export const runSlow: Rule = {
	name: 'run slow',
	isSeenAtOnce: true,
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
