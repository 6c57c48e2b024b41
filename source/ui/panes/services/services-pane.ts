import { shellWords } from '../../../model/shell-words.ts';
import { serviceAddress } from '../../actions/addresses.ts';
import { targetService, targetServices } from '../../actions/targets.ts';
import { copyableTexts, movedIndex, type Pane } from '../pane.ts';
import { serviceActions } from './service-actions.ts';
import { selectedService, shownServices, withServices } from './service-rows.ts';
import { serviceRowCount, servicesTimes, servicesView } from './services-view.ts';

declare module '../../place.ts' {
	interface PaneIds {
		readonly services: true;
	}
}

/** The containers of the engine, those of the own stack first. */
export const servicesPane: Pane = {
	id: 'services',
	title: ['Services', '서비스'],
	name: ['services pane', '서비스 패널'],
	shortName: ['services', '서비스'],
	area: 'upper',
	rows: ({ state, ownProject }) => serviceRowCount(state, ownProject),
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
		const all = shownServices(state, ownProject, view.services);
		const current = selectedService(state, view, ownProject);
		const next = all[movedIndex(current ? all.indexOf(current) : -1, by, all.length)];
		return next ? { ...view, selectedService: next.container.name } : view;
	},
	mark: ({ state, view, ownProject }) => {
		const all = shownServices(state, ownProject, view.services);
		const service = selectedService(state, view, ownProject);
		if (!service) return null;
		const below = all[all.indexOf(service) + 1] ?? service;
		return {
			name: `service ${service.container.name}`,
			view: { ...view, selectedService: below.container.name },
		};
	},
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
				service && shellWords('docker', 'logs', '-f', '--tail', '100', service.container.name),
			],
		);
	},
	address: context => serviceAddress(context.state, targetService(context)?.container.name),
	actions: serviceActions,
};
