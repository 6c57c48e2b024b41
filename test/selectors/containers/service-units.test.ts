import { expect, test } from 'vitest';
import type { Container } from '../../../source/model/engine/container.ts';
import type { StatsSample } from '../../../source/model/engine/container-stats.ts';
import type { Observation } from '../../../source/model/observation.ts';
import { reduce } from '../../../source/model/reduce.ts';
import type { StackState } from '../../../source/model/state.ts';
import { servicesInOrder } from '../../../source/selectors/containers/service-groups.ts';
import {
	containersOf,
	type ServiceUnit,
	unitName,
	unitsOf,
	unitsToName,
} from '../../../source/selectors/containers/service-units.ts';
import { detail } from '../../diagnosis/stack.ts';
import { listed, loose, oneOff, replica } from '../../given/containers.ts';

const own = 'shop';
const worker = (number: number, more: Partial<Container> = {}) => replica(own, 'worker', number, more);

function withFacts(state: StackState, ...facts: readonly Observation[]): StackState {
	return facts.reduce(reduce, state);
}

function unitsIn(state: StackState): ServiceUnit[] {
	return unitsOf(servicesInOrder(state, own));
}

function sampleOf(container: Container, step: number, more: Partial<StatsSample> = {}): Observation {
	return {
		type: 'container stats',
		at: step * 1000,
		sample: {
			id: container.id,
			sampledAt: step * 1000,
			cpuTotalNs: step * 1e8,
			systemCpuNs: step * 1e9,
			onlineCpus: 1,
			memoryBytes: 100,
			memoryLimitBytes: 1000,
			receivedBytes: 10,
			sentBytes: 20,
			blockReadBytes: 3,
			blockWrittenBytes: 4,
			processes: 1,
			...more,
		},
	};
}

test('replicas of a service are one unit; all else is a unit by itself', () => {
	const state = listed(
		worker(1),
		worker(2),
		replica(own, 'api'),
		oneOff(own, 'worker', 'shop-worker-run-1'),
		// While Compose replaces a container it renames the old one.
		replica(own, 'worker', 1, { name: '0a1b2c_shop-worker-1', id: 'ff'.repeat(32) }),
		replica('other', 'worker', 1),
		replica('other', 'worker', 2),
		loose('postgres'),
	);
	expect(unitsIn(state).map(({ id, replicas }) => [id, replicas.length])).toEqual([
		['0a1b2c_shop-worker-1', 1],
		['shop-api-1', 1],
		['shop/worker', 2],
		['shop-worker-run-1', 1],
		['other/worker', 2],
		['postgres', 1],
	]);
	expect(unitsIn(state).map(unit => unitName(unit, own))).toEqual([
		'0a1b2c_shop-worker-1',
		'api',
		'worker',
		'shop-worker-run-1',
		'other/worker',
		'postgres',
	]);
});

test('its state is the worst, since the oldest that is in it', () => {
	const [down, unhealthy] = [{ state: 'exited', health: 'none' }, { health: 'unhealthy' }] as const;
	const inspected = (container: Container, startedAt: number): Observation => ({
		type: 'container inspected',
		at: 9000,
		detail: detail(container.id, { state: 'running', health: container.health, startedAt, restartCount: 2 }),
	});
	const healthy = [worker(1), worker(2)];
	const [up] = unitsIn(
		withFacts(listed(...healthy), ...healthy.map((one, index) => inspected(one, 5000 - index * 1000))),
	);
	expect([up?.up, up?.worst.container.health, up?.since, up?.restarts]).toEqual([2, 'healthy', 4000, 4]);
	const grades = (...changes: Partial<Container>[]) => {
		const [unit] = unitsIn(listed(...changes.map((change, index) => worker(index + 1, change))));
		return [unit?.up, unit?.worst.container.name];
	};
	expect(grades({}, unhealthy)).toEqual([1, 'shop-worker-2']);
	expect(grades(unhealthy, down, {})).toEqual([1, 'shop-worker-2']);
	expect(grades(down, down)).toEqual([0, 'shop-worker-1']);
	expect(grades({}, { health: 'starting' })).toEqual([1, 'shop-worker-2']);
});

test('figures are sums over the running replicas; of memory limits the nearest counts', () => {
	const all = [worker(1), worker(2), worker(3, { state: 'exited', health: 'none' })];
	const samples = all.flatMap((one, index) =>
		[1, 2].map(step => sampleOf(one, step, { memoryBytes: 100 * (index + 1) })),
	);
	const [unit] = unitsIn(withFacts(listed(...all), ...samples));
	expect(unit?.use).toEqual({
		cpuPercent: 20,
		memoryBytes: 300,
		memoryPercent: 20,
		traffic: { received: 20, sent: 40 },
		blockRead: 6,
		blockWritten: 8,
	});
});

test('histories that differ in length end at the same moment', () => {
	const all = [worker(1), worker(2)] as const;
	const [unit] = unitsIn(
		withFacts(
			listed(...all),
			...[1, 2, 3, 4].map(step => sampleOf(all[0], step)),
			...[3, 4].map(step => sampleOf(all[1], step, { cpuTotalNs: step * 2e8 })),
		),
	);
	expect(unit?.cpuHistory.map(Math.round)).toEqual([10, 10, 30]);
});

test('traffic of another network namespace is not that of the service', () => {
	const all = [worker(1, { network: 'host' }), worker(2)] as const;
	const [unit] = unitsIn(withFacts(listed(...all), ...all.map(one => sampleOf(one, 1))));
	expect(unit?.use?.traffic).toEqual({ received: 10, sent: 20 });
	const [none] = unitsIn(listed(...all));
	expect([none?.use, none?.restarts, none?.since]).toEqual([null, null, null]);
});

test('an id means the replicas that there are now, and never a one-off', () => {
	const names = (state: StackState, id: string) => containersOf(state, id, own).map(({ container }) => container.name);
	const several = listed(worker(1), worker(2), oneOff(own, 'worker', 'shop-worker-run-1'));
	expect(names(several, 'shop/worker')).toEqual(['shop-worker-1', 'shop-worker-2']);
	expect(names(several, 'shop-worker-2')).toEqual(['shop-worker-2']);
	expect(names(several, 'shop-worker-run-1')).toEqual(['shop-worker-run-1']);
	const one = listed(worker(1), oneOff(own, 'worker', 'shop-worker-run-1'));
	expect(names(one, 'shop/worker')).toEqual(['shop-worker-1']);
	for (const id of ['shop/api', 'other/worker', 'shop-worker-2', 'shop/', '/']) expect(names(one, id)).toEqual([]);
});

test('labels with a slash make no id that could mean another service', () => {
	const state = listed(
		...[1, 2].map(number => replica('a/b', 'c', number)),
		...[1, 2].map(number => replica('a', 'b/c', number)),
	);
	expect(unitsIn(state).map(({ replicas }) => replicas.length)).toEqual([1, 1, 1, 1]);
});

test('services and their replicas can be named, in the order of the screen', () => {
	const state = listed(replica(own, 'api'), ...Array.from({ length: 11 }, (_, index) => worker(index + 1)));
	const ids = unitsToName(state, own).map(({ id }) => id);
	expect(ids.slice(0, 4)).toEqual(['shop-api-1', 'shop/worker', 'shop-worker-1', 'shop-worker-2']);
	expect(ids.at(-1)).toBe('shop-worker-11');
});
