import { afterEach, expect, test } from 'vitest';
import { createStackStore } from '../../../source/app/store.ts';
import { watchRunHistory } from '../../../source/feeds/airflow/run-history.ts';
import { createInterest } from '../../../source/feeds/interest.ts';
import { Wake } from '../../../source/feeds/schedule.ts';
import type { DagRun } from '../../../source/model/airflow/pipeline.ts';
import { ClientError } from '../../../source/model/failures/failure.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { quoted } from '../../../source/words/message.ts';
import { dagId, now } from '../../diagnosis/stack.ts';
import { HandClock } from '../../given/hand-clock.ts';
import { manyRuns } from '../../given/many-runs.ts';

const second = 1000;
let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

/** An Airflow with many runs, watched on a clock that stands still. No view is open. */
async function watched(runs: number, tasks = ['a', 'b', 'c']) {
	const made = manyRuns({ runs, tasks });
	const clock = new HandClock(now);
	const store = createStackStore();
	const interest = createInterest(dagId);
	const wake = new Wake();
	const end = new AbortController();
	const asked: string[] = [];
	const airflow = { runs: made.runs, failure: null as ClientError | null };
	const client = {
		pageOfRuns: async (_: string, offset: number) => {
			asked.push(`page ${offset}`);
			if (airflow.failure) throw airflow.failure;
			return { runs: airflow.runs.slice(offset, offset + 100), total: airflow.runs.length };
		},
		taskInstancesOfRuns: async (wanted: readonly DagRun[]) => {
			asked.push(`tasks of ${wanted.length}`);
			if (airflow.failure) throw airflow.failure;
			return wanted.flatMap(made.instancesOf);
		},
	};
	const observe = (fact: Fact) => store.observe({ at: clock.now(), ...fact });
	observe({ type: 'dag tasks fetched', dagId, tasks: made.definition });
	const running = watchRunHistory(
		{ clock, signal: end.signal, random: () => 0.5, observe },
		{ airflow: () => client, state: store.current, interest, wake },
	);
	stop = async () => {
		end.abort();
		await clock.advance(0);
		await running;
	};
	await clock.advance(0);
	const show = (from: number, to: number, dagRunId: string | null = null) =>
		interest.setState({ history: { from, to, dagRunId } });
	return {
		...{ airflow, clock, interest, wake, show, observe, made },
		state: store.current,
		asked: () => asked.splice(0),
		loaded: () => Object.keys(store.current().runHistory?.tasks ?? {}).length,
	};
}

test('nothing is asked before a view is open; then the runs, and their tasks once', async () => {
	const { asked, clock, show, loaded } = await watched(40);
	await clock.advance(600 * second);
	expect(asked()).toEqual([]);
	show(0, 40);
	await clock.advance(5 * second);
	expect(asked()).toEqual(['page 0', 'tasks of 5', 'tasks of 35']);
	expect(loaded()).toBe(40);
	await clock.advance(300 * second);
	// Old runs change by user action only.
	expect(asked()).toEqual(Array.from({ length: 5 }, () => 'page 0'));
});

test('of a thousand runs only the pages that the cursor reaches are fetched, and the tasks of the shown runs', async () => {
	const { asked, clock, show, loaded, state } = await watched(1000);
	show(0, 60);
	await clock.advance(10 * second);
	expect(asked()).toEqual(['page 0', 'tasks of 5', 'tasks of 50', 'tasks of 5']);
	expect(state().runHistory?.runs).toHaveLength(100);
	show(40, 100);
	await clock.advance(10 * second);
	expect(asked()).toEqual(['page 100', 'tasks of 40']);
	expect(loaded()).toBe(100);
});

test('a cursor that runs over the grid does not make it ask faster than once in 0.7 s', async () => {
	const { asked, clock, show } = await watched(1000);
	show(0, 60);
	await clock.advance(20 * second);
	asked();
	for (let step = 1; step <= 100; step++) {
		show(step * 4, step * 4 + 60);
		await clock.advance(0.1 * second);
	}
	expect(asked().length).toBeLessThanOrEqual(15);
});

