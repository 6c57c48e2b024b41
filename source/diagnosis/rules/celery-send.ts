import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import { taskName } from '../../model/airflow/task-name.ts';
import type { SignState } from '../../model/logs/log-sign.ts';
import { sayer } from '../../words/message.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, fix, type Rule } from '../finding.ts';
import { cpuEvidence } from '../host-cpu.ts';
import { commonMessages } from '../messages/common.ts';
import { about, dependenciesOf, readLog } from '../services.ts';

const texts = {
	'dispatch.broken.title': [
		'The scheduler cannot send tasks to the broker',
		'스케줄러가 작업을 브로커로 보내지 못합니다',
	],
	'dispatch.slow.title': ['Sending tasks to the broker times out', '작업을 브로커로 보내는 중 시간 초과가 발생합니다'],
	'dispatch.broken.cause': [
		'A send timed out while Python was importing redis. The import stays broken and sending fails until {service} restarts',
		'Python이 redis를 임포트하는 동안 전송 시간이 초과되었습니다. {service} 컨테이너를 재시작할 때까지 임포트가 깨진 상태로 남아 전송이 실패합니다',
	],
	'dispatch.slow.cause': [
		'A send takes longer than [celery] operation_timeout ({timeout:precise}): the host or the broker is overloaded',
		'전송이 [celery] operation_timeout({timeout:precise})보다 오래 걸립니다. 호스트나 브로커가 과부하 상태입니다',
	],
	'dispatch.broken.reason': [
		'Airflow fails tasks that it cannot send. No task has started since that line was logged',
		'Airflow는 보내지 못한 작업을 실패로 처리합니다. 이 로그가 기록된 뒤 시작된 작업이 없습니다',
	],
	'dispatch.slow.reason': [
		'Airflow retries a send three times, then fails the task',
		'Airflow는 전송을 세 번 더 시도한 뒤 작업을 실패로 처리합니다',
	],
	'dispatch.timeout.evidence': [
		'[celery] operation_timeout of {service} is {timeout:precise}',
		'{service}의 [celery] operation_timeout은 {timeout:precise}입니다',
	],
	'dispatch.failed.evidence': [
		'Tasks that failed before they started: {tasks}',
		'시작되지 못하고 실패한 작업: {tasks}',
	],
	'dispatch.impact': [
		'Tasks fail without a log and never reach a worker',
		'작업이 워커에 전달되지 못하고 로그 없이 실패합니다',
	],
	'dispatch.timeout.fix': [
		'Set AIRFLOW__CELERY__OPERATION_TIMEOUT to {seconds} in the Compose file. It takes effect at the next up',
		'Compose 파일에서 AIRFLOW__CELERY__OPERATION_TIMEOUT을 {seconds}으로(로) 설정하세요. 다음 up부터 적용됩니다',
	],
	'dispatch.clear.fix': [
		'Clear the failed tasks of {run} to send them again',
		'DAG 실행 {run}의 실패한 작업을 재실행(clear)하여 다시 보내세요',
	],
	'dispatch.clear after.fix': [
		'After the restart, clear the failed tasks of {run} to send them again',
		'재시작한 뒤 DAG 실행 {run}의 실패한 작업을 재실행(clear)하여 다시 보내세요',
	],
	'dispatch.restart.fix': [
		'Restart {service} to import redis again',
		'{service} 컨테이너를 재시작하여 redis를 다시 임포트하게 하세요',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** Airflow's own, `[celery] operation_timeout` (airflow/config_templates/default_celery.py). */
const defaultTimeout = '1';
/** Enough to import redis on a fully busy host, s. */
const calmTimeout = 10;
/** The scheduler records a failed task in its next loop, ms. */
const turnMs = 30_000;
const tasksNamed = 5;

/** The scheduler cannot send tasks to Celery: sends time out, or a timeout broke its import of redis until it restarts. */
export const celerySend: Rule = {
	name: 'celery send',
	texts,
	find: facts => {
		const service = facts.of('scheduler');
		if (service?.it.container.state !== 'running') return [];
		const broken = lastBroken(facts, service);
		const slow = facts.signs('send timed out').find(({ container }) => container === service.container);
		const sign = broken ?? (slow && isSince(slow, service) ? slow : undefined);
		return sign ? [finding(facts, service, sign)] : [];
	},
};

/** A broken import lasts until the scheduler restarts; a task that was queued and started later disproves it. */
function lastBroken(facts: DiagnosisFacts, service: Service): SignState | undefined {
	const sign = facts.state.signs.find(one => one.sign === 'send broken' && one.container === service.container);
	if (!sign || !isSince(sign, service)) return undefined;
	const isSent = facts.tasks().some(({ queuedAt, startedAt, hostname }) => {
		const after = sign.lastAt + facts.clockAheadMs;
		return hostname !== '' && queuedAt !== null && queuedAt > after && startedAt !== null && startedAt >= queuedAt;
	});
	return isSent ? undefined : sign;
}

/** Whether the process that wrote it still runs. */
function isSince({ lastAt }: SignState, { it }: Service): boolean {
	return (it.detail?.startedAt ?? 0) <= lastAt;
}

function finding(facts: DiagnosisFacts, service: Service, sign: SignState): Draft {
	const isBroken = sign.sign === 'send broken';
	const setup = facts.check('setup', service.it.container.id)?.setup;
	const timeout = setup?.settings.AIRFLOW__CELERY__OPERATION_TIMEOUT ?? defaultTimeout;
	const unsent = unsentTasks(facts, sign);
	const runs = [...Map.groupBy(unsent, ({ dagId, dagRunId }) => `${dagId}\n${dagRunId}`).values()];
	return {
		...about(service),
		severity: isBroken || unsent.length > 0 ? 'critical' : 'warning',
		since: sign.firstAt,
		title: isBroken ? say('dispatch.broken.title') : say('dispatch.slow.title'),
		evidence: [
			evidence(say('evidence.sign', { service: service.name, count: sign.count }), [sign.line]),
			evidence(say('dispatch.timeout.evidence', { service: service.name, timeout: Number(timeout) * 1000 })),
			...(unsent.length > 0
				? [evidence(say('dispatch.failed.evidence', { tasks: unsent.slice(0, tasksNamed).map(taskName).join(', ') }))]
				: []),
			...cpuEvidence(facts),
		],
		cause: isBroken
			? say('dispatch.broken.cause', { service: service.name })
			: say('dispatch.slow.cause', { timeout: Number(timeout) * 1000 }),
		reason: isBroken ? say('dispatch.broken.reason') : say('dispatch.slow.reason'),
		impact: [say('dispatch.impact')],
		fixes: [
			...(Number(timeout) < calmTimeout
				? [fix(say('dispatch.timeout.fix', { seconds: calmTimeout }), { kind: 'advice' as const })]
				: []),
			...runs.flatMap(([task]) => {
				if (!task) return [];
				const { dagId, dagRunId } = task;
				const words = isBroken
					? say('dispatch.clear after.fix', { run: dagRunId })
					: say('dispatch.clear.fix', { run: dagRunId });
				return [fix(words, { kind: 'clear' as const, dagId, dagRunId, onlyFailed: true })];
			}),
			readLog(service),
			...(isBroken
				? [
						fix(say('dispatch.restart.fix', { service: service.name }), {
							kind: 'container' as const,
							verb: 'restart' as const,
							container: service.container,
						}),
					]
				: []),
		],
		breaks: ['dispatch'],
		dependsOn: dependenciesOf(service),
	};
}

/** Tasks that failed since then before a worker started the try. */
function unsentTasks(facts: DiagnosisFacts, { firstAt }: SignState): TaskInstance[] {
	const from = firstAt + facts.clockAheadMs - turnMs;
	return facts
		.tasks()
		.filter(
			({ state, queuedAt, startedAt, endedAt }) =>
				(state === 'failed' || state === 'up_for_retry') &&
				(endedAt ?? 0) >= from &&
				(startedAt === null || startedAt < (queuedAt ?? 0)),
		);
}
