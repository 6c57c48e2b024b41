import { afterEach, expect, test } from 'vitest';
import { createStackStore } from '../../../source/app/store.ts';
import type { RunSearch } from '../../../source/clients/mlflow/run-search.ts';
import { createInterest } from '../../../source/feeds/interest.ts';
import { watchRunSearch } from '../../../source/feeds/mlflow/run-search.ts';
import { Wake } from '../../../source/feeds/schedule.ts';
import { ClientError } from '../../../source/model/failures/failure.ts';
import type { MlflowRun } from '../../../source/model/mlflow/experiment.ts';
import { newestFirst } from '../../../source/model/mlflow/run-search.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { quoted } from '../../../source/words/message.ts';
import { HandClock } from '../../given/hand-clock.ts';

const second = 1000;
let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

const run = (index: number, status = 'FINISHED'): MlflowRun => ({
	...{ runId: `r${index}`, runName: 'train', experimentId: '1', status, startedAt: 20_000 - index, endedAt: null },
	...{ metrics: [], params: [], tags: [{ key: 'family', value: 'trees' }] },
});

/** An MLflow with 10,000 runs of the experiment, and the feed of its list, on a clock that stands still. */
async function watched({ sendsPassword = false } = {}) {
	const clock = new HandClock(1_000_000);
	const store = createStackStore();
	const end = new AbortController();
	const asked: RunSearch[] = [];
	const server = {
		runs: Array.from({ length: 10_000 }, (_, index) => run(index)),
		failure: null as Error | null,
		tookMs: 0,
	};
	const client = {
		sendsPassword,
		pageOfRuns: async (search: RunSearch) => {
			asked.push(search);
			if (server.tookMs > 0) await clock.sleep(server.tookMs);
			if (server.failure) throw server.failure;
			const from = Number(search.page ?? 0);
			const runs = server.runs.slice(from, from + search.limit);
			const next = from + runs.length;
			return { runs, nextPage: next < server.runs.length ? String(next) : null };
		},
	};
	const observe = (fact: Fact) => store.observe({ at: clock.now(), ...fact });
	const interest = createInterest('dag');
	const wake = new Wake();
	const running = watchRunSearch(
		{ clock, signal: end.signal, random: () => 0.5, observe },
		{
			mlflow: () => client,
			state: store.current,
			onChange: listener => store.onChange(listener),
			seriesTag: 'family',
			interest,
			quiet: { pauseMs: (ms: number) => ms },
			wake,
		},
	);
	stop = async () => {
		end.abort();
		await clock.advance(0);
		await running;
	};
	const experiment = { experimentId: '1', name: 'churn', artifactLocation: null };
	observe({ type: 'experiment fetched', name: 'churn', experiment });
	observe({ type: 'mlflow runs fetched', experimentId: '1', runs: server.runs.slice(0, 200) });
	const wants = async (filter: string, orderBy: string, count: number) => {
		interest.setState({ mlflowRuns: { filter, orderBy, count } });
		await clock.advance(0);
	};
	const closes = async () => {
		interest.setState({ mlflowRuns: null });
		await clock.advance(0);
	};
	await clock.advance(0);
	return { clock, server, wants, closes, wake, found: () => store.current().runSearch, asked: () => asked.splice(0) };
}

test('what the feed of the experiment has is not asked for; runs further down are, page by page', async () => {
	const { wants, asked, found } = await watched();
	await wants('', newestFirst, 200);
	expect(asked()).toEqual([]);
	await wants('', newestFirst, 300);
	expect(asked().map(({ limit }) => limit)).toEqual([300]);
	await wants('', newestFirst, 400);
	expect(asked()).toMatchObject([{ page: '300', limit: 100 }]);
	expect(found()?.runs).toHaveLength(400);
	expect(found()?.runs.at(-1)).toMatchObject({ runId: 'r399', group: 'trees' });
});

test('a filter and an order are sent; another one starts anew', async () => {
	const { wants, asked, found } = await watched();
	await wants('metrics.a > 1', 'metrics.`a` DESC', 100);
	expect(asked()).toMatchObject([
		{ experimentId: '1', filter: 'metrics.a > 1', orderBy: 'metrics.`a` DESC', page: null, limit: 100 },
	]);
	await wants('metrics.a > 2', 'metrics.`a` DESC', 100);
	expect(asked()).toMatchObject([{ filter: 'metrics.a > 2', page: null }]);
	expect(found()?.query.filter).toBe('metrics.a > 2');
});

test('the first runs are fetched again: each 15 s, each 5 s while one is active, at once when asked', async () => {
	const { clock, server, wants, asked, found, wake } = await watched();
	await wants('metrics.a > 1', newestFirst, 500);
	asked();
	await clock.advance(14 * second);
	expect(asked()).toEqual([]);
	server.runs.unshift(run(-1, 'RUNNING'));
	await clock.advance(1 * second);
	expect(asked()).toMatchObject([{ page: null, limit: 200 }]);
	expect(
		found()
			?.runs.slice(0, 2)
			.map(({ runId }) => runId),
	).toEqual(['r-1', 'r0']);
	expect(new Set(found()?.runs.map(({ runId }) => runId)).size).toBe(found()?.runs.length);
	await clock.advance(5 * second);
	expect(asked()).toHaveLength(1);
	wake.fire();
	await clock.advance(0);
	expect(asked()).toHaveLength(1);
});

test('what costs MLflow seconds is fetched again for a twentieth of the time, at once when asked', async () => {
	const { clock, server, wants, asked, wake } = await watched();
	server.tookMs = 6 * second;
	await wants('', 'metrics.`a` DESC', 100);
	await clock.advance(6 * second);
	expect(asked()).toHaveLength(1);
	await clock.advance(119 * second);
	expect(asked()).toEqual([]);
	await clock.advance(1 * second);
	expect(asked()).toHaveLength(1);
	await clock.advance(6 * second);
	wake.fire();
	await clock.advance(0);
	expect(asked()).toHaveLength(1);
	await clock.advance(6 * second);
	// Further down is asked for as before, and a cheap query is not held up by an expensive one.
	await wants('', 'metrics.`a` DESC', 200);
	expect(asked()).toMatchObject([{ page: '100' }]);
	await clock.advance(6 * second);
	server.tookMs = 0;
	await wants('metrics.a > 1', newestFirst, 100);
	expect(asked()).toHaveLength(1);
	await clock.advance(15 * second);
	expect(asked()).toHaveLength(1);
});

test('a refusal is kept with what was found before, and repeated after a pause; another filter is sent at once', async () => {
	const { clock, server, wants, asked, found } = await watched();
	server.failure = new ClientError('refused', quoted('INVALID_PARAMETER_VALUE'));
	await wants('metrics.a > 1', newestFirst, 100);
	expect(found()).toMatchObject({ runs: [], seenAt: 0, failure: { kind: 'refused' } });
	asked();
	await clock.advance(1 * second);
	expect(asked()).toHaveLength(1);
	server.failure = null;
	await wants('metrics.a > 2', newestFirst, 100);
	expect(found()).toMatchObject({ failure: null });
	expect(found()?.runs).toHaveLength(100);
});

test('what was found is dropped a minute after the list was closed', async () => {
	const { clock, wants, closes, asked, found } = await watched();
	await wants('metrics.a > 1', newestFirst, 100);
	await closes();
	asked();
	await clock.advance(59 * second);
	expect(found()).not.toBeNull();
	await clock.advance(1 * second);
	expect(found()).toBeNull();
	expect(asked()).toEqual([]);
});
