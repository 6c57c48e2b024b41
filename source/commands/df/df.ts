import { type DiskUsage, shareOf, totalsOf } from '../../model/disk-usage.ts';
import { memory } from '../../presentation/format.ts';
import type { CommandContext } from '../context.ts';
import { projectParts, rfc3339 } from '../facts.ts';
import { demandLive } from '../failures.ts';
import type { Document } from '../json/documents.ts';
import { show } from '../show.ts';
import { heading } from '../text-parts.ts';
import type { Block } from '../text-table.ts';

/** `laketop df` */
export function run(context: CommandContext): Promise<number> {
	const { config } = context;
	let usage: DiskUsage | undefined;
	return show<Document<'disk-usage'>>(context, {
		watch: ['containers'],
		needs: ['containers'],
		ask: async ({ store, clients }, signal) => {
			demandLive(store.current(), 'containers');
			usage = await clients.docker.diskUsage(signal);
		},
		document: (state, now) => {
			return documentOf(usage, projectParts(state, config.discovery.project), now);
		},
		blocks: diskBlocks,
	});
}

function documentOf(
	usage: DiskUsage | undefined,
	projects: ReturnType<typeof projectParts>,
	now: number,
): Document<'disk-usage'> {
	const { project } = projects;
	const share = usage && project !== null ? shareOf(usage, project) : undefined;
	return {
		schema: 'laketop/disk-usage/1',
		at: rfc3339(now),
		...projects,
		totals: (usage ? totalsOf(usage) : []).map(({ kind, count, active, bytes, reclaimableBytes }) => ({
			kind,
			count,
			active,
			bytes,
			reclaimable_bytes: reclaimableBytes,
		})),
		share: share
			? {
					containers_bytes: share.containersBytes,
					volumes_bytes: share.volumesBytes,
					images_bytes: share.imagesBytes,
					images_shared_bytes: share.imagesSharedBytes,
				}
			: null,
		images: (usage?.images ?? [])
			.map(image => ({
				tags: [...image.tags],
				bytes: image.bytes,
				shared_bytes: image.sharedBytes,
				containers: image.containers,
				is_own: share?.images.includes(image) ?? false,
			}))
			.toSorted((a, b) => b.bytes - a.bytes),
		volumes: (usage?.volumes ?? [])
			.map(volume => ({
				name: volume.name,
				bytes: volume.bytes,
				containers: volume.containers,
				is_own: share?.volumes.includes(volume) ?? false,
			}))
			.toSorted((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0)),
	};
}

const size = (bytes: number | null) => (bytes === null ? '' : memory(bytes).replace(' ', ''));

function diskBlocks({ totals, share, project, images, volumes }: Document<'disk-usage'>): Block[] {
	const own = [
		...volumes.filter(volume => volume.is_own).map(({ name, bytes }) => ['volume', name, size(bytes), ''] as const),
		...images
			.filter(image => image.is_own)
			.map(image => ['image', image.tags[0] ?? '<none>', size(image.bytes), size(image.shared_bytes)] as const),
	];
	const blocks: Block[] = [
		{
			columns: [
				{ title: 'KIND' },
				{ title: 'COUNT', align: 'right' },
				{ title: 'ACTIVE', align: 'right' },
				{ title: 'SIZE', align: 'right' },
				{ title: 'RECLAIMABLE', align: 'right' },
			],
			rows: totals.map(({ kind, count, active, bytes, reclaimable_bytes }) => [
				{ text: kind.replace(' ', '-') },
				{ text: String(count) },
				{ text: String(active) },
				{ text: size(bytes) },
				{ text: size(reclaimable_bytes) },
			]),
			empty: '',
		},
	];
	if (share === null) return blocks;
	return [
		...blocks,
		[
			heading(`${project}`, {
				text: `  volumes ${size(share.volumes_bytes)}, images ${size(share.images_bytes)} of their own and at least ${size(share.images_shared_bytes)} shared, containers ${size(share.containers_bytes)}`,
			}),
		],
		{
			columns: [
				{ title: 'KIND' },
				{ title: 'NAME', yields: 1 },
				{ title: 'SIZE', align: 'right' },
				{ title: 'SHARED', align: 'right' },
			],
			rows: own.map(row => row.map(text => ({ text }))),
			empty: 'It has neither volumes nor images here.',
		},
	];
}
