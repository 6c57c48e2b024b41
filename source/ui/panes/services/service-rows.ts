import { displayName } from '../../../model/container.ts';
import { type ServiceGrade, serviceGrades, serviceLook } from '../../../model/service-state.ts';
import type { ContainerState, StackState } from '../../../model/state.ts';
import { type ServiceGroup, selectedOf, serviceGroups } from '../../../selectors/service-groups.ts';
import type { Text } from '../../../words/language.ts';
import type { ServicesViewState, ViewState } from '../../conversation.ts';
import { type BrowseColumn, holds, sorted } from '../../lists/columns.ts';

/** Sort orders of the services pane; groups by project stay. */
export type ServiceSort = Pick<BrowseColumn<ContainerState>, 'id' | 'heading' | 'order' | 'descends'>;

const running = (service: ContainerState) => (service.container.state === 'running' ? service.use : null);

export const serviceSorts: readonly ServiceSort[] = [
	// Services come in the order of their names.
	{ id: 'name', heading: ['name', '이름'], order: () => 0 },
	{ id: 'state', heading: ['state', '상태'], order: service => serviceGrades.indexOf(serviceLook(service).grade) },
	{ id: 'cpu', heading: ['CPU', 'CPU'], order: service => -(running(service)?.cpuPercent ?? -1), descends: true },
	{
		id: 'memory',
		heading: ['memory', '메모리'],
		order: service => -(running(service)?.last.memoryBytes ?? -1),
		descends: true,
	},
	{ id: 'age', heading: ['age', '경과'], order: ({ since }) => (since === null ? Number.POSITIVE_INFINITY : -since) },
];

/** The states that `&` steps through. */
export const serviceStates: Readonly<
	Record<string, { readonly word: Text; readonly grades: readonly ServiceGrade[] }>
> = {
	'not up': { word: ['not up', '정상이 아닌 서비스'], grades: ['down', 'unhealthy', 'changing'] },
	up: { word: ['up', '가동 중'], grades: ['up', 'done'] },
};

export const allServices: ServicesViewState = { filter: '', sort: null, state: null };

function isShown(service: ContainerState, { filter, state }: ServicesViewState): boolean {
	const { container } = service;
	const { grade, word } = serviceLook(service);
	if (state !== null && serviceStates[state]?.grades.includes(grade) === false) return false;
	return holds(filter, displayName(service), container.name, container.project, container.image, ...word);
}

/** The groups with their shown services; a group without any is left out. */
export function shownGroups(
	state: StackState,
	ownProject: string | null,
	shown: ServicesViewState,
): readonly ServiceGroup[] {
	const groups = serviceGroups(state, ownProject);
	if (shown.filter === '' && shown.state === null && shown.sort === null) return groups;
	return groups
		.map(group => {
			const kept = group.services.filter(service => isShown(service, shown));
			// Equal rows keep the order of their names.
			if (shown.sort === '-name') return { ...group, services: kept.toReversed() };
			return { ...group, services: shown.sort === null ? kept : sorted(kept, serviceSorts, shown.sort) };
		})
		.filter(({ services }) => services.length > 0);
}

export function shownServices(
	state: StackState,
	ownProject: string | null,
	shown: ServicesViewState,
): readonly ContainerState[] {
	return shownGroups(state, ownProject, shown).flatMap(({ services }) => services);
}

/**
 * The selected service: always one that is shown. Without a selection it is the first by name, whatever the order, so
 * that a changing CPU does not select another.
 */
export function selectedService(
	state: StackState,
	view: Pick<ViewState, 'selectedService' | 'services'>,
	project: string | null,
): ContainerState | undefined {
	return selectedOf(shownServices(state, project, { ...view.services, sort: null }), view.selectedService, project);
}

/** The services pane with this service selected, which no filter hides. */
export function withService(view: ViewState, name: string): ViewState {
	return { ...view, focus: 'services', selectedService: name, browse: null, services: allServices };
}

/** Sets filter and order; the selection stays if it is still shown. */
export function withServices(view: ViewState, services: Partial<ServicesViewState>): ViewState {
	return { ...view, services: { ...view.services, ...services } };
}
