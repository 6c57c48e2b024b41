import { containerStateText } from '../../model/state-texts.ts';
import { sayer } from '../../words/message.ts';
import { evidence, fix, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { about, brokenBy, impactOf } from '../services.ts';

const texts = {
	'fix.unpause container': ['Unpause {service}', '{service} 컨테이너의 일시 중지를 해제하세요'],
	'paused.title': ['{service} is paused', '{service} 컨테이너가 일시 중지되었습니다'],
	'paused.cause': ['Paused manually (docker pause)', '누군가 컨테이너를 일시 중지했습니다(docker pause)'],
	'paused.reason': [
		'Docker reports the state paused. A paused container accepts connections but never responds',
		'Docker에서 paused 상태입니다. 일시 중지된 컨테이너는 연결은 받지만 응답하지 않습니다',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** A container that was paused and probably forgotten. */
export const containerPaused: Rule = {
	name: 'container paused',
	isSeenAtOnce: true,
	texts,
	find: ({ services }) =>
		services.flatMap(service => {
			const { container, since } = service.it;
			if (container.state !== 'paused') return [];
			return [
				{
					...about(service),
					severity: 'critical',
					since,
					title: say('paused.title', { service: service.name }),
					evidence: [
						evidence(
							say('evidence.state', {
								service: service.name,
								state: containerStateText({ state: 'paused', health: container.health }),
							}),
						),
					],
					cause: say('paused.cause'),
					reason: say('paused.reason'),
					impact: impactOf(service),
					fixes: [
						fix(say('fix.unpause container', { service: service.name }), {
							kind: 'container',
							verb: 'unpause',
							container: service.container,
						}),
					],
					breaks: brokenBy(service),
					dependsOn: ['engine'],
				},
			];
		}),
};
