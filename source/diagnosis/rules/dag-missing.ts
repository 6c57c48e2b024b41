import { closestNames } from '../../model/text/nearest.ts';
import { evidence, fix, look, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';

/** The DAG that somebody named is not in Airflow. */
export const dagMissing: Rule = {
	name: 'dag missing',
	isSeenAtOnce: true,
	find: facts => {
		const { state, dagId: dag, isAirflowLive } = facts;
		if (facts.isDagLeftToStack) return [];
		const notFound = state.feeds.pipeline.status === 'failed' && state.feeds.pipeline.failure.kind === 'not-found';
		if (state.dags === null || (!isAirflowLive && !notFound)) return [];
		const known = state.dags.find(({ dagId }) => dagId === dag);
		if (known?.isActive) return [];
		const ids = state.dags.flatMap(({ dagId, isActive }) => (isActive ? [dagId] : []));
		const names = closestNames(dag, ids);
		const reader = facts.of('dag reader');
		return [
			{
				subject: dag,
				severity: 'critical',
				since: null,
				title: say('dag missing.title', { dag }),
				evidence: names === '' ? [] : [evidence(say('dag missing.evidence', { names }))],
				cause: say('dag missing.cause'),
				reason: say('dag missing.reason', { count: ids.length, dag }),
				impact: [say('impact.schedule', { dag })],
				fixes: [
					fix(say('dag missing.fix'), { kind: 'advice' }),
					fix(say('fix.check'), { kind: 'check' }),
					...(reader ? [look(say('fix.inspect'), 'inspect', reader.container)] : []),
				],
				breaks: [`dag ${dag}`],
				dependsOn: ['mount dags', 'dag file', 'processor', 'scheduler', 'database', 'migration', 'login', 'webserver'],
			},
		];
	},
};
