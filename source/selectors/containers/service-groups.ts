import { displayName } from '../../model/engine/container.ts';
import type { ContainerState, StackState } from '../../model/state.ts';
import { byNumberedName } from '../../model/text/by-name.ts';
import { memoised } from '../memo.ts';

/** Containers under one heading. */
export type ServiceGroup = {
	/** null: not managed by Compose. */
	readonly project: string | null;
	/** The one-off containers of the project (`docker compose run`): none of them is a service. */
	readonly isOneOff: boolean;
	readonly services: readonly ContainerState[];
};

function byShownName(a: ContainerState, b: ContainerState): number {
	return byNumberedName(displayName(a), displayName(b)) || byNumberedName(a.container.name, b.container.name);
}

/**
 * The stack's own services, then other Compose projects, then containers without Compose. One-off containers follow the
 * services of their project.
 */
export function serviceGroups(state: StackState, ownProject: string | null): readonly ServiceGroup[] {
	return groupsOf(state.containers, ownProject);
}

type Containers = StackState['containers'];

const groupsOf = memoised((containers: Containers, ownProject: string | null): readonly ServiceGroup[] => {
	const groups = new Map<string, ContainerState[]>();
	for (const service of Object.values(containers)) {
		const { project, isOneOff } = service.container;
		const key = JSON.stringify([project, project !== null && isOneOff]);
		groups.set(key, [...(groups.get(key) ?? []), service]);
	}
	const rank = ({ project }: ServiceGroup) => (project === null ? 2 : project === ownProject ? 0 : 1);
	return [...groups.values()]
		.map(
			(services): ServiceGroup => ({
				project: services[0]?.container.project ?? null,
				isOneOff: services.some(({ container }) => container.project !== null && container.isOneOff),
				services: services.toSorted(byShownName),
			}),
		)
		.toSorted(
			(a, b) =>
				rank(a) - rank(b) ||
				byNumberedName(a.project ?? '', b.project ?? '') ||
				Number(a.isOneOff) - Number(b.isOneOff),
		);
});

/** All containers in the shown order, which the selection moves over. */
export function servicesInOrder(
	state: Pick<StackState, 'containers'>,
	ownProject: string | null,
): readonly ContainerState[] {
	return inOrder(state.containers, ownProject);
}

const inOrder = memoised((containers: Containers, ownProject: string | null): readonly ContainerState[] =>
	groupsOf(containers, ownProject).flatMap(group => group.services),
);

/**
 * The container of that name, else the first of the own project: no action reaches another project's by default.
 */
export function selectedOf(
	services: readonly ContainerState[],
	name: string | null,
	ownProject: string | null,
): ContainerState | undefined {
	return (
		services.find(({ container }) => container.name === name) ??
		services.find(({ container }) => container.project === ownProject)
	);
}

/** The replicas of the stack's services, without one-off containers; without a project, those of every service. */
export function stackServices(state: StackState, ownProject: string | null): ContainerState[] {
	return servicesInOrder(state, ownProject).filter(
		({ container }) => !container.isOneOff && (ownProject === null || container.project === ownProject),
	);
}
