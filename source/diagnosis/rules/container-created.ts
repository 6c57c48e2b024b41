import { containerStateText } from '../../model/state-texts.ts';
import { sayer } from '../../words/message.ts';
import { evidence, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { about, brokenBy, dependenciesOf, impactOf, start, up } from '../services.ts';
import { portError } from './port-taken.ts';

const texts = {
	'created.title': ['{service} was created but never started', '{service} 컨테이너가 생성되었지만 시작되지 않았습니다'],
	'created.cause': ['The start failed: {error}', '시작하지 못했습니다: {error}'],
	'created.waits.cause': [
		'Compose is waiting for its dependencies, or was interrupted',
		'Compose가 의존 서비스를 기다리고 있거나 도중에 중단되었습니다',
	],
	'created.reason': ['Docker reports the state created', 'Docker에서 created 상태로 남아 있습니다'],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** Compose creates all containers first and starts each when its dependencies are healthy; that takes up to five minutes. */
const waitsMs = 5 * 60_000;

/** A container that was created but not started. */
export const containerCreated: Rule = {
	name: 'container created',
	isSeenAtOnce: true,
	texts,
	find: ({ services, now }) =>
		services.flatMap(service => {
			const { container, detail } = service.it;
			if (container.state !== 'created' || detail === null || portError(detail) !== null) return [];
			const { error } = detail;
			if (error === '' && now - container.createdAt < waitsMs) return [];
			return [
				{
					...about(service),
					severity: 'critical',
					since: container.createdAt,
					title: say('created.title', { service: service.name }),
					evidence: [
						evidence(say('evidence.state', { service: service.name, state: containerStateText({ state: 'created' }) })),
					],
					cause: error === '' ? say('created.waits.cause') : say('created.cause', { error }),
					reason: say('created.reason'),
					impact: impactOf(service),
					fixes: [start(service), up(service)],
					breaks: brokenBy(service),
					dependsOn: dependenciesOf(service),
				},
			];
		}),
};
