import { expect, test } from 'vitest';
import { keepAsking, Wake } from '../../source/feeds/schedule.ts';
import { ClientError } from '../../source/model/failures/failure.ts';
import type { Fact } from '../../source/model/observation.ts';
import { quoted } from '../../source/words/message.ts';
import { HandClock } from '../given/hand-clock.ts';

const begin = 1_000_000;

/** A feed whose server is busy, and names this wait. */
async function busy(retryAfterMs: number | undefined) {
	const clock = new HandClock(begin);
	const wake = new Wake();
	const end = new AbortController();
	const facts: Fact[] = [];
	const asked: number[] = [];
	const over = keepAsking(
		{ clock, signal: end.signal, observe: fact => facts.push(fact), random: () => 0.5 },
		{
			feed: 'dags',
			wake,
			ask: async () => {
				asked.push(clock.now() - begin);
				throw new ClientError('busy', quoted('busy'), null, { httpStatus: 429, retryAfterMs });
			},
		},
	);
	await clock.advance(0);
	return {
		...{ clock, wake, asked, facts },
		stop: async () => {
			end.abort();
			await clock.advance(0);
			await over;
		},
	};
}

test('a server that names a wait is left alone for it, also by who wants to know', async () => {
	const { clock, wake, asked, facts, stop } = await busy(30_000);
	expect(facts).toMatchObject([{ type: 'feed failed', retryAt: begin + 30_000 }]);
	await clock.advance(10_000);
	wake.fire();
	await clock.advance(19_000);
	expect(asked).toEqual([0]);
	await clock.advance(1000);
	expect(asked).toEqual([0, 30_000]);
	await stop();
});

test('a minute is the most that a server can ask for', async () => {
	const { clock, asked, stop } = await busy(3_600_000);
	await clock.advance(59_000);
	expect(asked).toEqual([0]);
	await clock.advance(1000);
	expect(asked).toEqual([0, 60_000]);
	await stop();
});

test('without a wait the pauses grow, and who wants to know ends one', async () => {
	const { clock, wake, asked, stop } = await busy(undefined);
	await clock.advance(1000);
	await clock.advance(500);
	wake.fire();
	await clock.advance(0);
	expect(asked).toEqual([0, 1000, 1500]);
	await stop();
});
