import { sayer } from '../../words/message.ts';
import { evidence, fix, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { readLog, restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';
import { lastTakenAt, listenedQueues, workerLoad } from '../waiting/queue.ts';

const texts = {
	'queue.title': ['Tasks pile up in queue {queue}', '대기열 {queue}에 작업이 쌓이고 있습니다'],
	'queue.evidence': [
		'{count} {count|message waits|messages wait} in Redis',
		'Redis에 메시지 {count}개가 대기 중입니다',
	],
	'queue.cause': ['No worker consumes this queue', '이 대기열에서 작업을 가져가는 워커가 없습니다'],
	'queue.reason': [
		'The broker responds and holds the messages. A working consumer would have emptied the queue',
		'브로커는 응답하며 메시지를 보관 중입니다. 워커가 정상이라면 이미 비워졌을 것입니다',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** No worker takes messages from a queue although workers are idle. Behind busy workers a queue may be long. */
export const queueBacklog: Rule = {
	name: 'queue backlog',
	texts,
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
