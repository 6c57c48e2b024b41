import type { Service } from '../diagnosis/facts.ts';
import { maskText } from '../model/secrets/secrets.ts';
import type { ContainerState } from '../model/state.ts';
import type { Check } from './check.ts';

/** Lines that are read. */
const linesRead = 60;

/** Last lines of a container that exited or became unhealthy; read once per state of the container. */
export const lastLinesCheck: Check = {
	name: 'last lines',
	subjects: ({ facts }) =>
		facts()
			.services.filter(isFailing)
			.map(({ it }) => it.container.id),
	everyMs: 30_000,
	leastMs: 3000,
	isUrgent({ facts }, id) {
		const it = facts().state.containers[id];
		const known = facts().check('last lines', id);
		return it !== undefined && known?.of !== stateOf(it);
	},
	async look({ docker, facts }, id, signal) {
		const it = facts().state.containers[id];
		if (!it) return null;
		const lines: string[] = [];
		const request = { tail: linesRead, tty: it.detail?.tty ?? false, follow: false };
		for await (const batch of docker.logs(id, request, signal)) lines.push(...batch.map(({ text }) => maskText(text)));
		return {
			check: 'last lines',
			lines: lines.filter(line => line.trim() !== '' && !probeLine.test(line)).slice(-linesRead),
			of: stateOf(it),
		};
	},
};

/** Access logs of health checks, which would push out relevant lines. */
const probeLine = /"GET \/health HTTP/;

function isFailing({ it }: Service): boolean {
	const { state, health } = it.container;
	if (state === 'running') return health === 'unhealthy' || (it.detail?.restartCount ?? 0) > 0 || isFresh(it);
	return state === 'exited' || state === 'dead' || state === 'restarting';
}

/** It exited recently and may exit again. */
function isFresh({ ends }: ContainerState): boolean {
	return ends.length > 0 && ends.at(-1)?.exitCode !== 0;
}

function stateOf({ container, detail }: ContainerState): string {
	return [container.state, container.health, detail?.startedAt, detail?.finishedAt].join(' ');
}
