import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Service } from '../diagnosis/facts.ts';
import type { CheckResult } from '../model/check.ts';
import { ClientError } from '../model/failure.ts';
import { maskText } from '../model/secrets.ts';
import type { ContainerState } from '../model/state.ts';
import { type Check, type CheckDeps, one } from './check.ts';

/** What each container was made from. Asked for when it is new, when its network changed, and now and then. */
export const setupCheck: Check = {
	name: 'setup',
	subjects: ({ facts }) => (facts().isEngineLive ? facts().services.map(({ it }) => it.container.id) : []),
	everyMs: 120_000,
	leastMs: 500,
	isUrgent({ facts, now }, id) {
		const changedAt = facts().state.containers[id]?.setupChangedAt ?? null;
		if (changedAt === null) return false;
		const seenAt = facts().state.checks[`setup\n${id}`]?.at ?? 0;
		return changedAt > seenAt - 1000 && now() - changedAt < 30_000;
	},
	async look({ docker }, id, signal) {
		return { check: 'setup', setup: await docker.setup(id, signal) };
	},
};

/** So many of the last lines are read. */
const linesRead = 60;

/** What a container wrote before it ended or fell ill; read once for each state that it gets into. */
export const lastLinesCheck: Check = {
	name: 'last lines',
	subjects: ({ facts }) =>
		facts()
			.services.filter(isIll)
			.map(({ it }) => it.container.id),
	everyMs: 30_000,
	leastMs: 3000,
	isUrgent({ facts }, id) {
		const it = facts().state.containers[id];
		const told = facts().check('last lines', id);
		return it !== undefined && told?.of !== stateOf(it);
	},
	async look({ docker, facts }, id, signal) {
		const it = facts().state.containers[id];
		if (!it) return null;
		const lines: string[] = [];
		const request = { tail: linesRead, tty: it.detail?.tty ?? false, follow: false };
		for await (const batch of docker.logs(id, request, signal)) lines.push(...batch.map(({ text }) => maskText(text)));
		return {
			check: 'last lines',
			lines: lines.filter(line => line.trim() !== '' && !probeLine.test(line)).slice(-linesRead),
			of: stateOf(it),
		};
	},
};

/** Access logs of health checks, which would push out what matters. */
const probeLine = /"GET \/health HTTP/;

function isIll({ it }: Service): boolean {
	const { state, health } = it.container;
	if (state === 'running') return health === 'unhealthy' || (it.detail?.restartCount ?? 0) > 0 || isFresh(it);
	return state === 'exited' || state === 'dead' || state === 'restarting';
}

/** It has ended lately, and may do so again. */
function isFresh({ ends }: ContainerState): boolean {
	return ends.length > 0 && ends.at(-1)?.exitCode !== 0;
}

function stateOf({ container, detail }: ContainerState): string {
	return [container.state, container.health, detail?.startedAt, detail?.finishedAt].join(' ');
}

/** When the file was last looked at, and how it was: to ask Compose again only when it has changed. */
const seen = new WeakMap<CheckDeps, string>();

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

/** What the Compose file says now, and which images its names mean: to tell drift. */
export const composeFileCheck: Check = {
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
	isUrgent: deps => {
		const before = seen.get(deps);
		return before !== undefined && before !== fileState(deps);
	},
	async look(deps, _subject, signal): Promise<CheckResult | null> {
		const { compose } = deps;
		const state = fileState(deps);
		if ((await compose.available()) === null) return null;
		const lines: string[] = [];
		const [code, images] = await Promise.all([
			compose.run(['config', '--hash', '*'], line => lines.push(line), signal),
			imagesOf(deps, signal),
		]);
		seen.set(deps, state);
		if (code !== 0) throw new ClientError('refused', lines.at(-1) ?? `docker compose config ended with ${code}`);
		const hashes = Object.fromEntries(
			lines.flatMap(line => {
				const [, service, hash] = /^(\S+) ([0-9a-f]{64})$/.exec(line) ?? [];
				return service === undefined || hash === undefined ? [] : [[service, hash]];
			}),
		);
		return { check: 'compose file', hashes, images };
	},
};

/** Which image each name that a service was made from means now. */
async function imagesOf({ docker, facts }: CheckDeps, signal: AbortSignal): Promise<Record<string, string | null>> {
	// A container whose image lost its name is listed by the id.
	const names = [...new Set(facts().services.map(({ it }) => it.container.image))].filter(
		name => name !== '' && !/^(sha256:)?[0-9a-f]{12,64}$/.test(name),
	);
	const ids = await Promise.all(names.map(name => docker.imageId(name, signal)));
	return Object.fromEntries(names.map((name, index) => [name, ids[index] ?? null]));
}
