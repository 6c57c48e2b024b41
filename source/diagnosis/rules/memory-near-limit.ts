import { evidence, findingId, fix, look, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { about, brokenBy, restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';

const name = 'memory near limit';

/** A container close to its own memory limit. */
export const memoryNearLimit: Rule = {
	name,
	find: facts =>
		facts.services.flatMap(service => {
			const { container, use } = service.it;
			const limit = facts.check('setup', container.id)?.setup.memoryLimitBytes;
			if (!limit || !use || container.state !== 'running') return [];
			const used = use.last.memoryBytes;
			const [from, until] = thresholds.memoryShare;
			const share = used / limit;
			if (share < (facts.was(findingId(name, about(service).subject)) ? until : from)) return [];
			return [
				{
					...about(service),
					severity: 'warning',
					since: null,
					title: say('memory.title', { service: service.name }),
					evidence: [evidence(say('memory.evidence', { used, limit, share }))],
					cause: say('memory.cause'),
					reason: say('memory.reason'),
					impact: [say('memory.impact')],
					fixes: [
						fix(say('memory.fix', { service: service.name }), { kind: 'advice' }),
						restart(service),
						look(say('fix.inspect'), 'inspect', service.container),
					],
				},
			];
		}),
};

/** The kernel killed a process in a container that kept running: a task that failed without a log. */
export const oomKilled: Rule = {
	name: 'oom killed',
	find: facts =>
		facts.services.flatMap(service => {
			const { container, oomAt } = service.it;
			if (oomAt === null || container.state !== 'running' || facts.now - oomAt > thresholds.oomNewsMs) return [];
			const victims = facts
				.tasks()
				.filter(
					({ state, endedAt }) =>
						service.role === 'worker' &&
						(state === 'failed' || state === 'up_for_retry') &&
						endedAt !== null &&
						endedAt > oomAt - 5000 &&
						endedAt < oomAt + 90_000,
				);
			return [
				{
					...about(service),
					severity: 'critical',
					since: oomAt,
					title: say('oom.title', { service: service.name }),
					evidence: [
						evidence(say('oom.evidence', { at: oomAt })),
						...victims.map(task =>
							evidence(say('oom.task.evidence', { task: task.taskId, run: task.dagRunId, at: task.endedAt ?? oomAt })),
						),
					],
					cause: say('oom.cause'),
					reason: say('oom.reason'),
					impact: [say('memory.impact')],
					fixes: [
						fix(say('memory.fix', { service: service.name }), { kind: 'advice' }),
						look(say('fix.inspect'), 'inspect', service.container),
					],
					breaks: victims.map(task => `task ${task.dagId}/${task.dagRunId}/${task.taskId}` as const),
					dependsOn: brokenBy(service),
				},
			];
		}),
};
