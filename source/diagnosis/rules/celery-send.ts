import type { SignState } from '../../model/check.ts';
import type { TaskInstance } from '../../model/pipeline.ts';
import { taskName } from '../../model/task-name.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, fix, type Rule } from '../finding.ts';
import { cpuEvidence } from '../host-cpu.ts';
import { say } from '../messages/message.ts';
import { needsOf, readLog } from '../services.ts';

/** Airflow's own, `[celery] operation_timeout` (airflow/config_templates/default_celery.py). */
const usualTimeout = '1';
/** Enough for an import of redis on a host that is busy through and through. */
const calmTimeout = 10;
/** The scheduler notes that a task failed with its next turn, ms. */
const turnMs = 30_000;
const tasksNamed = 5;

/** The scheduler cannot hand tasks over: each send times out, or a timeout has broken its import of redis for good. */
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

/** What a broken import says holds until the scheduler restarts, or a task that was queued later was started after all. */
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
	const timeout = setup?.settings.AIRFLOW__CELERY__OPERATION_TIMEOUT ?? usualTimeout;
	const unsent = unsentTasks(facts, sign);
	const runs = [...Map.groupBy(unsent, ({ dagId, dagRunId }) => `${dagId}\n${dagRunId}`).values()];
	return {
		subject: service.container,
		severity: isBroken || unsent.length > 0 ? 'bad' : 'warning',
		since: sign.firstAt,
		title: isBroken ? say('dispatch.broken.title') : say('dispatch.slow.title'),
		evidence: [
			evidence(say('evidence.sign', { service: service.name, count: sign.count }), [sign.line]),
			evidence(say('dispatch.timeout.evidence', { service: service.name, timeout })),
			...(unsent.length > 0
				? [evidence(say('dispatch.failed.evidence', { tasks: unsent.slice(0, tasksNamed).map(taskName).join(', ') }))]
				: []),
			...cpuEvidence(facts),
		],
		cause: isBroken ? say('dispatch.broken.cause', { service: service.name }) : say('dispatch.slow.cause', { timeout }),
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
		takes: ['dispatch'],
		needs: needsOf(service),
	};
}

/** Tasks that failed since then without a worker having begun this try. */
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
