import { type Container, qualifiedName } from '../model/container.ts';
import type { ContainerState } from '../model/state.ts';
import { guestsOf } from '../selectors/shared-networks.ts';

/** How plans name the containers that they touch: never so that one of another project reads like one of the own. */

/** As titles name containers: `mlflow`, `api (2 replicas)` where all of a service are meant, `shop/api-1`. */
export function namesTogether(services: readonly ContainerState[], ownProject: string | null): string[] {
	const names = services.map(one => {
		const { project, service, isOneOff } = one.container;
		const siblings = services.filter(
			({ container }) => container.project === project && container.service === service && !container.isOneOff,
		);
		const areAll = one.replicas > 1 && !isOneOff && siblings.length === one.replicas;
		if (!areAll) return qualifiedName(one, ownProject);
		const name = project === ownProject ? service : `${project}/${service}`;
		return `${name} (${one.replicas} replicas)`;
	});
	return [...new Set(names)];
}

/** `The container mlops-api-1 (nginx:1)`, with the project where it is another one. */
export function theContainer({ container }: ContainerState, ownProject: string | null): string {
	const { name, image, project } = container;
	const where = project === ownProject || project === null ? '' : ` of project ${project}`;
	return `The container ${name}${where} (${image})`;
}

/** Who loses the network when these are stopped or restarted, a sentence each. See `guestsOf`. */
export function networkLosses(
	changed: readonly Container[],
	containers: Readonly<Record<string, ContainerState>>,
	ownProject: string | null,
	{ isOrdered = false } = {},
): string[] {
	const all = Object.values(containers);
	const nameOf = ({ id, name }: Container) => {
		const one = containers[id];
		return one ? qualifiedName(one, ownProject) : name;
	};
	return guestsOf(
		changed,
		all.map(({ container }) => container),
		{ isOrdered },
	).map(
		({ guest, host }) =>
			`${nameOf(guest)} shares the network of ${nameOf(host)} and loses it: restart ${nameOf(guest)} once ${nameOf(host)} is up again.`,
	);
}

/** As the record names what was changed: `container mlflow`, `container shop/mlflow`. */
export function containerTarget({ container }: ContainerState, ownProject: string | null): string {
	const { name, project } = container;
	return `container ${project === ownProject || project === null ? name : `${project}/${name}`}`;
}

/** The project of all of them, for the record; the own one where they are of several. */
export function projectOfAll(services: readonly ContainerState[], ownProject: string | null): string | null {
	const projects = [...new Set(services.map(({ container }) => container.project))];
	return projects.length === 1 ? (projects[0] ?? null) : ownProject;
}

/** Why a warning stands before a plan: its containers belong to other projects. */
export function foreignWarning(services: readonly ContainerState[], ownProject: string | null): string[] {
	const projects = new Set(services.flatMap(({ container }) => container.project ?? []));
	projects.delete(ownProject ?? '');
	if (projects.size === 0) return [];
	const names = [...projects];
	const own = ownProject === null ? 'the stack' : `project ${ownProject}`;
	return [`Project ${names.join(', ')} is not ${own}, which laketop watches.`];
}
