import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogChannel, LogLine } from '../../../source/model/logs/log-line.ts';
import { LogPlace, secondsOf } from '../../../source/model/logs/log-place.ts';
import { runs } from '../../random.ts';

/** Nanoseconds after eight o'clock, as the engine writes them. */
const stampOf = (ns: bigint) => {
	const second = new Date(Date.UTC(2026, 10, 24, 8) + Number(ns / 1_000_000_000n) * 1000).toISOString().slice(0, 19);
	return `${second}.${String(ns % 1_000_000_000n).padStart(9, '0')}Z`;
};

function line(ns: number | bigint, text = '', channel: LogChannel = 'stdout'): LogLine {
	return { stamp: stampOf(BigInt(ns)), loggedAt: 0, channel, text };
}

/** The engine's response for `since`: inclusive, in the order of the file. */
function sent(log: readonly LogLine[], since: string | undefined): readonly LogLine[] {
	return since === undefined ? log : log.filter(one => Number(secondsOf(one.stamp ?? '')) >= Number(since));
}

test('lines of the same moment are distinguished, and equal ones counted', () => {
	const log = [line(1, 'a'), line(2, 'b'), line(2, 'b'), line(2, 'b'), line(3, 'c')];
	const place = new LogPlace();
	expect(place.unseen(log.slice(0, 3))).toHaveLength(3);
	expect(place.unseen(sent(log, place.since())).map(one => one.text)).toEqual(['b', 'c']);
	expect(place.outcome).toBe('found');
});

test('a line that the engine wrote down late is not left out', () => {
	const log = [line(5_000_000, 'out'), line(4_000_000, 'err', 'stderr'), line(6_000_000, 'out 2')];
	const place = new LogPlace();
	place.unseen(log.slice(0, 1));
	expect(place.unseen(sent(log, place.since()))).toEqual(log.slice(1));
});

test('a clock that was set back loses and doubles nothing', () => {
	const log = [
		line(9_000_000_000n, 'a'),
		line(9_500_000_000n, 'b'),
		line(9_100_000_000n, 'c'),
		line(9_200_000_000n, 'd'),
	];
	const place = new LogPlace();
	place.unseen(log.slice(0, 3));
	expect(place.unseen(sent(log, place.since()))).toEqual(log.slice(3));
});

test('where the log no longer holds what was read, that is known, and reading goes on', () => {
	const place = new LogPlace();
	place.unseen([line(1, 'a'), line(2, 'b')]);
	place.since();
	expect(place.unseen([line(70, 'x'), line(71, 'y')]).map(one => one.text)).toEqual(['x', 'y']);
	expect(place.takeLoss()).toBe(stampOf(2n));
	expect(place.takeLoss()).toBeNull();
});

test('of a channel that begins later, what was there before the first line stays out', () => {
	const log = [line(1, 'left out by tail', 'stderr'), line(2, 'a'), line(3, 'b'), line(4, 'new', 'stderr')];
	const place = new LogPlace();
	place.unseen(log.slice(1, 3));
	expect(place.unseen(sent(log, place.since())).map(one => one.text)).toEqual(['new']);
	expect(place.outcome).toBe('found');
});

test('nothing was read: it begins from the beginning', () => {
	const place = new LogPlace();
	expect(place.since()).toBeUndefined();
	place.beginAt('12.5');
	expect(place.since()).toBe('12.5');
	expect(place.unseen([line(1)])).toHaveLength(1);
});

test('a second cut while the place is still looked for', () => {
	const log = [line(1, 'a'), line(2, 'b'), line(3, 'c')];
	const place = new LogPlace();
	place.unseen(log.slice(0, 2));
	const answer = sent(log, place.since());
	expect(place.unseen(answer.slice(0, 1))).toEqual([]);
	expect(place.unseen(sent(log, place.since())).map(one => one.text)).toEqual(['c']);
});

test('property: however often it is cut, no line is missing and none comes twice', () => {
	const lines = fc.array(
		fc.record({
			by: fc.constantFrom(0, 0, 1, 50, 400_000_000, 1_500_000_000),
			text: fc.constantFrom('a', 'b'),
			channel: fc.constantFrom('stdout' as const, 'stderr' as const),
			late: fc.constantFrom(0, 0, 0, 300_000),
		}),
		{ minLength: 1, maxLength: 60 },
	);
	const cuts = fc.array(fc.record({ after: fc.nat({ max: 12 }), batch: fc.integer({ min: 1, max: 5 }) }), {
		maxLength: 25,
	});
	fc.assert(
		fc.property(lines, cuts, (all, where) => {
			let ns = 10_000_000_000n;
			const youngest: Record<LogChannel, bigint> = { stdout: 0n, stderr: 0n };
			// Times grow within a channel; between the channels a line may be written down late.
			const log = all.map(({ by, text, channel, late }) => {
				ns += BigInt(by);
				const at = ns - BigInt(late);
				youngest[channel] = at > youngest[channel] ? at : youngest[channel];
				return line(youngest[channel], text, channel);
			});
			const place = new LogPlace();
			const read: LogLine[] = [];
			for (const { after, batch } of [...where, { after: log.length * 2, batch: 3 }]) {
				const answer = sent(log, place.since()).slice(0, after);
				for (let at = 0; at < answer.length; at += batch) read.push(...place.unseen(answer.slice(at, at + batch)));
			}
			const rest = place.unseen(sent(log, place.since()));
			expect([...read, ...rest]).toEqual(log);
		}),
		{ numRuns: runs(1000) },
	);
});

test('times as the engine reads them', () => {
	expect(secondsOf('2026-11-24T08:00:00.000000001Z')).toBe('1795507200.000000001');
	expect(secondsOf('2026-11-24T17:00:00+09:00')).toBe('1795507200.000000000');
});
