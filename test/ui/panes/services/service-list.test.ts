import { expect, test } from 'vitest';
import type { Fact } from '../../../../source/model/observation.ts';
import { glyphSets } from '../../../../source/presentation/glyphs.ts';
import type { ServicesViewState, ViewState } from '../../../../source/ui/conversation.ts';
import {
	allServices,
	selectableRows,
	selectedRow,
	withService,
} from '../../../../source/ui/panes/services/service-list.ts';
import { servicesView } from '../../../../source/ui/panes/services/services-view.ts';
import { placeAt } from '../../../../source/ui/places.ts';
import { initialView } from '../../../../source/ui/view-state.ts';
import type { Language } from '../../../../source/words/language.ts';
import { writer } from '../../../../source/words/write.ts';
import { container, now, stateOf } from '../../../diagnosis/stack.ts';
import { applied, begun, choiceOf, inputOf, stepContext, viewAfter } from '../../../given/step-context.ts';

const ownProject = 'mlops';
const use = (id: string, sampledAt: number, cpuNs: number, memoryBytes: number): Fact => ({
	type: 'container stats',
	sample: {
		id,
		sampledAt,
		cpuTotalNs: cpuNs,
		systemCpuNs: sampledAt * 1e6,
		onlineCpus: 1,
		memoryBytes,
		memoryLimitBytes: 2 ** 34,
		receivedBytes: 0,
		sentBytes: 0,
		blockReadBytes: 0,
		blockWrittenBytes: 0,
		processes: 1,
	},
});

/** `a` is idle and large, `b` busy, `c` down; `z` belongs to another project. */
const state = stateOf(
	{
		type: 'containers listed',
		containers: [
			container('a', { project: ownProject, health: 'healthy' }),
			container('b', { project: ownProject, health: 'unhealthy' }),
			container('c', { project: ownProject, state: 'exited', health: 'none' }),
			container('z', { project: 'shop', health: 'healthy' }),
		],
	},
	use('a', now - 1000, 0, 4e9),
	use('b', now - 1000, 0, 1e9),
	use('a', now, 1e6, 4e9),
	use('b', now, 9e8, 1e9),
);
const all: ServicesViewState = allServices;
const shown = (of: Partial<ServicesViewState>) =>
	selectableRows(state, ownProject, { selectedService: null, services: { ...all, ...of } }).map(({ id }) => id);
const viewOf = (services: Partial<ServicesViewState>, more: Partial<ViewState> = {}): ViewState => ({
	...initialView('dag'),
	services: { ...all, ...services },
	...more,
});

test.each([
	[{}, 'a b c shop/'],
	[{ sort: '-name' }, 'c b a shop/'],
	[{ sort: 'state' }, 'c b a shop/'],
	[{ sort: '-state' }, 'a b c shop/'],
	[{ sort: 'cpu' }, 'b a c shop/'],
	[{ sort: 'memory' }, 'a b c shop/'],
	[{ sort: '-memory' }, 'c b a shop/'],
	[{ unfolded: ['shop/'] }, 'a b c shop/ z'],
	[{ filter: 'shop' }, 'shop/ z'],
	[{ filter: 'healthy' }, 'a b shop/ z'],
	[{ filter: '비정상' }, 'b'],
	[{ state: 'not up' }, 'b c'],
	[{ state: 'up' }, 'a shop/ z'],
	[{ state: 'not up', sort: '-state' }, 'b c'],
	[{ filter: 'nothing like this' }, ''],
] as const)('%j shows %s; the groups of projects stay', (of, names) => {
	expect(shown(of).join(' ')).toBe(names);
});

test('the selection is always a shown service, and no order moves it by itself', () => {
	const selected = (view: ViewState) => selectedRow(state, view, ownProject)?.id;
	expect(selected(viewOf({}))).toBe('a');
	expect(selected(viewOf({ sort: 'cpu' }))).toBe('a');
	expect(selected(viewOf({ state: 'not up' }, { selectedService: 'a' }))).toBe('b');
	// Only the user selects another project's service.
	expect(selected(viewOf({ filter: 'shop' }))).toBeUndefined();
	expect(selected(viewOf({ filter: 'shop' }, { selectedService: 'z' }))).toBe('z');
});

