import { isBrokerHanging, isSteady } from '../airflow-facts.ts';
import { evidence, fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { about, dependenciesOf, readLog, restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';
import { lastTakenAt, listenedQueues, workerLoad } from '../waiting/queue.ts';

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

/** No worker takes messages from a queue although workers are idle. Behind busy workers a queue may be long. */
export const queueBacklog: Rule = {
	name: 'queue backlog',
	find: facts => {
		const broker = facts.check('broker');
		const worker = facts.of('worker');
		const stuck = broker?.queues.filter(
			({ count, since, unchangedSince }) =>
				count > 0 && facts.now - (unchangedSince ?? since) > thresholds.queueStuckMs,
		);
		if (!stuck || stuck.length === 0) return [];
		// A backlog behind busy workers is normal, and so is a queue from which tasks are taken.
		if (worker && workerLoad(facts).isBusy) return [];
		if (facts.now + facts.clockAheadMs - lastTakenAt(facts) <= thresholds.queueStuckMs) return [];
		// A task in a queue without a worker is a finding of its own, which says more.
		const listened = listenedQueues(facts);
		const isReported = (queue: string) =>
			!listened.has(queue) &&
			facts.tasks().some(task => task.state === 'queued' && (task.queue ?? 'default') === queue);
		const unreported = stuck.filter(({ name }) => !isReported(name));
		return unreported.map(({ name: queue, count, since }) => ({
			subject: queue,
			severity: 'critical' as const,
			since,
			title: say('queue.title', { queue }),
			evidence: [evidence(say('queue.evidence', { count }))],
			cause: say('queue.cause'),
			reason: say('queue.reason'),
			impact: [say('impact.broker')],
			fixes: worker ? [fix(say('fix.check'), { kind: 'check' as const }), readLog(worker), restart(worker)] : [],
			breaks: ['slots' as const],
			dependsOn: ['engine' as const, 'worker' as const, 'broker' as const, 'database' as const],
		}));
	},
};
