import { displayName, replicaInName } from '../../model/engine/container.ts';
import type { ContainerState, StackState } from '../../model/state.ts';
import { nearest } from '../../model/text/nearest.ts';
import { phrase } from '../../words/message.ts';
import { servicesInOrder } from '../containers/service-groups.ts';
import { found, none, type Resolution, type Unresolved } from './resolution.ts';

/**
 * Resolves names of services and containers. Accepted are a service (all its replicas), the name of a container or
 * replica (as shown, or `airflow-worker-1`), the beginning of an id, and each of these after a project:
 * `shop/airflow-worker`.
 *
 * A name without a project means the stack's own project, and there also containers that Compose did not start. A name
 * that exists only in another project is refused: the user may expect it here, and somebody else's container would be
 * restarted.
 */
export function resolveServices(
	state: StackState,
	ownProject: string | null,
	word: string,
): Resolution<ContainerState> {
	const all = servicesInOrder(state, ownProject);
	const slash = word.indexOf('/');
	if (slash !== -1) return resolveQualified(all, word.slice(0, slash), word.slice(slash + 1), word);
	const own = all.filter(({ container }) => container.project === ownProject);
	const here = matches(own, word);
	if (here.length > 0) return definite(own, here, word);
	const loose = all.filter(({ container }) => container.project === null && ownProject !== null);
	const unowned = matches(loose, word);
	if (unowned.length > 0) return definite(loose, unowned, word);
	const foreign = all.filter(({ container }) => container.project !== null && container.project !== ownProject);
	const there = matches(foreign, word);
	if (there.length > 0) return elsewhere(there, ownProject, word);
	const names = own.flatMap(namesOf);
	return none(
		'service',
		word,
		names,
		all.length > 0 ? listHint : phrase(['There are no containers on this engine', '이 엔진에 컨테이너가 없습니다']),
	);
}

/** The same for actions on a single container: several replicas are candidates to choose from. */
export function resolveContainer(
	state: StackState,
	ownProject: string | null,
	word: string,
): Resolution<ContainerState> {
	const resolution = resolveServices(state, ownProject, word);
	if (resolution.kind !== 'found' || resolution.items.length === 1) return resolution;
	const all = servicesInOrder(state, ownProject);
	const { items } = resolution;
	const [first] = items;
	const own = all.filter(({ container }) => container.project === first?.container.project);
	const qualifier = word.includes('/') ? `${first?.container.project}/` : '';
	const candidates = items.map(one => qualifier + nameWithin(own, one));
	return {
		kind: 'ambiguous',
		noun: 'container',
		word,
		candidates,
		reason: phrase(['{word} has {n} replicas', '{word}에 복제본이 {n}개 있습니다'], { word, n: items.length }),
		hint: phrase(['Name one of them: {names}', '그중 하나를 지정하세요: {names}'], { names: candidates.join(', ') }),
	};
}

/**
 * The shortest name of exactly this container if the stack's own project is watched: for candidates, completion and
 * printed commands.
 */
export function exactName(state: StackState, ownProject: string | null, service: ContainerState): string {
	const { project } = service.container;
	const within = Object.values(state.containers).filter(({ container }) => container.project === project);
	const name = nameWithin(within, service);
	return project === null || project === ownProject ? name : `${project}/${name}`;
}

/** Names of services and containers of the stack, for completion: services first, then replicas. */
export function ownNames(state: StackState, ownProject: string | null): string[] {
	const own = servicesInOrder(state, ownProject).filter(({ container }) => container.project === ownProject);
	const services = own.flatMap(({ container }) => (container.isOneOff ? [] : (container.service ?? [])));
	const names = [...services, ...own.map(one => nameWithin(own, one))];
	return [...new Set(names)].filter(name => resolveServices(state, ownProject, name).kind === 'found');
}

/** Names of services of other projects, all qualified. */
export function foreignNames(state: StackState, ownProject: string | null): string[] {
	const foreign = servicesInOrder(state, ownProject).filter(
		({ container }) => container.project !== null && container.project !== ownProject,
	);
	return [...new Set(foreign.map(one => exactName(state, ownProject, one)))];
}

const listHint = phrase([
	'Run laketop services --all to list the services',
	'laketop services --all로 서비스 목록을 확인하세요',
]);

/** All names of a container except its id. A one-off container does not have its service's name. */
function namesOf(service: ContainerState): string[] {
	const { container } = service;
	const named = [displayName(service), container.name];
	return container.service === null || container.isOneOff ? named : [container.service, ...named];
}

