import * as z from 'zod/mini';
import type { DiskUsage } from '../../model/engine/disk-usage.ts';
import { optionalText, outsideList, outsideName, outsideText } from '../../model/text/outside-text.ts';
import { label, labels } from './compose-labels.ts';

const size = z.pipe(
	z.nullish(z.number()),
	z.transform(bytes => bytes ?? 0),
);

/** `GET /system/df` up to API 1.51; -1 is "not computed". */
export const diskUsageAnswer = z.pipe(
	z.object({
		LayersSize: size,
		Images: z.nullish(
			outsideList(
				z.object({
					Id: outsideText,
					RepoTags: z.nullish(outsideList(outsideText)),
					Size: size,
					SharedSize: z.nullish(z.number()),
					Containers: z.nullish(z.number()),
				}),
			),
		),
		Containers: z.nullish(
			outsideList(
				z.object({
					Id: outsideText,
					Names: z.nullish(outsideList(outsideName)),
					ImageID: optionalText,
					State: optionalText,
					SizeRw: size,
					Labels: labels,
				}),
			),
		),
		Volumes: z.nullish(
			outsideList(
				z.object({
					Name: outsideName,
					Labels: labels,
					UsageData: z.nullish(z.object({ Size: z.nullish(z.number()), RefCount: z.nullish(z.number()) })),
				}),
			),
		),
		BuildCache: z.nullish(
			outsideList(z.object({ Size: size, InUse: z.nullish(z.boolean()), Shared: z.nullish(z.boolean()) })),
		),
	}),
	z.transform((answer): DiskUsage => {
		const known = (bytes: number | null | undefined) =>
			bytes !== null && bytes !== undefined && bytes >= 0 ? bytes : null;
		return {
			layersBytes: answer.LayersSize,
			images: (answer.Images ?? []).map(image => ({
				id: image.Id,
				tags: (image.RepoTags ?? []).filter(tag => tag !== '<none>:<none>'),
				bytes: image.Size,
				sharedBytes: known(image.SharedSize),
				containers: known(image.Containers) ?? 0,
			})),
			containers: (answer.Containers ?? []).map(container => ({
				id: container.Id,
				name: (container.Names?.[0] ?? container.Id.slice(0, 12)).replace(/^\//, ''),
				project: label(container.Labels, 'project'),
				service: label(container.Labels, 'service'),
				imageId: container.ImageID ?? '',
				state: container.State ?? 'unknown',
				writableBytes: container.SizeRw,
			})),
			volumes: (answer.Volumes ?? []).map(volume => ({
				name: volume.Name,
				project: label(volume.Labels, 'project'),
				bytes: known(volume.UsageData?.Size),
				containers: known(volume.UsageData?.RefCount),
			})),
			buildCache: (answer.BuildCache ?? []).map(entry => ({
				bytes: entry.Size,
				isInUse: entry.InUse ?? false,
				isShared: entry.Shared ?? false,
			})),
		};
	}),
);
