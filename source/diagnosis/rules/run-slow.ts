import { taskElapsedMs, usualRunMs } from '../../model/durations.ts';
import { newestRun } from '../../model/pipeline.ts';
import { evidence, look, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { thresholds } from '../thresholds.ts';
import { waitNeeds } from './task-waits.ts';

/** A run that takes far longer than its DAG usually does. */
export const runSlow: Rule = {
	name: 'run slow',
	find: facts => {
		const { state, isAirflowLive } = facts;
		if (!isAirflowLive) return [];
		const now = facts.now + facts.clockAheadMs;
		return Object.entries(state.dagRuns).flatMap(([dagId, runs]) => {
			const run = newestRun(runs);
			const usual = usualRunMs(runs);
			if (run?.state !== 'running' || run.startedAt === null || usual === null) return [];
			const elapsed = now - run.startedAt;
			if (elapsed < usual * thresholds.slowFactor || elapsed - usual < thresholds.slowLeastMs) return [];
			const tasks = facts.tasksOf(run);
			// Not known now.
			if (tasks.length === 0) return [];
			const busy = tasks.find(task => task.state === 'running');
			return [
				{
					subject: `${dagId}/${run.dagRunId}`,
					severity: 'warning',
					since: run.startedAt + usual * thresholds.slowFactor,
					title: say('slow.title', { run: run.dagRunId }),
					evidence: [evidence(say('slow.evidence', { elapsed, usual }))],
					cause: busy
						? say('slow.cause', { task: busy.taskId, age: taskElapsedMs(busy, now) ?? 0 })
						: say('slow.none.cause'),
					reason: say('slow.reason'),
					hurts: [say('hurts.schedule', { dag: dagId })],
					remedies: busy
						? [
								look(say('remedy.read task log', { task: busy.taskId }), 'task log', busy.taskId, {
									dagId,
									dagRunId: run.dagRunId,
								}),
							]
						: [],
					needs: [
						...waitNeeds(facts, 'default_pool', dagId),
						`run ${dagId}/${run.dagRunId}`,
						'mlflow',
						'road to mlflow',
						...tasks.map(task => `task ${dagId}/${run.dagRunId}/${task.taskId}` as const),
					],
				},
			];
		});
	},
};
