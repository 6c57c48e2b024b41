import { isDeepStrictEqual } from 'node:util';
import { type Container, type ContainerDetail, type ContainerEvent, replicaInName } from '../engine/container.ts';
import { useAfter } from '../engine/container-stats.ts';
import { runsOnce } from '../engine/role.ts';
import type { ContainerState, StackState } from '../state.ts';
import { type Folds, replace } from './folds.ts';

const endsKept = 10;
const nobody: ReadonlySet<string> = new Set();

/** The containers of the engine. */
export const containerFolds: Folds<
	'containers listed' | 'container inspected' | 'container removed' | 'container event' | 'container stats'
> = {
	'containers listed': (state, seen) =>
		replace(state, 'containers', containersAfterList(state, seen.containers, seen.at, seen.askedAt)),

	'container inspected': (state, seen) =>
		withContainer(state, seen.detail.id, before => containerAfterInspect(before, seen.detail, seen.at, seen.askedAt)),

	'container removed': (state, seen) => {
		if (!state.containers[seen.id]) return state;
		const { [seen.id]: _removed, ...containers } = state.containers;
		return { ...state, containers: withSiblings(containers) };
	},

	'container event': (state, seen) =>
		withContainer(state, seen.event.id, before => containerAfterEvent(before, seen.event, seen.at)),

	'container stats': (state, seen) =>
		withContainer(state, seen.sample.id, before => ({
			...before,
			use: useAfter(before.use ?? undefined, seen.sample),
		})),
};

function withContainer(state: StackState, id: string, change: (before: ContainerState) => ContainerState): StackState {
	const before = state.containers[id];
	if (!before) return state;
	const after = change(before);
	return isDeepStrictEqual(before, after) ? state : { ...state, containers: { ...state.containers, [id]: after } };
}

/**
 * State and health in a response of the engine. List, inspection and events use separate connections: if an event
 * arrived after the request was sent, the response may be older than it.
 */
function latest<Answer extends { readonly state: string; readonly health: string }>(
	before: ContainerState | undefined,
	answer: Answer,
	askedAt: number | undefined,
): Answer {
	if (before?.heardAt == null || askedAt === undefined || before.heardAt < askedAt) return answer;
	const { state, health } = before.container;
	return { ...answer, state, health };
}

function containersAfterList(state: StackState, listed: readonly Container[], at: number, askedAt?: number) {
	const after: Record<string, ContainerState> = {};
	for (const answer of listed) {
		const before = state.containers[answer.id];
		const container = latest(before, answer, askedAt);
		const same = before?.container.state === container.state && before.container.health === container.health;
		after[container.id] =
			before && isDeepStrictEqual(before.container, container)
				? before
				: {
						container,
						replicas: before?.replicas ?? 1,
						isJob: before?.isJob ?? false,
						detail: before?.detail ?? null,
						// On the first look the time is unknown: only an inspection shows it.
						since: before ? (same ? before.since : at) : null,
						reportsHealth: before?.reportsHealth || container.health !== 'none',
						heardAt: before?.heardAt ?? null,
						use: before?.use ?? null,
						ends: before?.ends ?? [],
						oomAt: before?.oomAt ?? null,
						setupChangedAt: before?.setupChangedAt ?? null,
					};
	}
	return withSiblings(after);
}

/**
 * Adds what depends on the other containers. Replicas are counted by Compose's generated names: while Compose replaces
 * a container it renames the old one, which is no second replica.
 */
function withSiblings(containers: Readonly<Record<string, ContainerState>>): Record<string, ContainerState> {
	const serviceOf = ({ project, service }: Container) => `${project}\n${service}`;
	const counts = new Map<string, number>();
	const awaited = new Map<string | null, ReadonlySet<string>>();
	for (const { container } of Object.values(containers)) {
		const { project, startsAfterEndOf = [] } = container;
		if (startsAfterEndOf.length > 0)
			awaited.set(project, new Set([...(awaited.get(project) ?? []), ...startsAfterEndOf]));
		if (replicaInName(container) === null) continue;
		counts.set(serviceOf(container), (counts.get(serviceOf(container)) ?? 0) + 1);
	}
	const counted = (one: ContainerState): ContainerState => {
		const replicas = replicaInName(one.container) === null ? 1 : (counts.get(serviceOf(one.container)) ?? 1);
		const isJob = runsOnce(one.container, awaited.get(one.container.project) ?? nobody);
		return replicas === one.replicas && isJob === one.isJob ? one : { ...one, replicas, isJob };
	};
	return Object.fromEntries(Object.entries(containers).map(([id, one]) => [id, counted(one)]));
}

function containerAfterInspect(
	before: ContainerState,
	answer: ContainerDetail,
	at: number,
	askedAt?: number,
): ContainerState {
	const detail = latest(before, answer, askedAt);
	const { state, health } = detail;
	const changed = before.container.state !== state || before.container.health !== health;
	const first = before.since === null;
	return {
		...before,
		container: changed ? { ...before.container, state, health } : before.container,
		detail,
		reportsHealth: before.reportsHealth || health !== 'none',
		since: first ? sinceFromDetail(detail) : changed ? (sinceFromDetail(detail) ?? at) : before.since,
	};
}

/**
 * Since when a container is in its state, as far as one inspection shows: the first probe of the failing streak if the
 * log still has it (the engine keeps five), else start or end of the container.
 */
function sinceFromDetail(detail: ContainerDetail): number | null {
	if (detail.state !== 'running' && detail.state !== 'paused') return detail.finishedAt ?? detail.startedAt;
	if (detail.health === 'unhealthy') {
		const failing = detail.probes.slice(-Math.max(1, detail.failingStreak));
		return failing[0]?.startedAt ?? detail.startedAt;
	}
	return detail.startedAt;
}

function containerAfterEvent(before: ContainerState, event: ContainerEvent, at: number): ContainerState {
	const { container } = before;
	const to = (state: string, health: string): ContainerState =>
		container.state === state && container.health === health
			? { ...before, heardAt: at }
			: { ...before, container: { ...container, state, health }, since: event.happenedAt, heardAt: at };
	switch (event.action) {
		case 'start':
			return {
				...to('running', before.reportsHealth ? 'starting' : 'none'),
				since: event.happenedAt,
				detail: before.detail && { ...before.detail, startedAt: event.happenedAt },
				// Its counters and usage history start again.
				use: before.use ? { ...before.use, cpuPercent: null } : null,
			};
		case 'die': {
			const startedAt = before.detail?.startedAt ?? null;
			const ranMs = startedAt === null ? null : event.happenedAt - startedAt;
			const end = { at: event.happenedAt, exitCode: event.exitCode, ranMs };
			const dead = { ...to('exited', 'none'), ends: [...before.ends, end].slice(-endsKept) };
			if (!dead.detail || event.exitCode === null) return dead;
			return { ...dead, detail: { ...dead.detail, exitCode: event.exitCode, finishedAt: event.happenedAt } };
		}
		case 'oom':
			return { ...before, oomAt: event.happenedAt };
		case 'network connect':
		case 'network disconnect':
		case 'update':
			return { ...before, setupChangedAt: event.happenedAt };
		case 'pause':
			return to('paused', container.health);
		case 'unpause':
			return to('running', container.health);
		default:
			if (event.action.startsWith('health_status: ')) {
				return { ...to(container.state, event.action.slice('health_status: '.length)), reportsHealth: true };
			}
			return before;
	}
}
