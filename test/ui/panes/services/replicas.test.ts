import { describe, expect, test } from 'vitest';
import type { ViewState } from '../../../../source/ui/conversation.ts';
import { selectableRows, selectedRow } from '../../../../source/ui/panes/services/service-list.ts';
import { placeAt } from '../../../../source/ui/places.ts';
import { initialView } from '../../../../source/ui/view-state.ts';
import { english } from '../../../english.ts';
import { listed, oneOff, replica } from '../../../given/containers.ts';
import { applied, begun, choiceOf, stepContext } from '../../../given/step-context.ts';

/** Two workers, another service and a one-off; another project with services of the same names. */
const all = [
	replica('mlops', 'api'),
	replica('mlops', 'worker', 1),
	replica('mlops', 'worker', 2),
	oneOff('mlops', 'worker', 'mlops-worker-run-1'),
	replica('shop', 'worker', 1),
	replica('shop', 'worker', 2),
];
const state = listed(...all);
const worker = 'mlops/worker';

const at = (selectedService: string | null, more: Partial<ViewState> = {}): ViewState => ({
	...initialView('dag'),
	selectedService,
	...more,
});
const rows = (view: ViewState) => selectableRows(state, 'mlops', view).map(({ id }) => id);
const press = (view: ViewState, ...ids: readonly string[]) =>
	ids.reduce((now, id) => applied(id, { state, view: now }), view);

describe('folding', () => {
	test('a service of several replicas and another project are one row each', () => {
		expect(rows(at(null))).toEqual(['mlops-api-1', worker, 'mlops-worker-run-1', 'shop/']);
	});

	test.each([['unfold'], ['unfold-or-open']])('%s shows the replicas below their service', key => {
		const view = press(at(worker), key);
		expect(rows(view)).toEqual([
			'mlops-api-1',
			worker,
			'mlops-worker-1',
			'mlops-worker-2',
			'mlops-worker-run-1',
			'shop/',
		]);
		expect(view).toMatchObject({ selectedService: worker, zoomed: false });
	});

	test('Right moves into what is unfolded, and Left folds it from within', () => {
		const inside = press(at(worker), 'unfold', 'unfold', 'down');
		expect(inside.selectedService).toBe('mlops-worker-2');
		const folded = press(inside, 'fold-service');
		expect(folded.selectedService).toBe(worker);
		expect(rows(folded)).not.toContain('mlops-worker-2');
	});

	test('services of another project unfold in it, and Left leads out of it step by step', () => {
		const inside = press(at('shop/'), 'unfold', 'unfold', 'unfold', 'unfold');
		expect(inside.selectedService).toBe('shop-worker-1');
		expect(press(inside, 'fold-service').selectedService).toBe('shop/worker');
		const out = press(inside, 'fold-service', 'fold-service');
		expect(out.selectedService).toBe('shop/');
		expect(rows(out)).toEqual(rows(at(null)));
	});

	test('Enter opens a row of one container in full screen, and z any row', () => {
		expect(press(at('mlops-api-1'), 'unfold-or-open').zoomed).toBe(true);
		expect(press(at('mlops-worker-2'), 'unfold-or-open').zoomed).toBe(true);
		expect(press(at(worker), 'zoom').zoomed).toBe(true);
		for (const key of ['unfold', 'fold-service']) expect(press(at('mlops-api-1'), key)).toEqual(at('mlops-api-1'));
	});

	test('what is gone to is shown, and stays shown when the selection moves on', () => {
		const there = at('mlops-worker-1');
		expect(rows(there)).toContain('mlops-worker-2');
		const past = press(there, 'down', 'down');
		expect(past.selectedService).toBe('mlops-worker-run-1');
		expect(rows(past)).toContain('mlops-worker-2');
	});
});

test('the selection follows a service whose number of replicas changes', () => {
	const only = listed(replica('mlops', 'api'), replica('mlops', 'worker', 1));
	expect(selectedRow(only, at(worker), 'mlops')?.id).toBe('mlops-worker-1');
	// One that is gone selects no other replica.
	expect(selectedRow(only, at('mlops-worker-2'), 'mlops')?.id).toBe('mlops-api-1');
});

/** The question before the change. */
function asked(actionId: string, view: ViewState): { title: string; containers: string[] } {
	const effect = begun(actionId, { state, view });
	if (effect.kind !== 'plan') throw new Error(JSON.stringify(effect));
	const { title, targets, effects } = effect.plan;
	const named = targets.map(target => target.replace('container ', ''));
	for (const name of named) expect(effects.map(english).join('\n')).toContain(name.replace(/^shop\//, ''));
	return { title: english(title), containers: named };
}

describe('changes', () => {
	test.each(['restart', 'stop', 'kill', 'pause-service'])('%s of the service names each of its replicas', id => {
		expect(asked(id, at(worker))).toEqual({
			title: `${id.replace('-service', '')} worker (2 replicas)`,
			containers: ['mlops-worker-1', 'mlops-worker-2'],
		});
		expect(asked(id, at('mlops-worker-2')).containers).toEqual(['mlops-worker-2']);
	});

	test('a marked service means all its replicas, each once', () => {
		const marks = ['service mlops/worker', 'service mlops-worker-2', 'service mlops-api-1'];
		expect(asked('restart', at(null, { marks })).containers).toEqual([
			'mlops-api-1',
			'mlops-worker-1',
			'mlops-worker-2',
		]);
	});

	test('a project is no target, and cannot be marked', () => {
		expect(begun('restart', { state, view: at('shop/') }).kind).toBe('refusal');
		const marked = press(at('shop/'), 'mark');
		expect([marked.marks, marked.hint]).toEqual([[], 'A project cannot be marked: mark its services']);
		expect(press(at(worker), 'mark')).toMatchObject({
			marks: ['service mlops/worker'],
			selectedService: 'mlops-worker-run-1',
		});
	});

	test('what is done in one container asks for the replica', () => {
		for (const id of ['shell', 'inspect', 'top']) {
			const question = choiceOf(begun(id, { state, view: at(worker) }));
			expect(question.choices.map(({ label }) => label)).toEqual(['worker-1', 'worker-2']);
		}
	});

	test('all of them are copied', () => {
		const view = at(worker);
		expect(placeAt(view).copy(stepContext({ state, view }))[0]?.text).toBe('mlops-worker-1 mlops-worker-2');
	});
});

test('filter and state count a service once, by its worst replica', () => {
	const ill = listed(...all.map(one => (one.name === 'mlops-worker-2' ? { ...one, health: 'unhealthy' } : one)));
	const shown = (services: Partial<ViewState['services']>) =>
		selectableRows(ill, 'mlops', at(null, { services: { ...at(null).services, ...services } })).map(({ id }) => id);
	expect(shown({ state: 'not up' })).toEqual([worker]);
	expect(shown({ filter: 'unhealthy' })).toEqual([worker]);
	expect(shown({ filter: 'mlops-worker-2' })).toEqual([worker]);
	expect(shown({ filter: 'shop' })).toEqual(['shop/', 'shop/worker']);
	expect(shown({ sort: 'state' })[0]).toBe(worker);
});
