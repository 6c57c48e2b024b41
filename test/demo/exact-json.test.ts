import { expect, test } from 'vitest';
import { exactJson } from '../../source/demo/server/json.ts';
import { HOST, hostCpuNanos } from '../../source/demo/world/containers/load.ts';

test('bigints are written to the last digit', () => {
	expect(exactJson({ limit: 2n ** 64n - 1n, list: [1n, -1n], text: 'x' })).toBe(
		'{"limit":18446744073709551615,"list":[1,-1],"text":"x"}',
	);
});

test('an integer that a number does not hold exactly is refused, a fraction is not', () => {
	expect(() => exactJson({ pids: { limit: 2 ** 64 } })).toThrow(/limit: 18446744073709552000 is not exact/);
	expect(exactJson([Number.MAX_SAFE_INTEGER, 1.5, null])).toBe('[9007199254740991,1.5,null]');
});

test('the CPU time of the host is exact, after a month too', () => {
	const monthMs = 30 * 24 * 3_600_000;
	const now = Date.UTC(2026, 10, 24);
	const nanos = hostCpuNanos({ startedAt: now }, now + monthMs);
	expect(nanos).toBe(BigInt((monthMs + HOST.uptimeAtStartMs) * HOST.processors) * 1_000_000n);
	expect(exactJson({ nanos })).toBe(`{"nanos":${nanos}}`);
});
