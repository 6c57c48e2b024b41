import * as z from 'zod/mini';
import { eachOf } from '../../model/each-of.ts';
import type { Container } from '../../model/engine/container.ts';
import type { DiskUsage } from '../../model/engine/disk-usage.ts';
import { ClientError } from '../../model/failures/failure.ts';
import { outsideList, outsideName, outsideText } from '../../model/text/outside-text.ts';
import { label, labels } from './compose-labels.ts';
import { stateAnswer } from './docker-answers.ts';
import type { EngineCalls } from './engine-calls.ts';

/**
 * Fills what Podman's Docker-compatible lists leave out, from its other answers. Observed with Podman 4.3.1
 * (test/fixtures/recorded/podman-4.3).
 */
export class PodmanGaps {
	readonly #calls: EngineCalls;
	/** Ids of containers that have no health check; it never gets one. */
	readonly #unprobed = new Set<string>();

	constructor(calls: EngineCalls) {
		this.#calls = calls;
	}

	/** The containers with their health, which only an inspection shows. One that is gone meanwhile stays as listed. */
	async withHealth(containers: readonly Container[], signal: AbortSignal | undefined): Promise<Container[]> {
		const found = new Map<string, string>();
		const asked = containers.filter(
			({ id, state, health }) => state === 'running' && health === 'none' && !this.#unprobed.has(id),
		);
		if (this.#unprobed.size > maxKept) this.#unprobed.clear();
		await eachOf(asked, 6, async ({ id }) => {
			try {
				const { State } = await this.#calls.inspect(id, healthAnswer, signal);
				const status = State.Health?.Status ?? '';
				if (status !== '') found.set(id, status);
				else if (State.Status === 'running') this.#unprobed.add(id);
			} catch (error) {
				if (!(error instanceof ClientError && error.failure.kind === 'not-found')) throw error;
			}
		});
		return containers.map(one => ({ ...one, health: found.get(one.id) ?? one.health }));
	}

	/**
	 * The usage with Compose projects of containers and volumes, and complete names of images. The size of all layers,
	 * which Podman reports as 0, is counted from the images: layers that several of them share count as one.
	 */
	async withNames(
		usage: DiskUsage,
		containers: readonly Container[],
		signal: AbortSignal | undefined,
	): Promise<DiskUsage> {
		const [volumeLabels, tags] = await Promise.all([this.#volumeLabels(signal), this.#imageTags(signal)]);
		const listed = new Map(containers.map(container => [container.id, container]));
		return {
			...usage,
			layersBytes: usage.layersBytes || layersOf(usage.images),
			images: usage.images.map(image => ({
				...image,
				id: withAlgorithm(image.id),
				tags: tags.get(withAlgorithm(image.id)) ?? image.tags,
			})),
			containers: usage.containers.map(container => ({
				...container,
				project: container.project ?? listed.get(container.id)?.project ?? null,
				service: container.service ?? listed.get(container.id)?.service ?? null,
				imageId: withAlgorithm(container.imageId),
			})),
			volumes: usage.volumes.map(volume => ({
				...volume,
				project: volume.project ?? volumeLabels.get(volume.name) ?? null,
			})),
		};
	}

	/** The Compose projects of volumes, by name. */
	async #volumeLabels(signal: AbortSignal | undefined): Promise<Map<string, string | null>> {
		const answer = await this.#calls.ask(['volume list', '볼륨 목록'], signal, abortSignal =>
			this.#calls.get('/volumes', abortSignal),
		);
		const { Volumes } = this.#calls.parse(['volume list', '볼륨 목록'], volumesAnswer, answer);
		return new Map((Volumes ?? []).map(({ Name, Labels }) => [Name, label(Labels, 'project')]));
	}

	/** The names of images, by id. */
	async #imageTags(signal: AbortSignal | undefined): Promise<Map<string, string[]>> {
		const answer = await this.#calls.ask(['image list', '이미지 목록'], signal, abortSignal =>
			this.#calls.get('/images/json', abortSignal),
		);
		const images = this.#calls.parse(['image list', '이미지 목록'], imagesAnswer, answer);
		return new Map(images.map(({ Id, RepoTags }) => [withAlgorithm(Id), RepoTags ?? []]));
	}
}

/** Removed containers are not reported here, so the set is limited. */
const maxKept = 2000;

const healthAnswer = z.object({ State: stateAnswer });
const volumesAnswer = z.object({ Volumes: z.nullish(outsideList(z.object({ Name: outsideName, Labels: labels }))) });
const imagesAnswer = outsideList(z.object({ Id: outsideText, RepoTags: z.nullish(outsideList(outsideText)) }));

/** As in inspections: disk usage has ids without their algorithm. */
function withAlgorithm(id: string): string {
	return id === '' || id.includes(':') ? id : `sha256:${id}`;
}

function layersOf(images: DiskUsage['images']): number {
	const shared = images.map(image => image.sharedBytes ?? 0);
	return images.reduce((sum, image) => sum + image.bytes - (image.sharedBytes ?? 0), 0) + Math.max(0, ...shared);
}
