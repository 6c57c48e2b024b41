import { stat, statfs } from 'node:fs/promises';
import type { DiskPlace } from '../model/check.ts';
import { type Check, one } from './check.ts';
import { rounded } from './rounded.ts';

/** Free space on the disks that the stack writes to: the engine's and those of bind mounts. */
export function diskCheck(): Check {
	const watched = new Map<number, Seen[]>();
	return {
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
				// Folders on one file system share its space: the first represents all.
				if (found && !places.has(found.device)) {
					const growthBytesPerHour = growthOf(watched, deps.now(), found.device, found.freeBytes);
					places.set(found.device, { ...found.place, growthBytesPerHour });
				}
			}
			return { check: 'disk', places: [...places.values()] };
		},
	};
}

type Seen = { readonly at: number; readonly freeBytes: number };
/** Growth is measured over the last half hour, from ten minutes on; one look per minute is kept. */
const growthOverMs = 30 * 60_000;
const growthLeastMs = 10 * 60_000;
const growthEveryMs = 60_000;

/**
 * How fast a disk fills up, bytes per hour. Records this look.
 * @param watched looks of the last half hour, by device
 */
function growthOf(watched: Map<number, Seen[]>, now: number, device: number, freeBytes: number): number | null {
	const seen = (watched.get(device) ?? []).filter(({ at }) => now - at <= growthOverMs);
	const last = seen.at(-1);
	if (!last || now - last.at >= growthEveryMs) seen.push({ at: now, freeBytes });
	watched.set(device, seen);
	const [first] = seen;
	if (!first || now - first.at < growthLeastMs) return null;
	const perHour = ((first.freeBytes - freeBytes) / (now - first.at)) * 3_600_000;
	// Rounded: single megabytes mean nothing.
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
		// Not visible from here.
		return null;
	}
}
