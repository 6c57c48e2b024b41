import { isSteady } from '../airflow-facts.ts';
import { evidence, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { about, dependenciesOf, readLog, restart } from '../services.ts';

/** A Celery ping went unanswered. */
export const celeryUnresponsive: Rule = {
	name: 'celery unresponsive',
	find: facts => {
		const ping = facts.check('celery ping');
		const worker = facts.of('worker');
		if (!ping || ping.answers || !worker || !isSteady(facts, worker)) return [];
		// The health check reports the same, and sooner.
		if (worker.it.container.health === 'unhealthy') return [];
		return [
			{
				...about(worker),
				severity: 'critical',
				since: null,
				title: say('celery.title'),
				evidence: [evidence(say('celery.evidence'), ping.lines.slice(-4))],
				cause: say('celery.cause'),
				reason: say('celery.reason'),
				impact: [say('impact.worker')],
				fixes: [restart(worker), readLog(worker)],
				breaks: ['worker'],
				dependsOn: dependenciesOf(worker),
			},
		];
	},
};
