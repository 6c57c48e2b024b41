import { hostname, release } from 'node:os';
import { type Check, one } from './check.ts';

/** The engine's clock compared with ours, and whether it runs on this host. */
export const engineCheck: Check = {
	name: 'engine',
	subjects: ({ facts }) => one(facts().isEngineLive),
	everyMs: 60_000,
	leastMs: 10_000,
	async look(deps, _subject, signal) {
		const sentAt = deps.now();
		const info = await deps.docker.info(signal);
		const travelMs = deps.now() - sentAt;
		deps.isHere = deps.docker.host.kind === 'unix' && info.kernel === release() && info.hostname === hostname();
		// The engine read its clock at some time between request and response.
		const clockAheadMs = info.clockAt === null || deps.isHere ? 0 : info.clockAt - (sentAt + travelMs / 2);
		return {
			check: 'engine',
			clockAheadMs: Math.round(clockAheadMs),
			uncertainMs: Math.round(travelMs / 2),
			memoryBytes: info.memoryBytes,
			rootFolder: info.rootFolder,
		};
	},
};
