import { expect, test } from 'vitest';
import { cronPeriodMs } from '../../../source/model/airflow/schedule-period.ts';

const hour = 3_600_000;

test.each([
	['@hourly', hour],
	['@daily', 24 * hour],
	['0 2 * * *', 24 * hour],
	['30 * * * *', hour],
	['15 */6 * * *', 6 * hour],
	['*/5 * * * *', hour / 12],
	['0/15 * * * *', hour / 4],
	['* * * * *', hour / 60],
	['0 3 * * 1', 7 * 24 * hour],
])('%s has a fixed period', (schedule, period) => {
	expect(cronPeriodMs(schedule)).toBe(period);
});

test.each([
	...['@monthly', '@once', '@continuous', 'Dataset', '0 0 1 * *', '0 8 * * 1-5', '0 8,20 * * *', '*/7 * * * *'],
	...['0 */5 * * *', '0 0 * * 1,4', '0 0 * 1 *', '* 2 * * *', '', '0:00:00', 'daily', 'a b c d e'],
])('%s has none, so that no gap is taken for a missing run', schedule => {
	expect(cronPeriodMs(schedule)).toBeNull();
});
