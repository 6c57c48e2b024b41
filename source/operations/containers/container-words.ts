import { isDeepStrictEqual } from 'node:util';
import { type Container, qualifiedName } from '../../model/engine/container.ts';
import type { ContainerState } from '../../model/state.ts';
import { guestsOf } from '../../selectors/containers/shared-networks.ts';
import { type Message, phrase } from '../../words/message.ts';

/** How plans name containers: those of another project never look like those of the stack. */

/** For titles: `mlflow`, `api (2 replicas)` for all replicas of a service, `shop/api-1`. */
export function namesTogether(services: readonly ContainerState[], ownProject: string | null): (string | Message)[] {
	const names = services.map((one): string | Message => {
		const { project, service, isOneOff } = one.container;
		const siblings = services.filter(
			({ container }) => container.project === project && container.service === service && !container.isOneOff,
		);
		const areAll = one.replicas > 1 && !isOneOff && siblings.length === one.replicas;
		if (!areAll) return qualifiedName(one, ownProject);
		const name = project === ownProject ? service : `${project}/${service}`;
		return phrase(['{name} ({n} {n|replica|replicas})', '{name}(복제본 {n}개)'], { name: name ?? '', n: one.replicas });
	});
	return names.filter((name, index) => names.findIndex(other => isDeepStrictEqual(name, other)) === index);
}

/** `container mlops-api-1 (nginx:1)`, with the project if it is another one. */
export function theContainer({ container }: ContainerState, ownProject: string | null): Message {
	const { name, image, project } = container;
	if (project === ownProject || project === null)
		return phrase(['container {name} ({image})', '컨테이너 {name}({image})'], { name, image });
	return phrase(['container {name} of project {project} ({image})', '{project} 프로젝트의 컨테이너 {name}({image})'], {
		name,
		project,
		image,
	});
}

/** Containers that lose their network when these are stopped or restarted, one sentence each. See `guestsOf`. */
export function networkLosses(
	changed: readonly Container[],
	containers: Readonly<Record<string, ContainerState>>,
	ownProject: string | null,
	{ isOrdered = false } = {},
): Message[] {
	const all = Object.values(containers);
	const nameOf = ({ id, name }: Container) => {
		const one = containers[id];
		return one ? qualifiedName(one, ownProject) : name;
	};
	return guestsOf(
		changed,
		all.map(({ container }) => container),
		{ isOrdered },
	).map(({ guest, host }) =>
		phrase(
			[
				'{guest} uses the network of {host} and loses it: restart {guest} once {host} is up again.',
				'{guest}은(는) {host}의 네트워크를 사용하므로 연결이 끊깁니다. {host}이(가) 다시 시작되면 {guest}을(를) 재시작하세요.',
			],
			{ guest: nameOf(guest), host: nameOf(host) },
		),
	);
}

/** For the audit file: `container mlflow`, `container shop/mlflow`. */
export function containerTarget({ container }: ContainerState, ownProject: string | null): string {
	const { name, project } = container;
	return `container ${project === ownProject || project === null ? name : `${project}/${name}`}`;
}

/** The common project of all services, for the audit file; the stack's own if they belong to several. */
export function projectOfAll(services: readonly ContainerState[], ownProject: string | null): string | null {
	const projects = [...new Set(services.map(({ container }) => container.project))];
	return projects.length === 1 ? (projects[0] ?? null) : ownProject;
}

/** A warning before a plan whose containers belong to other projects. */
export function foreignWarning(services: readonly ContainerState[], ownProject: string | null): Message[] {
	const projects = new Set(services.flatMap(({ container }) => container.project ?? []));
	projects.delete(ownProject ?? '');
	if (projects.size === 0) return [];
	const names = [...projects].join(', ');
	if (ownProject === null) {
		return [
			phrase(
				[
					'Project {names} is not the stack that laketop shows.',
					'{names} 프로젝트는 laketop이 보여 주는 스택이 아닙니다.',
				],
				{ names },
			),
		];
	}
	return [
		phrase(
			[
				'Project {names} is not {own}, the project that laketop shows.',
				'{names} 프로젝트는 laketop이 보여 주는 {own} 프로젝트가 아닙니다.',
			],
			{ names, own: ownProject },
		),
	];
}
