import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
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

test('a result is not kept longer than what it was made from', async () => {
	setFlagsFromString('--expose-gc');
	const collect: unknown = runInNewContext('gc');
	if (typeof collect !== 'function') throw new Error('no gc');
	const double = memoised((values: readonly number[]) => values.map(value => value * 2));
	const ask = () => new WeakRef(double([1, 2, 3]));
	const result = ask();
	// What a WeakRef has named in a turn is kept until its end.
	await new Promise(resolve => setTimeout(resolve, 0));
	collect();
	expect(result.deref()).toBeUndefined();
	expect(double([4])).toEqual([8]);
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
