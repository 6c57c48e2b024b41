import { expect, onTestFinished, test } from 'vitest';
import { type SignsDeps, SignWatch } from '../../source/checks/log-signs.ts';
import { factsOf } from '../../source/diagnosis/facts.ts';
import { Quiet } from '../../source/feeds/quiet.ts';
import { Wake } from '../../source/feeds/schedule.ts';
import type { LogLine } from '../../source/model/logs/log-line.ts';
import type { Fact } from '../../source/model/observation.ts';
import { container, diagnosisOptions, now, stateOf } from '../diagnosis/stack.ts';
import { HandClock, settled } from '../given/hand-clock.ts';

const second = 1000;
const failure = 'OSError: [Errno 28] No space left on device';

/** The log of one scheduler, and a watch over it on a clock that stands still. */
function watchOf(kind: 'unix' | 'ssh' = 'unix', isReadable = true) {
	const clock = new HandClock(now);
	const end = new AbortController();
	const facts: Fact[] = [];
	const log: LogLine[] = [];
	const requests: string[] = [];
	let news = Promise.withResolvers<void>();
	const state = stateOf({ type: 'containers listed', containers: [container('airflow-scheduler')] });
	const docker: SignsDeps['docker'] = {
		host: { kind, address: '', origin: '', tlsDirectory: null },
		async *logs(_id, { since, follow }, signal) {
			requests.push(follow ? 'follow' : 'read');
			if (!isReadable) throw new Error('no such log');
			yield [];
			let next = log.findIndex(({ loggedAt }) => (loggedAt ?? 0) >= Number(since) * second);
			if (next === -1) next = log.length;
			while (!signal.aborted) {
				if (next < log.length) yield log.slice(next);
				next = log.length;
				if (!follow) return;
				const ended = new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));
				await Promise.race([news.promise, ended]);
			}
		},
	};
	const watch = new SignWatch(
		{ clock, signal: end.signal, observe: fact => facts.push(fact), random: () => 0.5 },
		{
			docker,
			facts: () => factsOf(state, clock.now(), diagnosisOptions),
			isFocused: () => true,
			quiet: new Quiet(clock, () => undefined),
			wake: new Wake(),
		},
	);
	const running = watch.run();
	onTestFinished(async () => {
		end.abort();
		await clock.advance(0);
		await running;
	});
	return {
		clock,
		watch,
		requests,
		signs: () => facts.flatMap(fact => (fact.type === 'log sign' ? [`${fact.sign} in ${fact.container}`] : [])),
		/** Writes lines, each a millisecond after the one before. */
		async write(...texts: string[]) {
			for (const text of texts) {
				const at = Math.max(clock.now(), (log.at(-1)?.loggedAt ?? 0) + 1);
				log.push({ stamp: new Date(at).toISOString(), loggedAt: at, channel: 'stdout', text });
			}
			news.resolve();
			news = Promise.withResolvers();
			await settled();
		},
	};
}

test('a log with few lines is followed: a sign is seen at once, and once', async () => {
	const { clock, requests, signs, write, watch } = watchOf();
	await clock.advance(second);
	await write('Booting worker', failure);
	expect(signs()).toEqual(['disk full in airflow-scheduler']);
	await clock.advance(60 * second);
	await watch.look();
	expect(requests).toEqual(['read', 'follow']);
	expect(signs()).toHaveLength(1);
});

test('a log that becomes busy is read at intervals, and followed when it has calmed down', async () => {
	const { clock, requests, signs, write } = watchOf();
	await clock.advance(second);
	const many = Array.from({ length: 401 }, () => 'INFO step ok');
	await write(...many);
	await clock.advance(8 * second);
	expect(requests).toEqual(['read', 'follow', 'read', 'follow']);
	await write(...many);
	await write(...many.slice(0, 150));
	await clock.advance(8 * second);
	expect(requests.slice(4)).toEqual(['read']);
	await write(failure);
	await clock.advance(16 * second);
	expect(requests.slice(5)).toEqual(['read', 'follow']);
	expect(signs()).toEqual(['disk full in airflow-scheduler']);
});

test('a follower that may be stuck is replaced after minutes, and nothing is reported twice', async () => {
	const { clock, requests, signs, write } = watchOf();
	await clock.advance(second);
	await write(failure);
	await clock.advance(6 * 60 * second);
	expect(requests).toEqual(['read', 'follow', 'read', 'follow']);
	expect(signs()).toHaveLength(1);
	await write(failure);
	expect(signs()).toHaveLength(2);
});

test('through ssh, and where a log cannot be read, nothing is followed', async () => {
	const far = watchOf('ssh');
	await far.clock.advance(10 * second);
	await far.write(failure);
	await far.clock.advance(20 * second);
	expect(new Set(far.requests)).toEqual(new Set(['read']));
	expect(far.signs()).toHaveLength(1);
	const unreadable = watchOf('unix', false);
	await unreadable.clock.advance(30 * second);
	expect(new Set(unreadable.requests)).toEqual(new Set(['read']));
});

test('the first lines of a burst are enough', async () => {
	const { clock, signs, write } = watchOf();
	await clock.advance(second);
	await write(...Array.from({ length: 50 }, () => failure));
	expect(signs()).toHaveLength(3);
});
