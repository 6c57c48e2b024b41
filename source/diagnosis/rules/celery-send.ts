import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import { taskName } from '../../model/airflow/task-name.ts';
import type { SignState } from '../../model/logs/log-sign.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, fix, type Rule } from '../finding.ts';
import { cpuEvidence } from '../host-cpu.ts';
import { say } from '../messages/message.ts';
import { about, dependenciesOf, readLog } from '../services.ts';

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
