import { healthText } from '../../model/state-texts.ts';
import { sayer } from '../../words/message.ts';
import { heartbeatAgeMs, isHeartbeatOld, isSteady } from '../airflow-facts.ts';
import { evidence, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { dependenciesOf, lastLinesEvidence, readLog, restart } from '../services.ts';

const texts = {
	'heartbeat.title': ['Scheduler heartbeat is stale', '스케줄러의 하트비트가 멈췄습니다'],
	'heartbeat.evidence': [
		'Last heartbeat {age:duration} ago (expected every 5s)',
		'마지막 하트비트 {age:duration} 전(정상 주기 5초)',
	],
	'heartbeat.cause': [
		'The container is up but the scheduler loop is stuck',
		'컨테이너는 실행 중이지만 스케줄러 루프가 멈췄습니다',
	],
	'heartbeat.elsewhere.cause': [
		'The scheduler is not running, and none of the containers here is a scheduler',
		'스케줄러가 실행 중이 아니며 여기에는 해당 컨테이너도 없습니다',
	],
	'heartbeat.managed.cause': ['The scheduler is not running', '스케줄러가 실행 중이 아닙니다'],
	'heartbeat.reason': [
		'The database responds, and the scheduler container has been up for {up:duration}',
		'데이터베이스는 응답하고 스케줄러 컨테이너는 {up:duration} 전부터 실행 중입니다',
	],
	'heartbeat.elsewhere.reason': [
		'The database responds, so the heartbeat time that Airflow reports is correct',
		'데이터베이스가 응답하므로 Airflow가 보고한 하트비트 시각은 정확합니다',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** The scheduler's heartbeat in the database is stale although its container is running. */
export const schedulerHeartbeat: Rule = {
	name: 'scheduler heartbeat',
	isSeenAtOnce: true,
	texts,
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
