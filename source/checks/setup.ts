import type { Check } from './check.ts';

/** The configuration of each container. Read when it is new, when its network changed, and now and then. */
export const setupCheck: Check = {
	name: 'setup',
	subjects: ({ facts }) => (facts().isEngineLive ? facts().services.map(({ it }) => it.container.id) : []),
	everyMs: 120_000,
	leastMs: 500,
	isUrgent({ facts, now }, id) {
		const changedAt = facts().state.containers[id]?.setupChangedAt ?? null;
		if (changedAt === null) return false;
		const seenAt = facts().state.checks[`setup\n${id}`]?.at ?? 0;
		return changedAt > seenAt - 1000 && now() - changedAt < 30_000;
	},
	async look({ docker }, id, signal) {
		return { check: 'setup', setup: await docker.setup(id, signal) };
	},
};
