import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import { usualTaskMs } from '../../selectors/durations/usual-task.ts';
import { sayer } from '../../words/message.ts';
import { evidence, fix, look, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { thresholds } from '../thresholds.ts';

const texts = {
	'stuck.title': ['{task} appears to be stuck', '{task} 작업이 멈춘 것으로 보입니다'],
	'stuck.cause': [
		'It waits for a response that never comes, or is in an endless loop',
		'오지 않는 응답을 기다리거나 무한 루프에 빠져 있습니다',
	],
	'stuck.reason': [
		'The worker is healthy, and this task usually takes {usual:duration}',
		'워커는 정상이며 이 작업의 평소 소요 시간은 {usual:duration}입니다',
	],
	'stuck.fix': ['Stop DAG run {run}', 'DAG 실행 {run}을(를) 중지하세요'],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/**
 * A task that runs far longer than usual. The state does not hold whether its log continues, so the time beyond the usual
 * duration counts.
 */
export const taskStuck: Rule = {
	name: 'task stuck',
	isSeenAtOnce: true,
	texts,
	find: facts => {
		if (!facts.isAirflowLive) return [];
		const now = facts.now + facts.clockAheadMs;
		const all = Object.values(facts.state.taskInstances).flat();
		return facts.tasks().flatMap(task => {
			if (task.state !== 'running' || task.startedAt === null) return [];
			// The history has the span of a mapped task, not that of an instance.
			const byConf = task.mapIndex < 0 ? usualTaskMs(facts.state, task) : null;
			const usual = byConf ?? usualMs(all, task);
			const age = now - task.startedAt;
			if (usual === null || age < usual * thresholds.stuckFactor || age - usual < thresholds.stuckSilentMs) return [];
			return [
				{
					subject: `${task.dagId}/${task.dagRunId}/${task.taskId}`,
					severity: 'critical' as const,
					since: task.startedAt + usual,
					title: say('stuck.title', { task: task.taskId }),
					evidence: [evidence(say('slow.evidence', { elapsed: age, usual }))],
					cause: say('stuck.cause'),
					reason: say('stuck.reason', { usual }),
					impact: [say('impact.run', { run: task.dagRunId })],
					fixes: [
						look(say('fix.read task log', { task: task.taskId }), 'task log', task.taskId, {
							dagId: task.dagId,
							dagRunId: task.dagRunId,
						}),
						fix(say('stuck.fix', { run: task.dagRunId }), {
							kind: 'stop run',
							dagId: task.dagId,
							dagRunId: task.dagRunId,
						}),
					],
					breaks: [`task ${task.dagId}/${task.dagRunId}/${task.taskId}` as const],
					dependsOn: ['worker' as const, 'mlflow' as const, 'mlflow connection' as const, 'database' as const],
				},
			];
		});
	},
};

/** Median duration of the known successful runs of this task, ms; null for fewer than two. */
function usualMs(all: readonly TaskInstance[], { dagId, taskId }: TaskInstance): number | null {
	const times = all
		.filter(task => task.dagId === dagId && task.taskId === taskId && task.state === 'success')
		.flatMap(({ durationSeconds }) => (durationSeconds === null ? [] : [durationSeconds * 1000]))
		.toSorted((a, b) => a - b);
	return times.length < 2 ? null : (times[Math.floor(times.length / 2)] ?? null);
}