test('the tasks of the runs next to the cursor come first', async () => {
	const { clock, show, made, state } = await watched(
		100,
		Array.from({ length: 60 }, (_, index) => `t${index}`),
	);
	const cursor = made.runs[50]?.dagRunId ?? '';
	show(20, 80, cursor);
	await clock.advance(1 * second);
	expect(Object.keys(state().runHistory?.tasks ?? {})).toContain(cursor);
	expect(Object.keys(state().runHistory?.tasks ?? {}).length).toBeLessThanOrEqual(5);
});

test('an active run is asked for every five seconds, unless the feed of the shown run does so already', async () => {
	const { airflow, asked, clock, show, observe, made } = await watched(3);
	const [first] = made.runs;
	if (!first) throw new Error('no run');
	airflow.runs = [{ ...first, state: 'running', endedAt: null }, ...made.runs.slice(1)];
	show(0, 3);
	await clock.advance(4 * second);
	asked();
	await clock.advance(20 * second);
	expect(asked()).toEqual(Array.from({ length: 4 }, () => 'tasks of 1'));
	for (let step = 0; step < 20; step++) {
		observe({
			type: 'task instances fetched',
			dagId,
			dagRunId: first.dagRunId,
			taskInstances: made.instancesOf(first),
		});
		await clock.advance(1 * second);
	}
	expect(asked().filter(what => what.startsWith('tasks'))).toEqual([]);
});

test('a refresh lists the runs again, and asks for the tasks of the selected run', async () => {
	const { asked, clock, show, wake, made } = await watched(10);
	show(0, 10, made.runs[4]?.dagRunId ?? '');
	await clock.advance(10 * second);
	asked();
	wake.fire();
	await clock.advance(3 * second);
	expect(asked()).toEqual(['page 0', 'tasks of 1']);
});

test('a run that was cleared and ran again is asked for again', async () => {
	const { airflow, asked, clock, show, wake, made } = await watched(10);
	show(0, 10);
	await clock.advance(10 * second);
	airflow.runs = made.runs.map((run, index) => (index === 7 ? { ...run, endedAt: now } : run));
	asked();
	wake.fire();
	await clock.advance(3 * second);
	expect(asked()).toEqual(['page 0', 'tasks of 1']);
});

test('a minute after the last view was closed nothing is kept, and nothing is asked any more', async () => {
	const { asked, clock, interest, show, state } = await watched(40);
	show(0, 40);
	await clock.advance(10 * second);
	interest.setState({ history: null });
	await clock.advance(59 * second);
	expect(state().runHistory?.runs).toHaveLength(40);
	await clock.advance(2 * second);
	expect(state().runHistory).toBeNull();
	asked();
	await clock.advance(600 * second);
	expect(asked()).toEqual([]);
	show(0, 40);
	await clock.advance(5 * second);
	expect(asked()).toEqual(['page 0', 'tasks of 5', 'tasks of 35']);
});

test('back within the minute, nothing is fetched again', async () => {
	const { asked, clock, interest, show } = await watched(40);
	show(0, 40);
	await clock.advance(10 * second);
	interest.setState({ history: null });
	await clock.advance(30 * second);
	asked();
	show(0, 40);
	await clock.advance(10 * second);
	expect(asked()).toEqual([]);
});

test('a failure is reported, and asked again after a growing pause', async () => {
	const { airflow, asked, clock, show, state } = await watched(3);
	airflow.failure = new ClientError('refused', quoted('403: no access to task instances'));
	show(0, 3);
	await clock.advance(60 * second);
	expect(state().runHistory?.failure?.message).toEqual(quoted('403: no access to task instances'));
	expect(asked().length).toBeLessThan(12);
	airflow.failure = null;
	await clock.advance(60 * second);
	expect(state().runHistory).toMatchObject({ failure: null });
});

test('more task instances than can be kept: it stops with those next to the cursor', async () => {
	const mapped = Array.from({ length: 3000 }, (_, index) => `t${index}`);
	const { asked, clock, show, loaded } = await watched(20, mapped);
	show(0, 20);
	await clock.advance(60 * second);
	expect(loaded()).toBe(6);
	asked();
	await clock.advance(50 * second);
	expect(asked().filter(what => what.startsWith('tasks'))).toEqual([]);
});
