import { expect, test } from 'vitest';
import { gather, type Requirement } from '../../source/app/gather.ts';
import { createStackStore } from '../../source/app/store.ts';
import type { Fact } from '../../source/model/observation.ts';
import { quoted } from '../../source/words/message.ts';
import { dagId, run, runsFetched, task } from '../diagnosis/stack.ts';
import { HandClock, settled } from '../given/hand-clock.ts';

/** Waits for these requirements while only the given facts arrive; returns the fact after which the wait ended. */
async function waiting(...required: readonly Requirement[]) {
	const clock = new HandClock(1000);
	const store = createStackStore();
	const asked: string[] = [];
	const end = new AbortController();
	let isOver = false;
	const done = gather(
		{ store, clock, dueChecks: async () => void asked.push('checks') },
		required,
		12_000,
		end.signal,
	).then(() => {
		isOver = true;
	});
	await settled();
	return {
		asked,
		clock,
		end: async () => {
			end.abort();
			await done;
		},
		isOver: () => isOver,
		after: async (...facts: readonly Fact[]) => {
			for (const fact of facts) store.observe({ at: clock.now(), ...fact });
			await settled();
			return isOver;
		},
	};
}

const live = (feed: 'dags' | 'stats' | 'containers'): Fact => ({ type: 'feed live', feed });
const failed = (feed: 'dags' | 'stats' | 'containers'): Fact => ({
	type: 'feed failed',
	feed,
	failure: { kind: 'unreachable', message: quoted('refused'), fix: null },
	retryAt: 2000,
});

test('a feed is waited for until it is live, or has failed', async () => {
	const one = await waiting('dags');
	expect(await one.after(live('stats'))).toBe(false);
	expect(await one.after(live('dags'))).toBe(true);
	const other = await waiting('dags');
	expect(await other.after(failed('dags'))).toBe(true);
});

test('all that is needed is waited for, and what is there already for no moment', async () => {
	const { after } = await waiting('dags', 'stats');
	expect(await after(live('dags'))).toBe(false);
	expect(await after(failed('stats'))).toBe(true);
	expect((await waiting()).isOver()).toBe(true);
});

test('without an engine there are no details and no figures to wait for', async () => {
	const { after } = await waiting('details', 'use');
	expect(await after(failed('containers'))).toBe(true);
});

test('the run before is waited for where tasks of the newest run wait for it', async () => {
	const definition = { operator: 'x', downstreamTaskIds: [], triggerRule: 'all_success', waitForDownstream: false };
	const tasks = [{ ...definition, taskId: 'a', dependsOnPast: true, retryDelayMs: 0, hasRetryBackoff: false }];
	const of = (dagRunId: string): Fact => ({
		type: 'task instances fetched',
		dagId,
		dagRunId,
		taskInstances: [task('a', null, { dagRunId })],
	});
	const runs = runsFetched(run('newest', 'running', 1000), run('before', 'failed', 60_000));
	const { after } = await waiting('dags', 'run before');
	expect(await after(runs, of('newest'), { type: 'dag tasks fetched', dagId, tasks }, live('dags'))).toBe(false);
	expect(await after(of('before'))).toBe(true);
});

test('checks are asked for, and waited for until the light ones are complete', async () => {
	const { asked, after } = await waiting('checks');
	expect(asked).toEqual(['checks']);
	expect(await after({ type: 'checks complete', deep: true })).toBe(false);
	expect(await after({ type: 'checks complete', deep: false })).toBe(true);
});

test('nobody is waited for beyond the time, or once it is called off', async () => {
	const late = await waiting('dags');
	await late.clock.advance(11_999);
	expect(late.isOver()).toBe(false);
	await late.clock.advance(1);
	expect(late.isOver()).toBe(true);
	const off = await waiting('dags');
	await off.end();
	expect(off.isOver()).toBe(true);
});
