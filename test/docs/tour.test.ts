import { expect, test } from 'vitest';
import { thresholds } from '../../source/diagnosis/thresholds.ts';
import { textOf } from './pages.ts';

const minute = 60_000;
/** A DAG run of the demo: seven tasks of 4 to 9 s. */
const usualMs = minute;

test('the rehearsed slow run is reported when the tour says so', () => {
	const reportedMs = Math.max(usualMs * thresholds.slowFactor, usualMs + thresholds.slowLeastMs);
	expect(reportedMs).toBe(3 * minute);
	expect(textOf('docs/tour.md')).toContain('a finding appears after about three minutes');
	expect(textOf('docs/tour.ko.md')).toContain('3분쯤 지나면 문제가 나타납니다');
});
