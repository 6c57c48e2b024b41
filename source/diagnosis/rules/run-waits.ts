import { isActiveRun } from '../../model/airflow/pipeline.ts';
import { waitsToBeginSince } from '../../model/airflow/queued-runs.ts';
import { evidence, look, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';
import { waitDependencies } from './task-waits.ts';

/** A DAG run that stays queued although its DAG is not paused. */
export const runWaits: Rule = {
	name: 'run waits',
	isSeenAtOnce: true,
	find: facts => {
		const { state, isAirflowLive } = facts;
		if (!isAirflowLive) return [];
		return (state.dags ?? []).flatMap(({ dagId: dag, isPaused, maxActiveRuns: limit = null }) => {
			const runs = (state.dagRuns[dag] ?? []).filter(isActiveRun);
			const [run] = runs
				.filter(one => one.state === 'queued')
				.toSorted((a, b) => (a.logicalDate ?? 0) - (b.logicalDate ?? 0));
			// Airflow 2.8 does not report when it was queued; only for a manual DAG run it can be derived.
			const since = run?.runType === 'manual' ? waitsToBeginSince(state, run, facts.clockAheadMs, true) : null;
			if (isPaused || !run || since === null) return [];
			const now = facts.now + facts.clockAheadMs;
			const age = now - since;
			// It may have waited for the limit until another DAG run ended; its turn came only then.
			const freedAt = Math.max(since, ...(state.dagRuns[dag] ?? []).map(({ endedAt }) => endedAt ?? 0));
			if (now - freedAt < thresholds.runQueuedTooLongMs) return [];
			const active = runs.filter(one => one.state === 'running').length;
			const isLimited = limit === null ? active > 0 : active >= limit;
			const scheduler = facts.of('scheduler');
			return [
				{
					subject: `${dag}/${run.dagRunId}`,
					// The limit is there to run DAG runs one after the other.
					severity: isLimited ? ('notice' as const) : ('critical' as const),
					since,
					title: say('run queued.title', { run: run.dagRunId }),
					evidence: [evidence(say('queued.evidence', { state: 'queued', age }))],
					cause: isLimited ? say('run queued.cause', { dag }) : say('run queued.scheduler.cause'),
					reason: say('run queued.reason', { active }),
					impact: [say('impact.run', { run: run.dagRunId })],
					fixes: [
						look(say('fix.read source'), 'source', dag, { dagId: dag }),
						...(scheduler && !isLimited ? [restart(scheduler)] : []),
					],
					breaks: [`run ${dag}/${run.dagRunId}` as const],
					dependsOn: [...waitDependencies(facts, 'default_pool', dag), 'dag file' as const],
				},
			];
		});
	},
};
