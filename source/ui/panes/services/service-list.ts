import { type ServiceGrade, serviceGrades, serviceLook } from '../../../model/engine/health-symbol.ts';
import type { ContainerState, StackState } from '../../../model/state.ts';
import { type ServiceGroup, serviceGroups } from '../../../selectors/containers/service-groups.ts';
import {
	byUnitName,
	type ServiceUnit,
	shortUnitName,
	unitOfOne,
	unitsOf,
} from '../../../selectors/containers/service-units.ts';
import { memoised } from '../../../selectors/memo.ts';
import type { Text } from '../../../words/language.ts';
import type { ServicesViewState, ViewState } from '../../conversation.ts';
import { type BrowseColumn, holds, sorted } from '../../lists/columns.ts';
import type { Arranged } from '../arranged.ts';

/** Sort orders of the services pane; groups by project stay. */
export type ServiceSort = Pick<BrowseColumn<ServiceUnit>, 'id' | 'heading' | 'order' | 'descends'>;

const serviceSorts: readonly ServiceSort[] = [
	// Services come in the order of their names.
	{ id: 'name', heading: ['name', '이름'], order: () => 0 },
	{ id: 'state', heading: ['state', '상태'], order: ({ worst }) => serviceGrades.indexOf(serviceLook(worst).grade) },
	{ id: 'cpu', heading: ['CPU', 'CPU'], order: ({ use }) => -(use?.cpuPercent ?? -1), descends: true },
	{ id: 'memory', heading: ['memory', '메모리'], order: ({ use }) => -(use?.memoryBytes ?? -1), descends: true },
	{ id: 'age', heading: ['age', '경과'], order: ({ since }) => (since === null ? Number.POSITIVE_INFINITY : -since) },
];

/** The states that `&` steps through. */
export const serviceStates: Readonly<
	Record<string, { readonly word: Text; readonly grades: readonly ServiceGrade[] }>
> = {
	'not up': { word: ['not up', '가동 중이 아닌 서비스'], grades: ['down', 'unhealthy', 'changing'] },
	up: { word: ['up', '가동 중'], grades: ['up', 'done'] },
};

export const allServices: ServicesViewState = { filter: '', sort: null, state: null, unfolded: [] };

/** A row of the services pane. */
export type ServiceRow =
	/** `isOpen`: whether its replicas are shown; null if it is one container. */
	| {
			readonly kind: 'service';
			readonly id: string;
			readonly unit: ServiceUnit;
			readonly isOpen: boolean | null;
			readonly depth: number;
	  }
	| {
			readonly kind: 'replica';
			readonly id: string;
			readonly unit: ServiceUnit;
			/** Id of its service. */
			readonly parent: string;
			readonly depth: number;
	  }
	/** Another project. */
	| {
			readonly kind: 'project';
			readonly id: string;
			readonly project: string;
			readonly units: readonly ServiceUnit[];
			readonly isOpen: boolean;
	  }
	/** Cannot be selected. */
	| {
			readonly kind: 'heading';
			readonly id: null;
			readonly group: ServiceGroup;
			readonly units: readonly ServiceUnit[];
			readonly depth: number;
	  };

type Selection = Pick<ViewState, 'selectedService' | 'services'>;

function isShown(unit: ServiceUnit, { filter, state }: Pick<ServicesViewState, 'filter' | 'state'>): boolean {
	const { grade } = serviceLook(unit.worst);
	if (state !== null && serviceStates[state]?.grades.includes(grade) === false) return false;
	return holds(
		filter,
		shortUnitName(unit),
		...unit.replicas.flatMap(one => [
			one.container.name,
			one.container.project,
			one.container.image,
			...serviceLook(one).word,
		]),
	);
}

type Shown = Pick<ServicesViewState, 'filter' | 'state' | 'sort'>;

function shownUnits(containers: readonly ContainerState[], shown: Shown): readonly ServiceUnit[] {
	const kept = unitsOf(containers)
		.filter(unit => isShown(unit, shown))
		.toSorted(byUnitName);
	// Equal rows keep the order of their names.
	if (shown.sort === '-name') return kept.toReversed();
	return shown.sort === null ? kept : sorted(kept, serviceSorts, shown.sort);
}

/** The shown services of each group. Two orders are in use at once: that of the rows, and of the names. */
const unitsOfGroups = memoised(
	(
		groups: readonly ServiceGroup[],
		filter: Shown['filter'],
		state: Shown['state'],
		sort: Shown['sort'],
	): readonly (readonly ServiceUnit[])[] => groups.map(({ services }) => shownUnits(services, { filter, state, sort })),
	4,
);

/** Ids of the services of each project, and the names of their containers. */
const namesOfProjects = memoised((groups: readonly ServiceGroup[]): ReadonlyMap<string | null, ReadonlySet<string>> => {
	const names = new Map<string | null, Set<string>>();
	for (const { project, services } of groups) {
		const ofProject = names.get(project) ?? new Set();
		names.set(project, ofProject);
		for (const unit of unitsOf(services)) ofProject.add(unit.id);
		for (const { container } of services) ofProject.add(container.name);
	}
	return names;
});

/**
 * The rows in their order. A service or a project is unfolded by the user, or while the selected row is in it. A filter
 * unfolds projects: what it finds is shown.
 */
