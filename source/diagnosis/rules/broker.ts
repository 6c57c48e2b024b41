import { isBrokerHanging, isSteady } from '../airflow-facts.ts';
import { evidence, fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { about, readLog, restart } from '../services.ts';

/** Redis runs but rejects writes, or does not answer in time. */
export const brokerRejectsWrites: Rule = {
	name: 'broker rejects writes',
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
