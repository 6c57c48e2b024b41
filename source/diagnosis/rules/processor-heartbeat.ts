import { sayer } from '../../words/message.ts';
import { isPageOk, isSteady } from '../airflow-facts.ts';
import { evidence, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { dependenciesOf, lastLinesEvidence, readLog, restart } from '../services.ts';

const texts = {
	'processor.title': ['DAG processor heartbeat is stale', 'DAG 프로세서의 하트비트가 멈췄습니다'],
	'processor.evidence': [
		'Last heartbeat {age:duration} ago; Airflow reports the DAG processor as {status}',
		'마지막 하트비트 {age:duration} 전. Airflow가 보고한 DAG 프로세서 상태: {status}',
	],
	'processor.cause': [
		'The container is up but the DAG processor loop is stuck',
		'컨테이너는 실행 중이지만 DAG 프로세서의 루프가 멈췄습니다',
	],
	'processor.elsewhere.cause': [
		'The DAG processor is not running, and this stack has no container for it',
		'DAG 프로세서가 실행 중이 아니며 이 스택에는 해당 컨테이너가 없습니다',
	],
	'processor.managed.cause': ['The DAG processor is not running', 'DAG 프로세서가 실행 중이 아닙니다'],
	'processor.reason': [
		'The database answers, so the heartbeat that Airflow reports is current',
		'데이터베이스가 응답하므로 Airflow가 보고한 하트비트는 최신 값입니다',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** The DAG processor's heartbeat is old although its container runs. Airflow judges it: the limit is a setting of its own. */
export const processorHeartbeat: Rule = {
	name: 'processor heartbeat',
	isSeenAtOnce: true,
	texts,
	find: facts => {
		const { airflowHealth } = facts.state;
		const { dagProcessor, dagProcessorHeartbeatAt } = airflowHealth ?? {};
		if (airflowHealth?.metadatabase !== 'healthy' || !isPageOk(facts, 'airflow')) return [];
		if (dagProcessor !== 'unhealthy' || dagProcessorHeartbeatAt == null) return [];
		const service = facts.of('processor');
		if (service && !isSteady(facts, service)) return [];
		// Without a view of the containers it may be one of them that is down.
		if (!service && facts.services.length > 0) return [];
		const age = facts.now + facts.clockAheadMs - dagProcessorHeartbeatAt;
		return [
			{
				subject: 'dag processor',
				severity: 'critical',
				since: dagProcessorHeartbeatAt,
				title: say('processor.title'),
				evidence: [
					evidence(say('processor.evidence', { age, status: dagProcessor })),
					...(service ? lastLinesEvidence(facts, service) : []),
				],
				cause: service
					? say('processor.cause')
					: facts.state.hasEngine
						? say('processor.elsewhere.cause')
						: say('processor.managed.cause'),
				reason: say('processor.reason'),
				impact: [say('impact.processor')],
				fixes: service ? [restart(service), readLog(service)] : [],
				breaks: ['processor'],
				dependsOn: service ? dependenciesOf(service) : ['engine', 'database'],
			},
		];
	},
};
