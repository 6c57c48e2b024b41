import { sayer } from '../../words/message.ts';
import { isSteady } from '../airflow-facts.ts';
import { evidence, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { about, dependenciesOf, readLog, restart } from '../services.ts';

const texts = {
	'celery.title': ['The worker does not respond to Celery', '워커가 Celery 호출에 응답하지 않습니다'],
	'celery.cause': [
		'Its main process hangs, or lost the broker connection without noticing',
		'메인 프로세스가 멈췄거나 브로커와의 연결이 끊긴 것을 감지하지 못했습니다',
	],
	'celery.reason': [
		'A Celery ping found no worker, although its container is running and the broker responds',
		'컨테이너는 실행 중이고 브로커도 응답하지만 Celery ping에 응답하는 워커가 없습니다',
	],
	'celery.evidence': ['Output of celery inspect ping:', 'celery inspect ping 결과:'],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** A Celery ping went unanswered. */
export const celeryUnresponsive: Rule = {
	name: 'celery unresponsive',
	texts,
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
