import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from '../model/check.ts';
import { exitedWith } from '../model/failures/exited-with.ts';
import { ClientError } from '../model/failures/failure.ts';
import { type Check, type CheckDeps, one } from './check.ts';

function fileState(deps: CheckDeps): string {
	const { files, directory } = deps.compose.project();
	return [...files, join(directory, '.env')]
		.map(path => {
			try {
				const { mtimeMs, size } = statSync(path);
				return `${path} ${mtimeMs} ${size}`;
			} catch {
				return `${path} -`;
			}
		})
		.join('\n');
}

/** The current Compose configuration, and the images its names refer to, to find drift. */
export function composeFileCheck(): Check {
	/** State of the files at the last look: Compose runs again only when they have changed. */
	let seen: string | null = null;
	return {
		name: 'compose file',
		subjects: deps =>
			one(
				deps.facts().isEngineLive &&
					deps.facts().services.length > 0 &&
					deps.compose.project().origin !== 'default' &&
					deps.compose.missingFiles().length === 0,
			),
		everyMs: 300_000,
		leastMs: 5000,
		afterMs: 2000,
		isUrgent: deps => seen !== null && seen !== fileState(deps),
		async look(deps, _subject, signal): Promise<CheckResult | null> {
			const { compose } = deps;
			const state = fileState(deps);
			if ((await compose.available()) === null) return null;
			const lines: string[] = [];
			// Without services of profiles that are not active: those are not missing. Tried with Compose 2.29.7.
			const [code, images] = await Promise.all([
				compose.run(['config', '--hash', '*'], line => lines.push(line), signal),
				imagesOf(deps, signal),
			]);
			seen = state;
			if (code !== 0) throw new ClientError('refused', exitedWith('docker compose config', code, lines.at(-1) ?? ''));
			const hashes = Object.fromEntries(
				lines.flatMap(line => {
					const [, service, hash] = /^(\S+) ([0-9a-f]{64})$/.exec(line) ?? [];
					return service === undefined || hash === undefined ? [] : [[service, hash]];
				}),
			);
			return { check: 'compose file', hashes, images, withoutReplicas: await withoutReplicas(deps, hashes, signal) };
		},
	};
}

/** Compose hashes a service without regard to its replicas: they are looked up only if a service has no container. */
async function withoutReplicas(
	{ compose, facts }: CheckDeps,
	hashes: Readonly<Record<string, string>>,
	signal: AbortSignal,
): Promise<string[]> {
	const present = new Set(facts().services.map(({ service }) => service));
	if (Object.keys(hashes).every(service => present.has(service))) return [];
	const services = await compose.services(signal);
	return services.flatMap(({ name, replicas }) => (replicas === 0 ? [name] : []));
}

/** The image that each image name of a service refers to now. */
async function imagesOf({ docker, facts }: CheckDeps, signal: AbortSignal): Promise<Record<string, string | null>> {
	// A container whose image lost its name is listed with the image id.
	const names = [...new Set(facts().services.map(({ it }) => it.container.image))].filter(
		name => name !== '' && !/^(sha256:)?[0-9a-f]{12,64}$/.test(name),
	);
	const ids = await Promise.all(names.map(name => docker.imageId(name, signal)));
	return Object.fromEntries(names.map((name, index) => [name, ids[index] ?? null]));
}
