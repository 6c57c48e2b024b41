import { expect, test } from 'vitest';
import type { Fact } from '../../source/model/observation.ts';
import type { StackState } from '../../source/model/state.ts';
import { glyphSets } from '../../source/presentation/glyphs.ts';
import type { ActionContext } from '../../source/ui/actions/action.ts';
import { defaultLog } from '../../source/ui/panes/logs/shown-log.ts';
import { allServices, selectedRow } from '../../source/ui/panes/services/service-list.ts';
import { servicesPane } from '../../source/ui/panes/services/services-pane.ts';
import { servicesView } from '../../source/ui/panes/services/services-view.ts';
import { initialView } from '../../source/ui/view-state.ts';
import { writer } from '../../source/words/write.ts';
import { container, dagId, now, stateOf } from '../diagnosis/stack.ts';

const unknown = { url: null, origin: 'unknown', container: null, gap: 'no project' } as const;
/** Two projects, one with one-off containers; the named one is not among them. */
const facts: Fact[] = [
	{
		type: 'containers listed',
		containers: [
			container('trino', { project: 'lakehouse' }),
			container('airflow-worker'),
			container('airflow-worker-run-1', { isOneOff: true }),
		],
	},
	{
		type: 'stack discovered',
		project: 'nosuch',
		projectOrigin: 'given',
		otherProjects: ['mlops'],
		servers: { airflow: unknown, mlflow: unknown },
		endpoints: [],
	},
];
const state: StackState = stateOf(...facts);
const view = initialView(dagId);
const context = { state, view, ownProject: 'nosuch' } as ActionContext;
const movedBy = (by: number) => servicesPane.move(context, by).selectedService;

const shown = (selected: string | null) =>
	servicesView({
		state,
		now,
		glyphs: glyphSets.unicode,
		width: 140,
		height: 12,
		focused: true,
		zoomed: false,
		ownProject: 'nosuch',
		selected,
		shown: allServices,
		marks: [],
		keyOf: () => '',
		language: 'en',
		say: writer('en'),
	}).rows;

test('with no container of the own project nothing is selected until the user moves', () => {
	expect(selectedRow(state, view, 'nosuch')).toBeUndefined();
	expect(defaultLog(state, 'nosuch')).toBeNull();
	expect(
		shown(null)
			.flat()
			.some(({ selected }) => selected),
	).toBe(false);
	for (const by of [1, -1]) expect(movedBy(by)).toBe('lakehouse/');
	expect(movedBy(Number.POSITIVE_INFINITY)).toBe('mlops/');
	expect(
		shown('trino')
			.flat()
			.some(({ selected }) => selected),
	).toBe(true);
});

test('without a stack nothing of any project is selected', () => {
	expect(selectedRow(state, view, null)).toBeUndefined();
	expect(defaultLog(state, null)).toBeNull();
});

test('the screen lists each project found once, one with Airflow first', () => {
	const text = shown(null)
		.map(line => line.map(span => span.text).join(''))
		.join('\n');
	expect(text).toContain('Projects found: mlops, lakehouse.');
});
