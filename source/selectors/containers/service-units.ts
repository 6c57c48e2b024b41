import { displayName, hasOwnTraffic, qualifiedName } from '../../model/engine/container.ts';
import { serviceGrades, serviceLook } from '../../model/engine/health-symbol.ts';
import type { ContainerState, StackState } from '../../model/state.ts';
import { servicesInOrder } from './service-groups.ts';

/** A service with its replicas, or a container by itself: one row of a list. */
export type ServiceUnit = {
	/** `project/service` for several replicas, else the name of the container, which holds no slash. */
	readonly id: string;
	/** Containers by their numbers. */
	readonly replicas: readonly [ContainerState, ...ContainerState[]];
	/** The first replica in the worst state, which is the state of the service. */
	readonly worst: ContainerState;
	/** Replicas that are up, or done. */
	readonly up: number;
	/** Since when it is in that state, by its oldest replica in it; ms, null if unknown. */
	readonly since: number | null;
	/** Sums of its running containers; null if nothing is known of any. */
	readonly use: UnitUse | null;
	/** Sums of the last samples of CPU, percent of one core, oldest first; also of a container that has ended. */
	readonly cpuHistory: readonly number[];
	/** Restarts of all replicas by the engine; null until one was inspected. */
	readonly restarts: number | null;
};

export type UnitUse = {
	/** Sum, percent of one core; null until there are two samples of one. */
	readonly cpuPercent: number | null;
	readonly memoryBytes: number;
	/** Of the replica that is nearest to its limit: a sum would hide it. */
	readonly memoryPercent: number | null;
	/** Sums, bytes since the start; null if no container has traffic of its own. */
	readonly traffic: { readonly received: number; readonly sent: number } | null;
	/** Sums, bytes since the start. */
	readonly blockRead: number;
	readonly blockWritten: number;
};

/** `worker-2` precedes `worker-10`, whatever the locale. */
const byName = new Intl.Collator('en', { numeric: true });

/** The id of a service with several replicas; null if a container is a row by itself. */
function serviceId({ container, replicas }: ContainerState): string | null {
	const { project, service, isOneOff } = container;
	if (replicas < 2 || isOneOff || project === null || service === null) return null;
	// Compose allows no slash in either; from other labels, ids could be ambiguous.
	return project.includes('/') || service.includes('/') ? null : `${project}/${service}`;
}

/** Containers as services, in the order of their first replicas. */
export function unitsOf(containers: readonly ContainerState[]): ServiceUnit[] {
	const groups = new Map<string, ContainerState[]>();
	for (const one of containers) {
		const id = serviceId(one) ?? one.container.name;
		groups.set(id, [...(groups.get(id) ?? []), one]);
	}
	return [...groups].flatMap(([id, [first, ...others]]) => (first ? [unitOf(id, [first, ...others])] : []));
}

/** One container as a row, even if it is one of several replicas. */
export function unitOfOne(one: ContainerState): ServiceUnit {
	return unitOf(one.container.name, [one]);
}

function unitOf(id: string, all: ServiceUnit['replicas']): ServiceUnit {
	const rank = (one: ContainerState) => serviceGrades.indexOf(serviceLook(one).grade);
	const worst = all.reduce((found, one) => (rank(one) < rank(found) ? one : found));
	const times = all.flatMap(one => (rank(one) === rank(worst) && one.since !== null ? [one.since] : []));
	const restarts = all.flatMap(({ detail }) => (detail ? [detail.restartCount] : []));
	return {
		id,
		replicas: all,
		worst,
		up: all.filter(one => ['up', 'done'].includes(serviceLook(one).grade)).length,
		since: times.length === 0 ? null : Math.min(...times),
		use: totalUse(all),
		cpuHistory: summed(all.map(({ use }) => use?.cpuHistory ?? [])),
		restarts: restarts.length === 0 ? null : sum(restarts),
	};
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function totalUse(all: readonly ContainerState[]): UnitUse | null {
	const running = all.filter(({ container }) => container.state === 'running');
	const uses = running.flatMap(({ use }) => use ?? []);
	if (uses.length === 0) return null;
	const percents = uses.flatMap(({ cpuPercent }) => cpuPercent ?? []);
	const shares = uses.flatMap(({ memoryPercent }) => memoryPercent ?? []);
	const own = running.flatMap(({ container, use }) => (use && hasOwnTraffic(container) ? [use.last] : []));
	return {
		cpuPercent: percents.length === 0 ? null : sum(percents),
		memoryBytes: sum(uses.map(({ last }) => last.memoryBytes)),
		memoryPercent: shares.length === 0 ? null : Math.max(...shares),
		traffic:
			own.length === 0
				? null
				: { received: sum(own.map(last => last.receivedBytes)), sent: sum(own.map(last => last.sentBytes)) },
		blockRead: sum(uses.map(({ last }) => last.blockReadBytes)),
		blockWritten: sum(uses.map(({ last }) => last.blockWrittenBytes)),
	};
}

/** Sums of histories that end now; a shorter one began later. */
function summed(histories: readonly (readonly number[])[]): readonly number[] {
	const [only] = histories;
	if (only && histories.length === 1) return only;
	const length = Math.max(...histories.map(history => history.length));
	return Array.from({ length }, (_, index) => sum(histories.map(history => history.at(index - length) ?? 0)));
}

/** The name of a service without the number of a replica; with the project if it is another one. */
export function unitName({ replicas: [first, ...others] }: ServiceUnit, ownProject: string | null): string {
	if (others.length === 0) return qualifiedName(first, ownProject);
	const { project, service } = first.container;
	return project === ownProject ? (service ?? '') : `${project}/${service}`;
}

/** The same without a project. */
export function shortUnitName({ replicas: [first, ...others] }: ServiceUnit): string {
	return others.length === 0 ? displayName(first) : (first.container.service ?? '');
}

export function byUnitName(a: ServiceUnit, b: ServiceUnit): number {
	return byName.compare(shortUnitName(a), shortUnitName(b)) || byName.compare(a.id, b.id);
}

/**
 * The containers of an id: all current replicas of a service, or the container of that name. None for an unknown id.
 */
export function containersOf(
	state: Pick<StackState, 'containers'>,
	id: string,
	ownProject: string | null,
): readonly ContainerState[] {
	const all = servicesInOrder(state, ownProject);
	if (!id.includes('/')) return all.filter(({ container }) => container.name === id);
	const several = all.filter(one => serviceId(one) === id);
	if (several.length > 0) return several;
	return all.filter(({ container: { project, service, isOneOff } }) => !isOneOff && `${project}/${service}` === id);
}

/**
 * Everything with a name: each service, and each replica of those with several.
 * @returns in the order of the screen
 */
export function unitsToName(state: Pick<StackState, 'containers'>, ownProject: string | null): ServiceUnit[] {
	return unitsOf(servicesInOrder(state, ownProject)).flatMap(unit =>
		unit.replicas.length === 1 ? [unit] : [unit, ...unit.replicas.map(unitOfOne)],
	);
}
