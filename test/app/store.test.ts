import { expect, test } from 'vitest';
import { createStackStore } from '../../source/app/store.ts';
import type { Observation } from '../../source/model/observation.ts';
import { initialState, type StackState } from '../../source/model/state.ts';

const live: Observation = { type: 'feed live', feed: 'containers', at: 1000 };

test('each observation is in the state at once, and listeners are notified if it changed something', () => {
	const store = createStackStore();
	expect(store.current()).toBe(initialState);
	const notified: StackState[] = [];
	const stop = store.onChange(state => notified.push(state));
	store.observe(live);
	expect(store.current().feeds.containers.status).toBe('live');
	store.observe({ ...live, at: 2000 });
	expect(notified).toEqual([store.current()]);
	stop();
	store.observe({ ...live, feed: 'stats' });
	expect(notified).toHaveLength(1);
	expect(store.current().feeds.stats.status).toBe('live');
});

test('observations made during a notification are notified too; none are after the end', () => {
	const stackOptions = [{ flag: '--project', value: 'shop', isOfProject: false }];
	const store = createStackStore({ ...initialState, stackOptions });
	const notified: string[] = [];
	store.onChange(state => {
		notified.push(`${state.feeds.containers.status} ${state.feeds.stats.status}`);
		store.observe({ ...live, feed: 'stats' });
	});
	store.observe(live);
	expect(notified).toEqual(['live waiting', 'live live']);
	store.close();
	store.observe({ ...live, feed: 'logs' });
	expect(notified).toHaveLength(2);
	expect(store.current().stackOptions).toEqual(stackOptions);
});
