import { expect, test } from 'vitest';
import { serviceGroups, servicesInOrder } from '../../source/selectors/containers/service-groups.ts';
import { shownPipeline } from '../../source/selectors/dag-runs/shown-pipeline.ts';
import { rootFindings } from '../../source/selectors/findings/findings.ts';
import { memoised } from '../../source/selectors/memo.ts';
import { healthy, stateOf } from '../diagnosis/stack.ts';

test('the same question is answered once, and with the same object', () => {
	let asked = 0;
	const pair = memoised((one: object, other: number) => {
		asked++;
		return { one, other };
	});
	const key = {};
	const first = pair(key, Number.NaN);
	expect(pair(key, Number.NaN)).toBe(first);
	expect(pair({}, Number.NaN)).not.toBe(first);
	// Only the last call is cached.
	expect(pair(key, Number.NaN)).not.toBe(first);
	expect(asked).toBe(3);
});

test('questions that are asked in turn are all known', () => {
	let asked = 0;
	const double = memoised((value: number) => {
		asked++;
		return value * 2;
	}, 2);
	expect([1, 2, 1, 2, 3, 2].map(value => double(value))).toEqual([2, 4, 2, 4, 6, 4]);
	expect(asked).toBe(3);
});

test('selectors keep the identity of what does not change, whatever else does', () => {
	const state = stateOf(...healthy);
	const later = { ...state, feeds: { ...state.feeds }, endpoints: [] };
	const dagId = 'ml_pipeline_end_to_end';
	expect(shownPipeline(later, dagId, null)).toBe(shownPipeline(state, dagId, null));
	expect(serviceGroups(later, 'mlops')).toBe(serviceGroups(state, 'mlops'));
	expect(servicesInOrder(later, 'mlops')).toBe(servicesInOrder(state, 'mlops'));
	expect(rootFindings(later.findings)).toBe(rootFindings(state.findings));
	const other = { ...state, containers: { ...state.containers } };
	expect(servicesInOrder(other, 'mlops')).toEqual(servicesInOrder(state, 'mlops'));
	expect(servicesInOrder(state, 'mlops')).not.toBe(servicesInOrder(state, null));
	const shown = shownPipeline(state, dagId, null);
	expect(shownPipeline({ ...state, dagRuns: {} }, dagId, null)).not.toBe(shown);
	expect(shownPipeline({ ...state, taskInstances: {} }, dagId, null).stages).not.toBe(shown.stages);
});
