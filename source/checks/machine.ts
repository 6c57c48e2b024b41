import { readFile, stat, statfs } from 'node:fs/promises';
import { hostname, release } from 'node:os';
import type { DiskPlace } from '../model/check.ts';
import { type Check, type CheckDeps, one } from './check.ts';

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
			if (found && !places.has(found.device)) {
				const growthBytesPerHour = growthOf(deps, found.device, found.freeBytes);
				places.set(found.device, { ...found.place, growthBytesPerHour });
			}
		}
		return { check: 'disk', places: [...places.values()] };
	},
};

type Seen = { readonly at: number; readonly freeBytes: number };
const watched = new WeakMap<CheckDeps, Map<number, Seen[]>>();
/** Growth is told of the last half hour, once a third of it was seen; one look a minute is kept. */
const growthOverMs = 30 * 60_000;
const growthLeastMs = 10 * 60_000;
const growthEveryMs = 60_000;

/** How fast a disk fills up, bytes an hour. */
function growthOf(deps: CheckDeps, device: number, freeBytes: number): number | null {
	const all = watched.get(deps) ?? new Map<number, Seen[]>();
	watched.set(deps, all);
	const now = deps.now();
	const seen = (all.get(device) ?? []).filter(({ at }) => now - at <= growthOverMs);
	const last = seen.at(-1);
	if (!last || now - last.at >= growthEveryMs) seen.push({ at: now, freeBytes });
	all.set(device, seen);
	const [first] = seen;
	if (!first || now - first.at < growthLeastMs) return null;
	const perHour = ((first.freeBytes - freeBytes) / (now - first.at)) * 3_600_000;
	// In steps: the last megabytes tell nothing.
	return Math.round(perHour / 2 ** 28) * 2 ** 28;
}

async function placeOf(
	path: string,
): Promise<{ device: number; freeBytes: number; place: Omit<DiskPlace, 'growthBytesPerHour'> } | null> {
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
		return { device, freeBytes: bsize * bavail, place };
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

/** Memory of the engine's machine, as Linux has it (proc(5), /proc/meminfo). */
export const hostMemoryCheck: Check = {
	name: 'host memory',
	subjects: deps => one(deps.isHere),
	everyMs: 10_000,
	leastMs: 5000,
	async look() {
		const text = await readFile('/proc/meminfo', 'utf8').catch(() => '');
		const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024;
		const totalBytes = bytes('MemTotal');
		if (totalBytes === 0) return null;
		return {
			check: 'host memory',
			totalBytes,
			availableBytes: rounded(bytes('MemAvailable'), totalBytes),
			swapBytes: bytes('SwapTotal'),
			swapFreeBytes: bytes('SwapFree'),
		};
	},
};
