/** The engine's disk usage (`GET /system/df`). Sizes are bytes. */
export type DiskUsage = {
	/** All layers of all images, each counted once. */
	readonly layersBytes: number;
	readonly images: readonly DiskImage[];
	readonly containers: readonly DiskContainer[];
	readonly volumes: readonly DiskVolume[];
	readonly buildCache: readonly DiskCacheEntry[];
};

export type DiskImage = {
	readonly id: string;
	/** `repository:tag`; empty for an untagged image. */
	readonly tags: readonly string[];
	/** All its layers, including shared ones. */
	readonly bytes: number;
	/** Layers shared with other images; null if the engine does not report it. */
	readonly sharedBytes: number | null;
	/** Containers of this image. */
	readonly containers: number;
};

export type DiskContainer = {
	readonly id: string;
	readonly name: string;
	readonly project: string | null;
	readonly service: string | null;
	readonly imageId: string;
	readonly state: string;
	/** Data written over its image, without logs and volumes. */
	readonly writableBytes: number;
};

export type DiskVolume = {
	readonly name: string;
	readonly project: string | null;
	/** null if the driver does not report it. */
	readonly bytes: number | null;
	/** Containers that use it, running or not; null if the engine does not report it. */
	readonly containers: number | null;
};

export type DiskCacheEntry = { readonly bytes: number; readonly isInUse: boolean; readonly isShared: boolean };

export type DiskTotal = {
	readonly kind: 'images' | 'containers' | 'volumes' | 'build cache';
	readonly count: number;
	/** Images with a container, running containers, volumes with a container, cache in use. */
	readonly active: number;
	readonly bytes: number;
	/** What a prune would free, computed as docker does. */
	readonly reclaimableBytes: number;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/**
 * The four rows of `docker system df`, computed as the docker CLI does (docker/cli,
 * cli/command/formatter/disk_usage.go): images by their layers, each counted once; reclaimable is everything except the
 * unshared layers of images with containers.
 */
export function totalsOf({ layersBytes, images, containers, volumes, buildCache }: DiskUsage): DiskTotal[] {
	const used = images.filter(image => image.containers > 0);
	const usedUnshared = sum(used.map(image => (image.sharedBytes === null ? 0 : image.bytes - image.sharedBytes)));
	const running = containers.filter(container => /running|paused|restarting/.test(container.state));
	const mounted = volumes.filter(volume => (volume.containers ?? 0) > 0);
	const ownCache = buildCache.filter(entry => !entry.isShared);
	return [
		{
			kind: 'images',
			count: images.length,
			active: used.length,
			bytes: layersBytes,
			reclaimableBytes: Math.max(0, layersBytes - usedUnshared),
		},
		{
			kind: 'containers',
			count: containers.length,
			active: running.length,
			bytes: sum(containers.map(container => container.writableBytes)),
			reclaimableBytes: sum(
				containers.filter(container => !running.includes(container)).map(container => container.writableBytes),
			),
		},
		{
			kind: 'volumes',
			count: volumes.length,
			active: mounted.length,
			bytes: sum(volumes.map(volume => volume.bytes ?? 0)),
			reclaimableBytes: sum(volumes.filter(volume => volume.containers === 0).map(volume => volume.bytes ?? 0)),
		},
		{
			kind: 'build cache',
			count: buildCache.length,
			active: buildCache.filter(entry => entry.isInUse).length,
			bytes: sum(ownCache.map(entry => entry.bytes)),
			reclaimableBytes: sum(ownCache.filter(entry => !entry.isInUse).map(entry => entry.bytes)),
		},
	];
}

/** The share of one Compose project. */
export type DiskShare = {
	readonly project: string;
	readonly containers: readonly DiskContainer[];
	readonly containersBytes: number;
	/** By their label, running containers or not. */
	readonly volumes: readonly DiskVolume[];
	readonly volumesBytes: number;
	/** Images of its containers. */
	readonly images: readonly DiskImage[];
	/** Unshared layers: freed by removing one of the images. */
	readonly imagesBytes: number;
	/** Layers that these images share with each other or with other images take at least this much more. */
	readonly imagesSharedBytes: number;
};

export function shareOf(usage: DiskUsage, project: string): DiskShare {
	const containers = usage.containers.filter(container => container.project === project);
	const volumes = usage.volumes.filter(volume => volume.project === project);
	const images = usage.images.filter(image => containers.some(container => container.imageId === image.id));
	return {
		project,
		containers,
		containersBytes: sum(containers.map(container => container.writableBytes)),
		volumes,
		volumesBytes: sum(volumes.map(volume => volume.bytes ?? 0)),
		images,
		imagesBytes: sum(images.map(image => image.bytes - (image.sharedBytes ?? 0))),
		// A layer may be in all of them; the engine does not report which, so only the largest share is certain.
		imagesSharedBytes: Math.max(0, ...images.map(image => image.sharedBytes ?? 0)),
	};
}
