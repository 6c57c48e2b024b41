import { type DiskTotal, shareOf, totalsOf } from '../../model/engine/disk-usage.ts';
import { memory } from '../../presentation/format.ts';
import { fit } from '../../presentation/text.ts';
import type { Text } from '../../words/language.ts';
import type { Effect, PageLine } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { asked, heading } from './pages.ts';

const kinds: Readonly<Record<DiskTotal['kind'], Text>> = {
	images: ['images', '이미지'],
	containers: ['containers', '컨테이너'],
	volumes: ['volumes', '볼륨'],
	'build cache': ['build cache', '빌드 캐시'],
};

export function diskPage({ clients, signal, ownProject, say }: StepContext): Effect {
	return asked(async () => {
		const usage = await clients.docker.diskUsage(signal);
		const row = (name: string, ...cells: readonly string[]) =>
			[fit(name, 14, ''), ...cells.map(cell => fit(cell, 12, '', 'right'))].join(' ').trimEnd();
		const part = (bytes: number | null, name: string): PageLine => ({
			text: `  ${fit(bytes === null ? say(['unknown', '알 수 없음']) : memory(bytes), 10, '', 'right')}  ${name}`,
		});
		const headings = [
			say(['count', '개수']),
			say(['in use', '사용 중']),
			say(['size', '크기']),
			say(['reclaimable', '회수 가능']),
		];
		const lines: PageLine[] = [
			{ text: row('', ...headings), tone: 'muted' },
			...totalsOf(usage).map(total => ({
				text: row(
					say(kinds[total.kind]),
					String(total.count),
					String(total.active),
					memory(total.bytes),
					memory(total.reclaimableBytes),
				),
			})),
		];
		const share = ownProject === null ? null : shareOf(usage, ownProject);
		if (share) {
			lines.push(
				...heading(say(['Share of {project}', '{project} 사용량'], { project: share.project })),
				{ text: row(say(kinds.images), String(share.images.length), '', memory(share.imagesBytes)) },
				{
					text: say(
						[
							'  layers that no other image has; shared layers take {bytes:bytes} or more',
							'  다른 이미지에 없는 레이어 기준, 공유 레이어는 {bytes:bytes} 이상',
						],
						{ bytes: share.imagesSharedBytes },
					),
					tone: 'muted',
				},
				...share.images.map(image => part(image.bytes, image.tags[0] ?? image.id.slice(7, 19))),
				{ text: row(say(kinds.containers), String(share.containers.length), '', memory(share.containersBytes)) },
				...share.containers.map(one => part(one.writableBytes, one.name)),
				{ text: row(say(kinds.volumes), String(share.volumes.length), '', memory(share.volumesBytes)) },
				...share.volumes.map(volume => part(volume.bytes, volume.name)),
			);
		}
		return { title: say(['Disk usage', '디스크 사용량']), lines };
	});
}
