import { afterEach, expect, test } from 'vitest';
import { createStackStore } from '../../../source/app/store.ts';
import { watchServices } from '../../../source/feeds/containers/services.ts';
import { createInterest } from '../../../source/feeds/interest.ts';
import { Wake } from '../../../source/feeds/schedule.ts';
import type { Container, ContainerEvent } from '../../../source/model/engine/container.ts';
import { ClientError } from '../../../source/model/failures/failure.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { quoted } from '../../../source/words/message.ts';
import { container, detail } from '../../diagnosis/stack.ts';
import { HandClock, settled } from '../../given/hand-clock.ts';

let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

/** An engine with these containers, watched on a clock that stands still. */
async function watched(...containers: Container[]) {
	const clock = new HandClock(1_000_000);
	const store = createStackStore();
	const interest = createInterest('d');
	const wake = new Wake();
	const end = new AbortController();
	const asked: string[] = [];
	const facts: Fact[] = [];
	let push: ((event: ContainerEvent | null) => void) | undefined;
	const engine = {
		containers,
		failure: null as ClientError | null,
		eventsFailure: null as ClientError | null,
		/** Called while the response is on its way. */
		meanwhile: undefined as (() => void) | undefined,
		event(id: string, action: string) {
			const event = { id, name: id, action, project: 'mlops', service: id, exitCode: null, happenedAt: clock.now() };
			push?.(event);
			return settled();
		},
		closeEvents() {
			push?.(null);
			return settled();
		},
	};
	const called = (what: string) => {
		asked.push(what);
		if (engine.failure) throw engine.failure;
	};
	const docker = {
		address: 'unix:///docker.sock',
		version: async () => {
			called('version');
			return '29.1';
		},
		events: async () => {
			called('events');
			if (engine.eventsFailure) throw engine.eventsFailure;
			const waiting: (ContainerEvent | null)[] = [];
			let go: () => void = () => undefined;
			push = event => {
				waiting.push(event);
				go();
			};
			return (async function* () {
				for (;;) {
					for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
						if (next === null) return;
						yield next;
					}
					await new Promise<void>(resolve => {
						go = resolve;
					});
				}
			})();
		},
		containers: async () => {
			called('list');
			const answer = [...engine.containers];
			if (engine.meanwhile) {
				engine.meanwhile();
				await settled();
			}
			return answer;
		},
		inspect: async (id: string) => {
			called(`inspect ${id}`);
			const it = engine.containers.find(one => one.id === id);
			if (!it) throw new ClientError('not-found', quoted(`no such container: ${id}`));
			return detail(id, { state: it.state, health: it.health });
		},
	};
	const context = {
		clock,
		signal: end.signal,
		random: () => 0.5,
		observe: (fact: Fact) => {
			facts.push(fact);
			store.observe({ at: clock.now(), ...fact });
		},
	};
	const running = watchServices(context, { docker, state: store.current, interest, wake });
	stop = async () => {
		end.abort();
		await clock.advance(0);
		await running;
	};
	await clock.advance(0);
	return {
		engine,
		clock,
		interest,
		wake,
		facts,
		state: store.current,
		/** Requests to the engine since the last call. */
		asked: () => asked.splice(0),
		names: () => Object.values(store.current().containers).map(one => one.container.name),
	};
}

test('the events are subscribed to before the list, and each container is inspected once', async () => {
	const { asked, clock, state } = await watched(container('a'), container('b'));
	expect(asked()).toEqual(['version', 'events', 'list', 'inspect a', 'inspect b']);
	expect(state().feeds.containers.status).toBe('live');
	await clock.advance(30_000);
	// Nothing has changed: the safety net requests only the list.
	expect(asked()).toEqual(['list']);
});

test('a burst of events is one inspection; a container that nobody knows is listed', async () => {
	const { engine, asked, clock, names } = await watched(container('a'));
	asked();
	for (const action of ['kill', 'die', 'stop', 'start', 'restart']) await engine.event('a', action);
	await clock.advance(100);
	expect(asked()).toEqual(['inspect a']);
	engine.containers.push(container('new'));
	await engine.event('new', 'create');
	await clock.advance(100);
	expect(asked()).toEqual(['list', 'inspect new']);
	expect(names()).toEqual(['a', 'new']);
});

test('what was removed while a list was on its way does not come back with it', async () => {
	const { engine, clock, names } = await watched(container('a'), container('b'));
	engine.meanwhile = () => void engine.event('b', 'destroy');
	await clock.advance(30_000);
	engine.containers = engine.containers.filter(({ id }) => id !== 'b');
	engine.meanwhile = undefined;
	await clock.advance(1000);
	expect(names()).toEqual(['a']);
});

test('an unreachable engine is reported, with the last containers kept, and is polled again after growing pauses', async () => {
	const { engine, asked, clock, state, names, facts } = await watched(container('a'));
	asked();
	engine.failure = new ClientError('unreachable', quoted('Docker: connection refused'));
	await engine.closeEvents();
	await clock.advance(0);
	expect(state().feeds.containers).toMatchObject({ status: 'failed', failure: { kind: 'lost' } });
	expect(names()).toEqual(['a']);
	await clock.advance(30_000);
	const pauses = facts.flatMap(fact => (fact.type === 'feed failed' ? [fact.retryAt] : []));
	expect(pauses.slice(0, 4).map((at, index, all) => at - (all[index - 1] ?? 1_000_000))).toEqual([
		1000, 2000, 4000, 8000,
	]);
	engine.failure = null;
	asked();
	await clock.advance(15_000);
	expect(state().feeds.containers.status).toBe('live');
	// After a reconnect everything is listed again, and earlier facts stay valid.
	expect(asked()).toEqual(['version', 'events', 'list']);
});

test('someone who wants to know ends a pause', async () => {
	const { engine, clock, state, wake } = await watched(container('a'));
	engine.failure = new ClientError('unreachable', quoted('Docker: connection refused'));
	await engine.closeEvents();
	await clock.advance(5000);
	engine.failure = null;
	wake.fire();
	await clock.advance(0);
	expect(state().feeds.containers.status).toBe('live');
});

test('a list that fails ends the connection', async () => {
	const { engine, clock, state } = await watched(container('a'));
	engine.failure = new ClientError('timeout', quoted('Docker: no answer within 10 s'));
	await clock.advance(30_000);
	expect(state().feeds.containers).toMatchObject({ status: 'failed', failure: { kind: 'timeout' } });
});

test('the open detail is inspected every five seconds, and no other', async () => {
	const { asked, clock, interest } = await watched(container('a'), container('b'));
	asked();
	interest.setState({ inspectedId: 'b' });
	await clock.advance(11_000);
	expect(asked()).toEqual(['inspect b', 'inspect b', 'inspect b']);
	interest.setState({ inspectedId: null });
	await clock.advance(10_000);
	expect(asked()).toEqual([]);
});

test('where events are withheld the list is polled, and everything inspected each half minute', async () => {
	const { engine, asked, clock, state } = await watched(container('a'));
	engine.eventsFailure = new ClientError('refused', quoted('Docker: 403'), null, { httpStatus: 403 });
	await engine.closeEvents();
	await clock.advance(1000);
	asked();
	expect(state().sources.docker).toMatchObject({ withoutEvents: true });
	await clock.advance(10_000);
	expect(asked()).toEqual(Array.from({ length: 5 }, () => 'list'));
	await clock.advance(22_000);
	expect(asked().filter(what => what !== 'list')).toEqual(['inspect a']);
});
