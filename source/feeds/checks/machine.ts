import { stat, statfs } from 'node:fs/promises';
import { hostname, release } from 'node:os';
import type { DiskPlace } from '../../model/check.ts';
import { type Check, one } from './check.ts';

const isUp = ({ facts }: Parameters<Check['subjects']>[0]) => one(facts().isEngineLive);

/** The engine's clock against ours, and whether its files are ours. */
export const engineCheck: Check = {
	name: 'engine',
	subjects: isUp,
	everyMs: 60_000,
	leastMs: 10_000,
	async look(deps, _subject, signal) {
		const sentAt = deps.now();
		const info = await deps.docker.info(signal);
		const travelMs = deps.now() - sentAt;
		deps.isHere = deps.docker.host.kind === 'unix' && info.kernel === release() && info.hostname === hostname();
		// The answer was made at some time between asking and hearing.
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

/** Room on the disks that the stack writes to: the engine's own, and those of its bind mounts. */
export const diskCheck: Check = {
	name: 'disk',
	subjects: deps => one(deps.isHere),
	everyMs: 10_000,
	leastMs: 5000,
	async look(deps) {
		const facts = deps.facts();
		const folders = [
			facts.check('engine')?.rootFolder ?? '',
			...facts.services.flatMap(({ it }) =>
				it.container.mounts.filter(({ type }) => type === 'bind').map(({ source }) => source),
			),
			...facts.services.flatMap(({ it }) =>
				it.container.mounts.filter(({ type }) => type === 'volume').map(({ source }) => source),
			),
		];
		const places = new Map<number, DiskPlace>();
		for (const path of new Set(folders)) {
			const found = path.startsWith('/') ? await placeOf(path) : null;
			// Folders of one file system share its room: the first of them stands for all.
			if (found && !places.has(found.device)) places.set(found.device, found.place);
		}
		return { check: 'disk', places: [...places.values()] };
	},
};

async function placeOf(path: string): Promise<{ device: number; place: DiskPlace } | null> {
	try {
		const [{ dev: device }, { bsize, blocks, bavail, files, ffree }] = await Promise.all([stat(path), statfs(path)]);
		const totalBytes = bsize * blocks;
		const place = {
			path,
			freeBytes: rounded(bsize * bavail, totalBytes),
			totalBytes,
			freeInodes: rounded(ffree, files),
			totalInodes: files,
		};
		return { device, place };
	} catch {
		// Not to be seen from here.
		return null;
	}
}

/** Where there is plenty, what comes and goes all the time tells nothing. */
function rounded(free: number, total: number): number {
	const step = free > total * 0.15 ? Math.max(1, Math.floor(total / 50)) : 1;
	return Math.floor(free / step) * step;
}
