import { expect, test } from 'vitest';
import type { Container } from '../../source/model/engine/container.ts';
import type { Observation } from '../../source/model/observation.ts';
import { reduce } from '../../source/model/reduce.ts';
import { initialState } from '../../source/model/state.ts';
import { quoted } from '../../source/words/message.ts';
import { container } from './given.ts';

const after = (...seen: Observation[]) => seen.reduce(reduce, initialState);
const listed = (at: number, ...containers: Container[]): Observation => ({ type: 'containers listed', at, containers });
const happened = (action: string, happenedAt: number, exitCode: number | null = null): Observation => ({
	type: 'container event',
	at: happenedAt + 5,
	event: { id: 'a', name: 'c-a', action, project: null, service: null, exitCode, happenedAt },
});

test('a stop is on the screen with the event, since the engine says', () => {
	const state = after(listed(1, container('a')), happened('die', 100, 137));
	expect(state.containers.a?.container).toMatchObject({ state: 'exited', health: 'none' });
	expect(state.containers.a?.since).toBe(100);
});

test('a health change keeps the state and its time', () => {
	const state = after(listed(1, container('a')), happened('health_status: unhealthy', 50));
	expect(state.containers.a?.container).toMatchObject({ state: 'running', health: 'unhealthy' });
	expect(state.containers.a?.since).toBe(50);
});

test('what did not change keeps its identity, so that nothing is drawn again', () => {
	const before = after(listed(1, container('a'), container('b')));
	expect(reduce(before, listed(2, container('a'), container('b')))).toBe(before);
	const changed = reduce(before, happened('die', 3, 0));
	expect(changed.containers.b).toBe(before.containers.b);
});

test('a container that is listed no more is gone', () => {
	expect(Object.keys(after(listed(1, container('a'), container('b')), listed(2, container('b'))).containers)).toEqual([
		'b',
	]);
});

test('a failing feed keeps the time of its first failure and the facts, and recovers', () => {
	const failed = (at: number): Observation => ({
		type: 'feed failed',
		at,
		feed: 'containers',
		failure: { kind: 'unreachable', message: quoted('m'), fix: null },
		retryAt: at + 1000,
	});
	const state = after(listed(1, container('a')), failed(10), failed(20));
	expect(state.feeds.containers).toMatchObject({ status: 'failed', since: 10, retryAt: 1020 });
	expect(state.containers.a).toBeDefined();
	expect(reduce(state, { type: 'feed live', at: 30, feed: 'containers' }).feeds.containers).toEqual({
		status: 'live',
		since: 30,
	});
});

test('an event of a container that is not known yet changes nothing: a list follows', () => {
	expect(after(happened('start', 5))).toBe(initialState);
});

test('an observation that a newer version recorded changes nothing', () => {
	const newer: Observation = JSON.parse('{ "type": "of a newer version", "at": 1 }');
	expect(reduce(initialState, newer)).toBe(initialState);
});
