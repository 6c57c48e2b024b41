import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Dag, DagRun } from '../../../source/model/airflow/pipeline.ts';
import type { Observation } from '../../../source/model/observation.ts';
import { reduce } from '../../../source/model/reduce.ts';
import { initialState } from '../../../source/model/state.ts';
import { runTrend } from '../../../source/selectors/durations/run-trend.ts';
import { dag, dagId, now, run } from '../../diagnosis/stack.ts';
import { historySeen, manyRuns } from '../../given/many-runs.ts';

const second = 1000;
const hour = 3600 * second;
const newest = { dagRunId: null, folded: [] };

/** The trend of these runs, the newest first. */
function trendOf(runs: readonly DagRun[], more: Partial<Dag> = {}) {
	const seen: Observation[] = [
		{ type: 'dags fetched', at: now, dags: [{ ...dag, ...more }] },
		{ type: 'run history fetched', at: now, dagId, offset: 0, runs: [...runs], total: runs.length },
	];
	return runTrend(seen.reduce(reduce, initialState), dagId, { from: 0, to: 50 }, newest, now);
}
/** A scheduled run this many hours ago that took this many seconds. */
const ago = (hours: number, seconds: number, state = 'success'): DagRun =>
	run(`scheduled__${hours}`, state, hours * hour, {
		runType: 'scheduled',
		logicalDate: now - (hours + 1) * hour,
		dueAt: now - hours * hour - 5 * second,
		endedAt: now - hours * hour + seconds * second,
	});

test('median and P90 are of successful runs; what is slower than usual is marked, with by how much', () => {
	const trend = trendOf([ago(1, 200), ago(2, 900, 'failed'), ago(3, 100), ago(4, 100), ago(5, 110)]);
	expect(trend.run).toMatchObject({ medianMs: 105 * second, failed: 1 });
	expect(trend.run.p90Ms).toBe(173 * second);
	expect(trend.run.points.map(({ slowerMs }) => slowerMs)).toEqual([null, null, null, 795 * second, 95 * second]);
	// Five seconds before each run started it was due.
	expect(trend.landing.medianMs).toBe(110 * second);
});

test('two successful runs are no habit, and two seconds more are nothing', () => {
	expect(trendOf([ago(1, 900), ago(2, 100)]).run.points.map(({ slowerMs }) => slowerMs)).toEqual([null, null]);
	const quick = [ago(1, 3), ago(2, 1), ago(3, 1), ago(4, 1)];
	expect(trendOf(quick).run.points.at(-1)?.slowerMs).toBe(2 * second);
	expect(trendOf([ago(1, 2), ...quick.slice(1)]).run.points.at(-1)?.slowerMs).toBeNull();
});

test('failures and retries of tasks over the runs, of groups too', () => {
	const made = manyRuns({ runs: 50, tasks: ['extract.a', 'extract.b', 'load'] });
	const trend = runTrend(historySeen(made, now).reduce(reduce, initialState), dagId, { from: 0, to: 50 }, newest, now);
	const of = (id: string) => trend.tasks.find(({ row }) => row.id === id)?.trend;
	const failed = made.runs.filter(({ state }) => state === 'failed').length;
	expect(of('load')).toMatchObject({ failed, retries: failed });
	expect(of('extract.a')).toMatchObject({ failed: 0, retries: 0, medianMs: second });
	// From the start of the first to the end of the last.
	expect(of('group extract')).toMatchObject({ failed: 0, medianMs: 3 * second });
});

test('the last success, the next run, and runs that the schedule lacks', () => {
	const hourly = { schedule: '@hourly', nextRunAt: now + 0.5 * hour };
	const runs = [ago(1, 60, 'failed'), ago(2, 60), ago(5, 60), ago(6, 60)];
	expect(trendOf(runs, hourly).schedule).toEqual({
		runs: 4,
		lastSuccessAt: now - 2 * hour + 60 * second,
		isPaused: false,
		hasSchedule: true,
		nextRunAt: now + 0.5 * hour,
		missed: 2,
	});
	// Overdue by two and a half hours.
	expect(trendOf(runs, { ...hourly, nextRunAt: now - 2.5 * hour }).schedule.missed).toBe(4);
	expect(trendOf(runs, { ...hourly, nextRunAt: now - 2.5 * hour, isPaused: true }).schedule.missed).toBe(2);
	expect(trendOf(runs, { ...hourly, schedule: '0 8 * * 1-5' }).schedule.missed).toBeNull();
	expect(trendOf([]).schedule).toMatchObject({ lastSuccessAt: null, runs: 0 });
});

test('property: whatever ran, a mark of slowness is an excess over the median, and counts are of the shown runs', () => {
	const one = fc.tuple(fc.integer({ min: 0, max: 5000 }), fc.constantFrom('success', 'failed'));
	fc.assert(
		fc.property(fc.array(one, { maxLength: 40 }), runs => {
			const { points, medianMs, failed } = trendOf(runs.map(([took, state], index) => ago(index + 1, took, state))).run;
			expect(points).toHaveLength(runs.length);
			expect(failed).toBe(runs.filter(([, state]) => state === 'failed').length);
			for (const { elapsedMs, slowerMs } of points) {
				if (slowerMs === null) continue;
				expect(slowerMs).toBeCloseTo((elapsedMs ?? 0) - (medianMs ?? 0));
				expect(slowerMs).toBeGreaterThanOrEqual(2 * second);
			}
		}),
	);
});
