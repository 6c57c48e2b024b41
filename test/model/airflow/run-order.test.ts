import { expect, test } from 'vitest';
import { type DagRun, newestRun, runsNewestFirst } from '../../../source/model/airflow/pipeline.ts';
import { withQueueTimes } from '../../../source/model/airflow/run-order.ts';

const at = (time: string) => Date.parse(`2026-11-24T${time}Z`);
const now = at('12:00:00');

type Given = Partial<DagRun> & { dagRunId: string; dataIntervalEnd?: number };

/** Triggered manually at a moment by default. */
function run({ dataIntervalEnd, ...given }: Given) {
	const whole: DagRun = {
		dagId: 'd',
		state: given.startedAt ? 'success' : 'queued',
		runType: 'manual',
		logicalDate: null,
		queuedAt: null,
		startedAt: null,
		endedAt: null,
		conf: null,
		note: null,
		...given,
	};
	return { run: whole, dataIntervalEnd: dataIntervalEnd ?? null };
}

/** By row number, the last first, as from the server; returns the ids, the newest first. */
const order = (...made: Given[]) => runsNewestFirst(withQueueTimes(made.map(run), now)).map(({ dagRunId }) => dagRunId);

const early = { dagRunId: 'early', logicalDate: at('09:00:00.123'), startedAt: at('09:00:01.500') };
const late = { dagRunId: 'late', logicalDate: at('11:00:00.456'), startedAt: at('11:00:02.000') };
const ahead = { dagRunId: 'ahead', logicalDate: Date.parse('2027-06-01T00:00:00Z') };

test('a run whose date lies ahead is not the newest: neither before another is triggered nor after', () => {
	expect(order(late, ahead, early)).toEqual(['late', 'early', 'ahead']);
	expect(order(ahead, late, early)).toEqual(['late', 'ahead', 'early']);
	expect(order(ahead)).toEqual(['ahead']);
	const triggered = { dagRunId: 'triggered', logicalDate: at('11:30:00.001') };
	expect(order(triggered, ahead, late, early)).toEqual(['triggered', 'late', 'ahead', 'early']);
	// Both wait: the due one is the newest.
	expect(order(ahead, triggered, late)).toEqual(['triggered', 'ahead', 'late']);
});

test('of several queued runs the one queued last; a run that starts is newer than those queued before', () => {
	const first = { dagRunId: 'first', logicalDate: at('11:10:00.111') };
	const second = { dagRunId: 'second', logicalDate: at('11:20:00.222') };
	expect(order(second, first, late)).toEqual(['second', 'first', 'late']);
	expect(order(second, { ...first, startedAt: at('11:30:00.000') }, late)).toEqual(['first', 'second', 'late']);
});

test('backfills: old dates, and the newest by their start', () => {
	const backfill = {
		dagRunId: 'backfill__2026-01-02',
		runType: 'backfill',
		logicalDate: Date.parse('2026-01-02T00:00:00Z'),
		startedAt: at('11:40:00'),
	};
	expect(order(backfill, late, early)).toEqual(['backfill__2026-01-02', 'late', 'early']);
	expect(order(late, { ...backfill, startedAt: at('10:00:00') }, early)).toEqual([
		'late',
		'backfill__2026-01-02',
		'early',
	]);
});

test('scheduled runs: the interval ends when they are made', () => {
	const scheduled = {
		dagRunId: 'scheduled',
		runType: 'scheduled',
		logicalDate: at('02:00:00') - 86_400_000,
		dataIntervalEnd: at('11:50:00'),
	};
	expect(order(scheduled, late)).toEqual(['scheduled', 'late']);
	// Caught up late: created after the manual one, whatever its interval.
	expect(order({ ...scheduled, dataIntervalEnd: at('02:00:00') }, late)[0]).toBe('scheduled');
});

test('a run that was cleared is the newest once it is queued again, and once it starts', () => {
	expect(order(late, { ...early, state: 'running', startedAt: at('11:30:00') })).toEqual(['early', 'late']);
	expect(order(late, { ...early, state: 'queued', startedAt: null })).toEqual(['early', 'late']);
});

test('a date chosen in the past says nothing of when the run was queued', () => {
	const chosen = { dagRunId: 'mine', logicalDate: Date.parse('2024-01-01T00:00:00Z') };
	expect(order(chosen, late, early)).toEqual(['mine', 'late', 'early']);
	expect(order(late, { ...chosen, startedAt: at('10:00:00') }, early)).toEqual(['late', 'mine', 'early']);
});

test('a run id of its own changes nothing', () => {
	expect(order({ dagRunId: 'nightly', logicalDate: at('11:30:00.010') }, late)).toEqual(['nightly', 'late']);
});

test('property of the order: it does not depend on the order in which runs are given', () => {
	const runs = withQueueTimes([ahead, late, early].map(run), now);
	expect(newestRun(runs.toReversed())?.dagRunId).toBe('late');
	expect(runsNewestFirst(runs.toReversed())).toEqual(runsNewestFirst(runs));
});
