import type { StackState } from '../../../model/state.ts';
import { engineCommand } from '../../../selectors/printed-commands/printed-command.ts';
import { serviceAddress } from '../../actions/addresses.ts';
import { targetService, targetServices } from '../../actions/targets.ts';
import type { ViewState } from '../../conversation.ts';
import { copyableTexts, movedIndex, type Pane } from '../pane.ts';
import { serviceActions } from './service-actions.ts';
import {
	arrangedServices,
	type SelectableRow,
	selectableRows,
	selectedRow,
	withSelected,
	withServices,
} from './service-list.ts';
import { serviceRowCount, servicesTimes, servicesView } from './services-view.ts';

declare module '../../place.ts' {
	interface PaneIds {
		readonly services: true;
	}
}

/** The services of the engine, those of the own stack first. */
export const servicesPane: Pane = {
	id: 'services',
	title: ['Services', '서비스'],
	name: ['services pane', '서비스 패널'],
	shortName: ['services', '서비스'],
	area: 'upper',
	needsEngine: true,
	rows: ({ state, ownProject, view }) => serviceRowCount(state, ownProject, view),
	view: input =>
		servicesView({
			...input,
			selected: input.view.selectedService,
			shown: input.view.services,
			marks: input.view.marks,
		}),
	drawsFrom: ({ state: { containers, endpoints, feeds, sources, stack }, view }) => [
		...[containers, endpoints, feeds.containers, sources.docker, stack],
		...[view.selectedService, view.services, view.marks],
	],
	timesShown: ({ state, view, now }) => (view.zoomed ? null : servicesTimes(state, now)),
	crumbs: ({ view, say }) => (view.zoomed ? [say(['Services', '서비스'])] : []),
	move: ({ state, view, ownProject }, by) => {
		const all = selectableRows(state, ownProject, view);
		const next = all[movedIndex(selectedIndex(all, state, view, ownProject), by, all.length)];
		return next ? withSelected(view, all, next.id) : view;
	},
	mark: ({ state, view, ownProject, say }) => {
		const all = selectableRows(state, ownProject, view);
		const index = selectedIndex(all, state, view, ownProject);
		const row = all[index];
		if (!row) return null;
		if (row.kind === 'project')
			return {
				hint: say([
					'A project cannot be marked: mark its services',
					'프로젝트에는 선택 표시를 할 수 없습니다. 서비스에 선택 표시하세요',
				]),
			};
		const below = all[index + 1] ?? row;
		return { name: `service ${row.id}`, view: withSelected(view, all, below.id) };
	},
	arranged: arrangedServices,
	back: ({ view }) =>
		view.services.filter === '' && view.services.state === null
			? null
			: withServices(view, { filter: '', state: null }),
	copy: context => {
		const { say } = context;
		const services = targetServices(context);
		const service = targetService(context);
		return copyableTexts(
			[
				say(services.length === 1 ? ['name', '이름'] : ['names', '이름']),
				services.map(one => one.container.name).join(' '),
			],
			[say(['container ID', '컨테이너 ID']), service?.container.id],
			[say(['image', '이미지']), service?.container.image],
			[
				say(['command that prints the log', '로그 출력 명령']),
				service && engineCommand(context.state, 'logs', '-f', '--tail', '100', service.container.name),
			],
		);
	},
	address: context => serviceAddress(context.state, targetService(context)?.container.name),
	actions: serviceActions,
};

function selectedIndex(
	rows: readonly SelectableRow[],
	state: StackState,
	view: ViewState,
	ownProject: string | null,
): number {
	const id = selectedRow(state, view, ownProject)?.id;
	return rows.findIndex(row => row.id === id);
}