/**
 * `airflow-worker-1`, as Compose numbers replicas, also if there is only one, or if the container has a name of its own
 * (`container_name`).
 */
function replicaName(container: ContainerState['container']): string | null {
	const { service, replica, isOneOff } = container;
	const number = replica ?? replicaInName(container);
	return service === null || number === null || isOneOff ? null : `${service}-${number}`;
}

/**
 * Names precede replica names, because a service may be called `api-1`, and ids, because one may be called `facade`.
 */
function matches(within: readonly ContainerState[], word: string): ContainerState[] {
	const named = within.filter(service => namesOf(service).includes(word));
	if (named.length > 0) return named;
	const numbered = within.filter(({ container }) => replicaName(container) === word);
	if (numbered.length > 0) return numbered;
	return /^[0-9a-f]{6,64}$/.test(word) ? within.filter(({ container }) => container.id.startsWith(word)) : [];
}

/** One container, or the replicas of one service; anything else is ambiguous. */
function definite(within: readonly ContainerState[], named: readonly ContainerState[], word: string) {
	const ofOneService = named.every(
		({ container }) => container.service === named[0]?.container.service && !container.isOneOff,
	);
	const isService = ofOneService && named[0]?.container.service === word;
	if (named.length === 1 || isService) return found(...named);
	const candidates = named.map(one => nameWithin(within, one));
	return { kind: 'ambiguous', noun: 'container', word, candidates } satisfies Unresolved;
}

function resolveQualified(
	all: readonly ContainerState[],
	project: string,
	name: string,
	word: string,
): Resolution<ContainerState> {
	const within = all.filter(({ container }) => container.project === project);
	if (within.length === 0) {
		const projects = [...new Set(all.flatMap(({ container }) => container.project ?? []))];
		return none(
			'project',
			project,
			projects,
			projects.length > 0
				? phrase(['Projects found: {names}', '찾은 프로젝트: {names}'], { names: projects.join(', ') })
				: undefined,
		);
	}
	const named = matches(within, name);
	if (named.length > 0) {
		const resolution = definite(within, named, word.slice(word.indexOf('/') + 1));
		if (resolution.kind === 'found') return resolution;
		return { ...resolution, word, candidates: resolution.candidates.map(one => `${project}/${one}`) };
	}
	const meant = nearest(name, within.flatMap(namesOf));
	return {
		kind: 'none',
		noun: 'service',
		word,
		suggestions: meant === undefined ? [] : [`${project}/${meant}`],
		hint: listHint,
	};
}

function elsewhere(there: readonly ContainerState[], ownProject: string | null, word: string): Unresolved {
	const projects = [...new Set(there.flatMap(({ container }) => container.project ?? []))];
	const candidates = projects.map(project => `${project}/${word}`);
	const [first = ''] = projects;
	return {
		kind: 'ambiguous',
		noun: 'service',
		word,
		candidates,
		reason:
			ownProject === null
				? phrase(notInStackText, { word, projects: projects.join(', ') })
				: phrase(notInProjectText, { word, project: ownProject, projects: projects.join(', ') }),
		hint:
			projects.length === 1
				? phrase(nameOrProjectText, { name: candidates.join(', '), project: first })
				: phrase(['Name it in full: {names}', '전체 이름으로 지정하세요: {names}'], { names: candidates.join(', ') }),
	};
}

const notInStackText = [
	'{word} is not in the stack, but in {projects}',
	'{word}은(는) 이 스택이 아니라 {projects}에 있습니다',
] as const;
const notInProjectText = [
	'{word} is not in project {project}, but in {projects}',
	'{word}은(는) 프로젝트 {project}이(가) 아니라 {projects}에 있습니다',
] as const;
const nameOrProjectText = [
	'Name it {name}, or pass --project {project}',
	'{name}으로(로) 지정하거나 --project {project}을(를) 지정하세요',
] as const;

/** The shortest name of exactly one container of its project; its id if every name is ambiguous. */
function nameWithin(within: readonly ContainerState[], service: ContainerState): string {
	const meansIt = (name: string) => {
		const named = matches(within, name);
		return named.length === 1 && named[0]?.container.id === service.container.id;
	};
	const names = [displayName(service), service.container.name];
	return names.find(meansIt) ?? service.container.id.slice(0, 12);
}
