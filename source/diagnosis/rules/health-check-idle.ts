import { isPodmanVersion } from '../../model/engine/engine-address.ts';
import { engineCommand } from '../../selectors/printed-commands/printed-command.ts';
import { evidence, fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { about } from '../services.ts';

/** The engine and a slow host get this much longer, ms. */
const graceMs = 30_000;

/**
 * A health check that never runs. Podman runs them by systemd timers: without systemd, or without lingering of a
 * rootless user, the health is `starting` for ever. Seen with Podman 4.3 and 5.4.
 */
export const healthCheckIdle: Rule = {
	name: 'health check idle',
	find: facts => {
		if (!isPodmanVersion(facts.state.sources.docker?.version ?? '')) return [];
		return facts.services.flatMap(service => {
			const { container, detail } = service.it;
			const decidesMs = facts.check('setup', container.id)?.setup.healthDecidesMs;
			if (container.state !== 'running' || container.health !== 'starting') return [];
			if (decidesMs === undefined || detail?.startedAt == null) return [];
			if (facts.now - detail.startedAt < decidesMs + graceMs) return [];
			return [
				{
					...about(service),
					severity: 'warning',
					since: detail.startedAt,
					title: say('health check idle.title', { service: service.name }),
					evidence: [evidence(say('health check idle.evidence', { decidesMs }))],
					cause: say('health check idle.cause'),
					reason: say('health check idle.reason'),
					impact: [say('health check idle.impact')],
					fixes: [
						fix(say('health check idle.once', { service: service.name }), {
							kind: 'type',
							command: engineCommand(facts.state, 'healthcheck', 'run', container.name),
						}),
						fix(say('health check idle.fix'), { kind: 'advice' }),
					],
				},
			];
		});
	},
};
