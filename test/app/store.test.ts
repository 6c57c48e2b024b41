import { expect, test } from 'vitest';
import { createStackStore } from '../../source/app/store.ts';
import type { Observation } from '../../source/model/observation.ts';
import { initialState, type StackState } from '../../source/model/state.ts';

const live: Observation = { type: 'feed live', feed: 'containers', at: 1000 };

test('each observation is in the state at once, and told to those who listen where it changed something', () => {
	const store = createStackStore();
	expect(store.current()).toBe(initialState);
	const told: StackState[] = [];
	const stop = store.onChange(state => told.push(state));
	store.observe(live);
	expect(store.current().feeds.containers.status).toBe('live');
	store.observe({ ...live, at: 2000 });
	expect(told).toEqual([store.current()]);
	stop();
	store.observe({ ...live, feed: 'stats' });
	expect(told).toHaveLength(1);
	expect(store.current().feeds.stats.status).toBe('live');
});

test('what is observed while it is told is told as well; after the end nothing is', () => {
	const stackOptions = [{ flag: '--project', value: 'shop', isOfProject: false }];
	const store = createStackStore({ ...initialState, stackOptions });
	const told: string[] = [];
	store.onChange(state => {
		told.push(`${state.feeds.containers.status} ${state.feeds.stats.status}`);
		store.observe({ ...live, feed: 'stats' });
	});
	store.observe(live);
	expect(told).toEqual(['live waiting', 'live live']);
	store.close();
	store.observe({ ...live, feed: 'logs' });
	expect(told).toHaveLength(2);
	expect(store.current().stackOptions).toEqual(stackOptions);
});
