import { evidence, findingId, fix, look, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { about } from '../services.ts';
import { thresholds } from '../thresholds.ts';

const name = 'host memory low';

/** The engine's host is nearly out of memory, whatever the limits of containers. */
export const hostMemoryLow: Rule = {
	name,
	find: facts => {
		const memory = facts.check('host memory');
		if (!memory) return [];
		const { totalBytes: total, availableBytes: free, swapFreeBytes: swap } = memory;
		const [from, until] = thresholds.hostMemoryShare;
		if (free / total >= (facts.was(findingId(name, 'host')) ? until : from)) return [];
		const largest = facts.services.toSorted(
			(a, b) => (b.it.use?.last.memoryBytes ?? 0) - (a.it.use?.last.memoryBytes ?? 0),
		)[0];
		return [
			{
				subject: 'host',
				severity: 'critical',
				since: null,
				title: say('host memory.title'),
				evidence: [evidence(say('host memory.evidence', { free, total, swap }))],
				cause: say('host memory.cause', { service: largest?.name ?? '-' }),
				reason: say('host memory.reason'),
				impact: [say('host memory.impact')],
				fixes: [
					fix(say('host memory.fix'), { kind: 'advice' }),
					...(largest ? [look(say('fix.inspect'), 'inspect', largest.container)] : []),
				],
			},
		];
	},
};

/** A container that is throttled by its CPU limit. */
export const cpuAtLimit: Rule = {
	name: 'cpu at limit',
	find: facts =>
		facts.services.flatMap(service => {
			const { container, use } = service.it;
			const limit = facts.check('setup', container.id)?.setup.cpuLimit;
			const recent = use?.cpuHistory.slice(-thresholds.cpuSamples) ?? [];
			if (!limit || container.state !== 'running' || recent.length < thresholds.cpuSamples) return [];
			const least = Math.min(...recent);
			if (least < limit * 100 * thresholds.cpuShare) return [];
			return [
				{
					...about(service),
					severity: 'warning',
					since: null,
					title: say('cpu.title', { service: service.name }),
					evidence: [evidence(say('cpu.evidence', { used: Math.round(least), limit: Math.round(limit * 100) }))],
					cause: say('cpu.cause'),
					reason: say('cpu.reason'),
					impact: [say('cpu.impact')],
					fixes: [
						fix(say('cpu.fix', { service: service.name }), { kind: 'advice' }),
						look(say('fix.inspect'), 'inspect', service.container),
					],
				},
			];
		}),
};
