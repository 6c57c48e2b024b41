import type { CommandContext } from '../../command-line/context/context.ts';
import { demandLive } from '../../command-line/exit/failures.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import { projectParts } from '../../command-line/facts/servers.ts';
import type { Document } from '../../command-line/json/documents.ts';
import type { Style } from '../../command-line/output/style.ts';
import { heading } from '../../command-line/output/text-parts.ts';
import type { Block } from '../../command-line/output/text-table.ts';
import { show } from '../../command-line/show/show.ts';
import { type DiskUsage, shareOf, totalsOf } from '../../model/engine/disk-usage.ts';
import { memory } from '../../presentation/format.ts';
import type { Text } from '../../words/language.ts';

/** `laketop df` */
export function run(context: CommandContext): Promise<number> {
	const { config } = context;
	let usage: DiskUsage | undefined;
	return show<Document<'disk-usage'>>(context, {
		watch: ['containers'],
		requires: ['containers'],
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

const size = (bytes: number | null) => (bytes === null ? '' : memory(bytes));

const kinds: Readonly<Record<Document<'disk-usage'>['totals'][number]['kind'], Text>> = {
	images: ['images', '이미지'],
	containers: ['containers', '컨테이너'],
	volumes: ['volumes', '볼륨'],
	'build cache': ['build cache', '빌드 캐시'],
};

function diskBlocks({ totals, share, project, images, volumes }: Document<'disk-usage'>, { say }: Style): Block[] {
	const [volume, image] = [say(['volume', '볼륨']), say(['image', '이미지'])];
	const own = [
		...volumes.filter(volume => volume.is_own).map(({ name, bytes }) => [volume, name, size(bytes), ''] as const),
		...images
			.filter(image => image.is_own)
			.map(one => [image, one.tags[0] ?? '<none>', size(one.bytes), size(one.shared_bytes)] as const),
	];
	const blocks: Block[] = [
		{
			columns: [
				{ title: say(['KIND', '종류']) },
				{ title: say(['COUNT', '개수']), align: 'right' },
				{ title: say(['ACTIVE', '사용 중']), align: 'right' },
				{ title: say(['SIZE', '크기']), align: 'right' },
				{ title: say(['RECLAIMABLE', '회수 가능']), align: 'right' },
			],
			rows: totals.map(({ kind, count, active, bytes, reclaimable_bytes }) => [
				{ text: say(kinds[kind]) },
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
				text: `  ${say(
					[
						'volumes {volumes}, images {images} (plus at least {shared} shared), containers {containers}',
						'볼륨 {volumes}, 이미지 {images}(공유 최소 {shared} 별도), 컨테이너 {containers}',
					],
					{
						volumes: size(share.volumes_bytes),
						images: size(share.images_bytes),
						shared: size(share.images_shared_bytes),
						containers: size(share.containers_bytes),
					},
				)}`,
			}),
		],
		{
			columns: [
				{ title: say(['KIND', '종류']) },
				{ title: say(['NAME', '이름']), yields: 1 },
				{ title: say(['SIZE', '크기']), align: 'right' },
				{ title: say(['SHARED', '공유']), align: 'right' },
			],
			rows: own.map(row => row.map(text => ({ text }))),
			empty: say(['No volumes or images of this project.', '이 프로젝트의 볼륨이나 이미지가 없습니다.']),
		},
	];
}
