import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logPattern, matchesIn } from '../../../source/model/logs/log-pattern.ts';
import { runs } from '../../random.ts';

function placesOf(typed: string, text: string): string[] {
	const pattern = logPattern(typed);
	return pattern === null ? [] : matchesIn(pattern, text).map(([start, end]) => text.slice(start, end));
}

test.each([
	['error|', '🔧 an error 📥', ['error']],
	['x*', '🔧x🔧xx', ['x', 'xx']],
	['', 'x', []],
	['(?:)', '🔧🔧', []],
	['(', 'f(x)', ['(']],
	['Err', 'err Err', ['Err']],
	['단계', '📥 raw 단계 시작 단계', ['단계', '단계']],
	['.', '🔧', ['🔧']],
])('%j in %j', (typed, text, expected) => {
	expect(placesOf(typed, text)).toEqual(expected);
});

test('property: it comes to an end, in order, whatever is typed and wherever', () => {
	const typed = fc.string({
		unit: fc.constantFrom('a', '|', '*', '?', '🔧', '(', ')', '^', '$', '.', '\\', 'b', '한'),
		maxLength: 6,
	});
	const text = fc.string({ unit: fc.constantFrom('a', '🔧', '한', ' ', '\ud83d', '\udd27', 'b'), maxLength: 30 });
	fc.assert(
		fc.property(typed, text, (pattern, line) => {
			const wanted = logPattern(pattern);
			if (wanted === null) return;
			let last = 0;
			for (const [start, end] of matchesIn(wanted, line)) {
				expect(start).toBeGreaterThanOrEqual(last);
				expect(end).toBeGreaterThan(start);
				last = end;
			}
		}),
		{ numRuns: runs(3000) },
	);
});
