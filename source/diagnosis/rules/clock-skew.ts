import { sayer } from '../../words/message.ts';
import { evidence, fix, type Rule } from '../finding.ts';
import { thresholds } from '../thresholds.ts';

const texts = {
	'clock.title': ['The clocks of this host and {server} differ', '이 호스트와 {server}의 시계가 서로 다릅니다'],
	'clock.evidence': ['Clock of {server}: {direction}{skew:duration}', '{server}의 시계: {direction}{skew:duration}'],
	'clock.cause': ['NTP does not synchronise one of them', '둘 중 하나가 NTP로 동기화되지 않습니다'],
	'clock.reason': [
		'The network delay does not explain the time in its response',
		'응답에 담긴 시각의 차이가 전송 시간으로 설명되지 않습니다',
	],
	'clock.impact': [
		'Sessions, schedules and heartbeats depend on these clocks. Times shown here are off by the same amount',
		'세션, 스케줄, 하트비트가 이 시계에 의존합니다. 화면에 표시되는 시각도 그만큼 어긋납니다',
	],
	'clock.fix': ['Check the NTP synchronisation of both hosts', '두 호스트의 NTP 동기화 상태를 확인하세요'],
} as const;
const say = sayer(texts);

/** The clocks of the engine's host and of this one differ. */
export const clockSkew: Rule = {
	name: 'clock skew',
	texts,
	find: facts => {
		const engine = facts.check('engine');
		if (!engine) return [];
		const { clockAheadMs, uncertainMs } = engine;
		if (Math.abs(clockAheadMs) - uncertainMs < thresholds.clockSkewMs) return [];
		const server = 'Docker';
		const direction = clockAheadMs > 0 ? '+' : '-';
		return [
			{
				subject: 'docker',
				severity: 'warning',
				since: null,
				title: say('clock.title', { server }),
				evidence: [evidence(say('clock.evidence', { server, skew: Math.abs(clockAheadMs), direction }))],
				cause: say('clock.cause'),
				reason: say('clock.reason'),
				impact: [say('clock.impact')],
				fixes: [fix(say('clock.fix'), { kind: 'type', command: 'timedatectl status' })],
			},
		];
	},
};