test('keys move over the rows as they are shown', () => {
	const moved = (by: string, services: Partial<ServicesViewState>, selectedName: string | null = null) =>
		applied(by, { state, view: { services: { ...all, ...services }, selectedService: selectedName } }).selectedService;
	expect(moved('down', { sort: 'cpu' }, 'b')).toBe('a');
	expect(moved('last', { state: 'not up' })).toBe('c');
	expect(moved('down', { filter: 'shop' })).toBe('shop/');
	expect(moved('last', { filter: 'shop' })).toBe('z');
});

test('a filter takes effect while it is typed; Esc clears filter and state, not the order', () => {
	const question = inputOf(begun('filter', { state }));
	expect(question.live?.(viewOf({ sort: 'cpu' }), 'wor').services).toEqual({ ...all, filter: 'wor', sort: 'cpu' });
	expect(viewAfter(question.next('wor')).services.filter).toBe('wor');
	const view = viewOf({ filter: 'wor', sort: 'cpu', state: 'up' });
	const context = stepContext({ state, view });
	expect(placeAt(view).back?.(context)?.services).toEqual({ ...all, sort: 'cpu' });
	expect(placeAt(view).back?.(stepContext({ state, view: viewOf({ sort: 'cpu' }) }))).toBeNull();
});

test('a column is sorted by, once more the other way round, and the selected row stays selected', () => {
	const question = choiceOf(begun('sort', { state }));
	expect(question.choices.map(({ id }) => id)).toEqual(['name', 'state', 'cpu', 'memory', 'age']);
	expect(viewAfter(question.next('cpu'))).toMatchObject({ services: { sort: 'cpu' }, selectedService: 'a' });
	expect(viewAfter(question.next('cpu'), viewOf({ sort: 'cpu' })).services.sort).toBe('-cpu');
});

test('& goes through the states, and a service that is gone to is hidden by no filter', () => {
	const states: (string | null)[] = [];
	let view = viewOf({});
	for (let step = 0; step < 3; step++) {
		view = applied('service-state', { state, view });
		states.push(view.services.state);
	}
	expect(states).toEqual(['not up', 'up', null]);
	const there = withService(viewOf({ filter: 'shop', state: 'up' }), 'b');
	expect(selectedRow(state, there, ownProject)?.id).toBe('b');
});

function titleAndRows(services: Partial<ServicesViewState>, language: Language = 'en'): string {
	const { title, rows } = servicesView({
		state,
		now,
		glyphs: glyphSets.unicode,
		width: 100,
		height: 12,
		focused: true,
		zoomed: false,
		ownProject,
		selected: null,
		shown: { ...all, ...services },
		marks: [],
		keyOf: id => (id === 'filter' ? '/' : 'Esc'),
		language,
		say: writer(language),
	});
	return [...title, ...rows].map(line => line.map(({ text }) => text).join('')).join('\n');
}

test('the title says what is shown and in which order, in both languages', () => {
	expect(titleAndRows({ filter: 'air flow', sort: 'cpu' })).toMatch(/filter "air flow"\nby CPU ↓/);
	expect(titleAndRows({ state: 'not up', sort: '-age' })).toMatch(/not up only\nby age ↓/);
	expect(titleAndRows({ filter: 'x', sort: 'memory' }, 'ko')).toMatch(/필터 "x"\n메모리순 ↓/);
	expect(titleAndRows({ sort: 'name' })).not.toMatch(/by name/);
	expect(titleAndRows({ filter: 'shop' })).toMatch(/project shop: 1 service, 1 up\n.* z /);
	expect(titleAndRows({ filter: 'none' })).toMatch(/No service matches: \/ changes the filter, Esc clears it\./);
});
