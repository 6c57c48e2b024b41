import { sayer } from '../../words/message.ts';
import { isBrokerHanging, isSteady } from '../airflow-facts.ts';
import { evidence, fix, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { about, readLog, restart } from '../services.ts';

const texts = {
	'broker.title': ['Redis rejects writes', 'Redis가 쓰기를 거부합니다'],
	'broker.hangs.title': ['Redis does not respond', 'Redis가 응답하지 않습니다'],
	'broker.hangs.cause': [
		'Redis is running but does not respond: it hangs or is overloaded',
		'Redis가 실행 중이지만 응답하지 않습니다. 멈췄거나 과부하 상태입니다',
	],
	'broker.answer': ['Response to PING: {answer}', 'PING 응답: {answer}'],
	'broker.memory': [
		'{used:bytes} of {limit:bytes} used, eviction policy {policy}',
		'{limit:bytes} 중 {used:bytes} 사용, 축출(eviction) 정책 {policy}',
	],
	'broker.oom.cause': [
		'Redis reached its memory limit (maxmemory), and policy {policy} evicts nothing',
		'메모리 한도(maxmemory)에 도달했고 정책 {policy} 때문에 데이터를 비우지 못합니다',
	],
	'broker.save.cause': [
		'Redis cannot save to disk and therefore rejects writes',
		'디스크에 저장하지 못해 쓰기를 거부하고 있습니다',
	],
	'broker.loading.cause': ['Redis is still loading its data after a start', '시작 후 데이터를 불러오는 중입니다'],
	'broker.other.cause': ['Redis responds: {answer}', 'Redis 응답: {answer}'],
	'broker.reason': [
		'The container is running and responds, so neither the network nor the process is at fault',
		'컨테이너가 실행 중이고 응답하므로 네트워크나 프로그램 자체의 문제는 아닙니다',
	],
	'broker.hangs.reason': [
		'The container is running, but redis-cli inside it timed out',
		'컨테이너는 실행 중이지만 그 안에서 실행한 redis-cli가 시간 초과되었습니다',
	],
	'broker.raise': ['Remove its memory limit until the next start', '다음 시작 때까지 메모리 한도를 해제하세요'],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** Redis runs but rejects writes, or does not answer in time. */
export const brokerRejectsWrites: Rule = {
	name: 'broker rejects writes',
	texts,
	find: facts => {
		const broker = facts.check('broker');
		const service = facts.of('broker');
		if (!broker || !service || !isSteady(facts, service)) return [];
		const { answer, hang, memoryBytes: used, memoryLimitBytes: limit, policy } = broker;
		const isFull = used !== null && limit !== null && limit > 0 && used >= limit && policy === 'noeviction';
		const isOdd = answer !== '' && answer !== 'PONG' && !/NOAUTH/.test(answer);
		if (!isFull && !isOdd && hang === null && !broker.hasFailedToSave) return [];
		const isHanging = isBrokerHanging(facts);
		const [sign] = facts.signs('broker rejects writes');
		return [
			{
				...about(service),
				severity: 'critical',
				since: sign?.firstAt ?? null,
				title: isHanging ? say('broker.hangs.title') : say('broker.title'),
				evidence: [
					...(used !== null && limit !== null && limit > 0
						? [evidence(say('broker.memory', { used, limit, policy }))]
						: []),
					...(isOdd || hang !== null ? [evidence(say('broker.answer', { answer: hang ?? answer }))] : []),
					...(sign
						? [evidence(say('evidence.sign', { service: sign.container, count: sign.count }), [sign.line])]
						: []),
				],
				cause: isHanging
					? say('broker.hangs.cause')
					: isFull
						? say('broker.oom.cause', { policy })
						: /^LOADING/.test(answer)
							? say('broker.loading.cause')
							: broker.hasFailedToSave || /^MISCONF/.test(answer)
								? say('broker.save.cause')
								: say('broker.other.cause', { answer }),
				reason: isHanging ? say('broker.hangs.reason') : say('broker.reason'),
				impact: [say('impact.broker')],
				fixes: [
					...(isFull
						? [
								fix(say('broker.raise'), {
									kind: 'exec',
									container: service.container,
									user: null,
									argv: ['redis-cli', 'config', 'set', 'maxmemory', '0'],
								}),
								fix(say('memory.fix', { service: service.name }), { kind: 'advice' }),
							]
						: []),
					restart(service),
					readLog(service),
				],
				breaks: ['broker'],
				dependsOn: ['engine', 'disk'],
			},
		];
	},
};
