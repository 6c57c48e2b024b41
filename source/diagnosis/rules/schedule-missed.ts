import { isActiveRun } from '../../model/airflow/pipeline.ts';
import { evidence, look, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';

/** A DAG that is overdue. */
export const scheduleMissed: Rule = {
	name: 'schedule missed',
	find: facts => {
		if (!facts.isAirflowLive) return [];
		const now = facts.now + facts.clockAheadMs;
		return (facts.state.dags ?? []).flatMap(({ dagId: dag, isPaused, isActive, hasImportErrors, nextRunAt: at }) => {
			if (isPaused || !isActive || at === null || now - at < thresholds.scheduleLateMs) return [];
			const runs = facts.state.dagRuns[dag] ?? [];
			const isBusy = runs.some(isActiveRun);
			const scheduler = facts.of('scheduler');
			return [
				{
					subject: dag,
					severity: isBusy ? ('warning' as const) : ('critical' as const),
					since: at,
					title: say('late.title', { dag }),
					evidence: [evidence(say('late.evidence', { at, late: now - at }))],
					cause: isBusy ? say('late.active.cause') : say('late.cause'),
					reason: say('late.reason'),
					impact: [say('impact.schedule', { dag })],
					fixes: [
						...(scheduler && !isBusy ? [restart(scheduler)] : []),
						look(say('fix.read source'), 'source', dag, { dagId: dag }),
					],
					breaks: [],
					dependsOn: [
						'scheduler' as const,
						'database' as const,
						'migration' as const,
						`dag ${dag}` as const,
						...(hasImportErrors ? (['dag file'] as const) : []),
						'slots' as const,
						'worker' as const,
						'broker' as const,
					],
				},
			];
		});
	},
};
