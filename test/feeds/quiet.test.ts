import { expect, test } from 'vitest';
import { watchStats } from '../../source/feeds/containers/stats.ts';
import { watchEndpoints } from '../../source/feeds/endpoints.ts';
import { createInterest } from '../../source/feeds/interest.ts';
import { Quiet } from '../../source/feeds/quiet.ts';
import { type FeedContext, Wake } from '../../source/feeds/schedule.ts';
import type { Fact } from '../../source/model/observation.ts';
import { initialState } from '../../source/model/state.ts';
import type { Clock } from '../../source/model/time/clock.ts';
import { quoted } from '../../source/words/message.ts';
import { run, runsFetched } from '../diagnosis/stack.ts';

const minute = 60_000;

function quietAt() {
	const time = { now: 0, ends: 0 };
	const clock: Clock = { now: () => time.now, sleep: () => new Promise(() => undefined) };
	const quiet = new Quiet(clock, () => {
		time.ends++;
	});
	return { quiet, time };
}

const checked = (ok: boolean): Fact => ({
	type: 'endpoint checked',
	id: 'mlflow',
	ok,
	httpStatus: ok ? 200 : null,
	answerMs: null,
	problem: null,
});

type WatchDeps = Parameters<typeof watchEndpoints>[1];

test.each([
	[15_000, 5000, 2000],
	[15_001, 10_000, 3000],
	[2 * minute, 10_000, 3000],
	[2 * minute + 1, 15_000, 6000],
])('after %i ms without news, polls are %i ms apart and figures %i', (now, polls, figures) => {
	const { quiet, time } = quietAt();
	time.now = now;
	expect(quiet.pauseMs(5000)).toBe(polls);
	expect(quiet.figuresPauseMs(2000)).toBe(figures);
});

test.each<[string, Fact]>([
	['a finding', { type: 'findings changed', findings: [] }],
	[
		'a feed that fails',
		{ type: 'feed failed', feed: 'dags', failure: { kind: 'timeout', message: quoted(''), fix: null }, retryAt: 0 },
	],
	['an active run', runsFetched(run('r', 'running', 1000))],
	['a page that does not answer', checked(false)],
])('%s ends it, and has the looks made at once', (_, fact) => {
	const { quiet, time } = quietAt();
	time.now = 3 * minute;
	quiet.see(fact);
	expect(time.ends).toBe(1);
	expect(quiet.pauseMs(5000)).toBe(5000);
	quiet.see(fact);
	expect(time.ends).toBe(1);
});

test('the looks themselves do not end it', () => {
	const { quiet, time } = quietAt();
	time.now = 3 * minute;
	quiet.see(checked(true));
	quiet.see({ type: 'feed live', feed: 'dags' });
	quiet.see({ type: 'dags fetched', dags: [] });
	quiet.see(runsFetched(run('r', 'success', 1000)));
	quiet.see({ type: 'task instances fetched', dagId: 'd', dagRunId: 'r', taskInstances: [] });
	quiet.see({ type: 'source connected', source: 'airflow', version: '2.8.0', address: 'http://localhost:8082' });
	quiet.see({ type: 'containers listed', containers: [] });
	expect(time.ends).toBe(0);
	expect(quiet.pauseMs(5000)).toBe(15_000);
});

test('a clock that is set back leaves it as it is after a while', () => {
	const { quiet, time } = quietAt();
	time.now = -60 * minute;
	expect(quiet.pauseMs(5000)).toBe(15_000);
	quiet.noteActivity();
	expect(quiet.pauseMs(5000)).toBe(5000);
});

/** The pauses of an idle feed, ms; the clock runs for this time, ms. */
async function pausesOf(
	limitMs: number,
	watch: (context: FeedContext, deps: WatchDeps) => Promise<void>,
): Promise<number[]> {
	const time = { now: 0 };
	const ending = new AbortController();
	const pauses: number[] = [];
	const clock: Clock = {
		now: () => time.now,
		async sleep(ms) {
			pauses.push(ms);
			time.now += ms;
			if (time.now > limitMs) ending.abort();
		},
	};
	const wake = new Wake();
	await watch(
		{ clock, signal: ending.signal, observe: () => undefined, random: () => 0 },
		{
			state: () => initialState,
			onChange: () => () => undefined,
			interest: createInterest('dag'),
			quiet: new Quiet(clock, () => wake.fire()),
			wake,
			healthAsUser: null,
			ssh: null,
		},
	);
	return pauses;
}

test('web pages are looked at less often while nothing happens', async () => {
	const pauses = await pausesOf(200_000, watchEndpoints);
	expect(pauses.slice(0, 4)).toEqual(Array(4).fill(5000));
	expect(pauses.slice(4, 15)).toEqual(Array(11).fill(10_000));
	expect(pauses.slice(15)).toEqual(Array(pauses.length - 15).fill(15_000));
	expect(pauses.length).toBeGreaterThan(17);
});

test('containers are measured less often while nothing happens', async () => {
	const docker = { statsSample: async () => null };
	const pauses = await pausesOf(140_000, (context, deps) => watchStats(context, { ...deps, docker, intervalMs: 2000 }));
	expect(pauses.slice(0, 8)).toEqual(Array(8).fill(2000));
	expect(pauses.slice(8, 43)).toEqual(Array(35).fill(3000));
	expect(pauses.slice(43)).toEqual(Array(pauses.length - 43).fill(6000));
	expect(pauses.length).toBeGreaterThan(45);
});
