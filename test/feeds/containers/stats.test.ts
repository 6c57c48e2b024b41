import { expect, test } from 'vitest';
import { watchStats } from '../../../source/feeds/containers/stats.ts';
import { createInterest } from '../../../source/feeds/interest.ts';
import { Wake } from '../../../source/feeds/schedule.ts';
import type { StatsSample } from '../../../source/model/engine/container-stats.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { initialState } from '../../../source/model/state.ts';
import { container } from '../../diagnosis/stack.ts';
import { HandClock } from '../../given/hand-clock.ts';
import { stubOf } from '../../given/stub.ts';

test('figures of one turn are published together, and a container that is slow to measure does not hold them up', async () => {
	const clock = new HandClock(1000);
	const containers = Object.fromEntries(
		['redis', 'postgres', 'mlflow'].map(name => {
			const one = container(name, { state: 'running' });
			return [one.id, stubOf<(typeof initialState.containers)[string]>({ container: one })];
		}),
	);
	const state = { ...initialState, containers };
	const waits = new Map(
		Object.values(containers).map(({ container: { id } }, index) => [id, [5, 20, 400][index] ?? 0]),
	);
	const published: [number, string][] = [];
	const end = new AbortController();
	const watching = watchStats(
		{
			clock,
			signal: end.signal,
			random: () => 0.5,
			observe: (fact: Fact) => {
				if (fact.type === 'container stats') published.push([clock.now() - 1000, fact.sample.id]);
			},
		},
		{
			docker: {
				async statsSample({ id }) {
					await clock.sleep(waits.get(id) ?? 0);
					return stubOf<StatsSample>({ id });
				},
			},
			state: () => state,
			onChange: () => () => undefined,
			interest: createInterest('dag'),
			quiet: { figuresPauseMs: ms => ms },
			wake: new Wake(),
			intervalMs: 2000,
		},
	);
	await clock.advance(1000);
	const [redis, postgres, mlflow] = Object.keys(containers);
	expect(published.slice(0, 3)).toEqual([
		[50, redis],
		[50, postgres],
		[400, mlflow],
	]);
	end.abort();
	await clock.advance(1000);
	await watching;
});
