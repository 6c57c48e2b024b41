import { evidence, fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { thresholds } from '../thresholds.ts';

/** The clocks of the engine's host and of this one differ. */
export const clockSkew: Rule = {
	name: 'clock skew',
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
