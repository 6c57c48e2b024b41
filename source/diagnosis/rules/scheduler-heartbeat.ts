import { healthText } from '../../model/state-texts.ts';
import { heartbeatAgeMs, isHeartbeatOld, isSteady } from '../airflow-facts.ts';
import { evidence, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { dependenciesOf, lastLinesEvidence, readLog, restart } from '../services.ts';

/** The scheduler's heartbeat in the database is stale although its container is running. */
export const schedulerHeartbeat: Rule = {
	name: 'scheduler heartbeat',
	isSeenAtOnce: true,
	find: facts => {
		const age = heartbeatAgeMs(facts);
		if (age === null || !isHeartbeatOld(facts)) return [];
		const service = facts.of('scheduler');
		if (service && !isSteady(facts, service)) return [];
		// The scheduler may be a container that is down.
		if (!service && facts.services.length > 0) return [];
		const { airflowHealth } = facts.state;
		const since = airflowHealth?.schedulerHeartbeatAt ?? null;
		const startedAt = service?.it.detail?.startedAt;
		return [
			{
				subject: 'scheduler',
				severity: 'critical',
				since,
				title: say('heartbeat.title'),
				evidence: [
					...(Number.isFinite(age) ? [evidence(say('heartbeat.evidence', { age }))] : []),
					evidence(
						say('evidence.health', {
							scheduler: healthText(airflowHealth?.scheduler ?? '-'),
							database: healthText(airflowHealth?.metadatabase ?? '-'),
						}),
					),
					...(service ? lastLinesEvidence(facts, service) : []),
				],
				cause: service
					? say('heartbeat.cause')
					: facts.state.hasEngine
						? say('heartbeat.elsewhere.cause')
						: say('heartbeat.managed.cause'),
				reason:
					service && startedAt != null
						? say('heartbeat.reason', { up: facts.now - startedAt })
						: say('heartbeat.elsewhere.reason'),
				impact: [say('impact.scheduler')],
				fixes: service ? [restart(service), readLog(service)] : [],
				breaks: ['scheduler'],
				dependsOn: service ? dependenciesOf(service) : ['engine', 'database'],
			},
		];
	},
};