export function shownRows(state: StackState, ownProject: string | null, view: Selection): readonly ServiceRow[] {
	const { services: shown, selectedService: selected } = view;
	const isFiltered = shown.filter !== '' || shown.state !== null;
	const groups = serviceGroups(state, ownProject);
	const unitsByGroup = unitsOfGroups(groups, shown.filter, shown.state, shown.sort);
	const rows: ServiceRow[] = [];
	const add = (units: readonly ServiceUnit[], depth: number) => {
		for (const unit of units) {
			const { id, replicas } = unit;
			const isOpen =
				replicas.length === 1
					? null
					: shown.unfolded.includes(id) || replicas.some(({ container }) => container.name === selected);
			rows.push({ kind: 'service', id, unit, isOpen, depth });
			if (isOpen !== true) continue;
			for (const one of replicas) {
				const replica = unitOfOne(one);
				rows.push({ kind: 'replica', id: replica.id, unit: replica, parent: id, depth: depth + 1 });
			}
		}
	};
	const opened = new Map<string, boolean>();
	for (const [index, group] of groups.entries()) {
		const { project, isOneOff } = group;
		const units = unitsByGroup[index] ?? [];
		if (units.length === 0) continue;
		const isOther = ownProject !== null && project !== null && project !== ownProject;
		if (!isOther) {
			if (project !== groups[0]?.project || isOneOff) rows.push({ kind: 'heading', id: null, group, units, depth: 0 });
			add(units, 0);
			continue;
		}
		const id = projectId(project);
		if (!opened.has(id)) {
			const holdsSelected = selected !== null && namesOfProjects(groups).get(project)?.has(selected) === true;
			const isOpen = isFiltered || holdsSelected || shown.unfolded.includes(id);
			opened.set(id, isOpen);
			rows.push({ kind: 'project', id, project, units: isOneOff ? [] : units, isOpen });
		}
		if (opened.get(id) !== true) continue;
		if (isOneOff) rows.push({ kind: 'heading', id: null, group, units, depth: 1 });
		add(units, 1);
	}
	return rows;
}

/** No id of a container or a service: neither ends so. */
const projectId = (project: string): string => `${project}/`;

export type SelectableRow = Exclude<ServiceRow, { kind: 'heading' }>;

/** The rows that the selection moves over. */
export function selectableRows(
	state: StackState,
	ownProject: string | null,
	view: Selection,
): readonly SelectableRow[] {
	return shownRows(state, ownProject, view).flatMap(row => (row.kind === 'heading' ? [] : [row]));
}

/**
 * The selected row: always one that is shown. Without a selection it is the first of the own project by name, whatever
 * the order, so that a changing CPU does not select another; one of another project is selected by the user only.
 */
export function selectedRow(state: StackState, view: Selection, ownProject: string | null): SelectableRow | undefined {
	const rows = selectableRows(state, ownProject, { ...view, services: { ...view.services, sort: null } });
	const { selectedService: id } = view;
	const isOwn = (row: SelectableRow) => row.kind !== 'project' && row.unit.replicas[0].container.project === ownProject;
	return rows.find(row => row.id === id) ?? rows.find(row => isSameService(row, id)) ?? rows.find(isOwn);
}

/** A service that was selected with several replicas and has one now. */
function isSameService(row: SelectableRow, id: string | null): boolean {
	if (row.kind !== 'service' || id === null) return false;
	const { project, service, isOneOff } = row.unit.replicas[0].container;
	return !isOneOff && project !== null && `${project}/${service}` === id;
}

/** The containers of the selected row, all replicas of a service; none of a project. */
export function selectedContainers(
	state: StackState,
	view: Selection,
	ownProject: string | null,
): readonly ContainerState[] {
	const row = selectedRow(state, view, ownProject);
	return row === undefined || row.kind === 'project' ? [] : row.unit.replicas;
}

/** The view with this row selected. What is unfolded around it stays so when the selection leaves it. */
export function withSelected(view: ViewState, rows: readonly SelectableRow[], id: string): ViewState {
	const open = rows.flatMap(row => (row.kind !== 'replica' && row.isOpen === true ? [row.id] : []));
	const unfolded = [...new Set([...view.services.unfolded, ...open])];
	return { ...view, selectedService: id, services: { ...view.services, unfolded } };
}

/** Shows or hides the content of a row. The selection moves to it, because a hidden row cannot be selected. */
export function withFold(view: ViewState, id: string, isOpen: boolean): ViewState {
	const others = view.services.unfolded.filter(one => one !== id);
	return {
		...view,
		selectedService: id,
		services: { ...view.services, unfolded: isOpen ? [...others, id] : others },
	};
}

/** The services pane with this container or service selected, which no filter hides. */
export function withService(view: ViewState, id: string): ViewState {
	const { unfolded } = view.services;
	return { ...view, focus: 'services', selectedService: id, browse: null, services: { ...allServices, unfolded } };
}

/** Sets filter and order; the selection stays if it is still shown. */
export function withServices(view: ViewState, services: Partial<ServicesViewState>): ViewState {
	return { ...view, services: { ...view.services, ...services } };
}

export const arrangedServices: Arranged = {
	sortable: serviceSorts,
	sort: 'name',
	filterTitle: ['Filter services', '서비스 필터'],
	filterHint: ['Words of the name, project, image or state', '이름, 프로젝트, 이미지, 상태의 단어'],
	of: view => view.services,
	with: withServices,
	holding: (view, { state, view: shown, ownProject }) => ({
		...view,
		selectedService: view.selectedService ?? selectedRow(state, shown, ownProject)?.id ?? null,
	}),
};
