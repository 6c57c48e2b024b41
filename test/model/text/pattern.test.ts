import { expect, test } from 'vitest';
import { logPattern, matches, matchesIn } from '../../../source/model/logs/log-pattern.ts';
import { compilePattern, isPattern, patternLimit, searchedLength } from '../../../source/model/text/pattern.ts';
import { render } from '../../../source/words/message.ts';
import { cpuMs } from '../../patience.ts';

test.each(['(a+)+$', '(a|a)*$', '(.*a){20}$', '^(([a-z])+.)+[A-Z]([a-z])+$', 'a*a*a*a*a*a*$', '(a?){30}b'])(
	'%s on a long line takes no longer than other expressions',
	typed => {
		const pattern = logPattern(typed);
		const line = `${'a'.repeat(30_000)}!`;
		expect(pattern?.isPlain).toBe(false);
		// Backtracking would take years. A line is some milliseconds' work.
		expect(cpuMs(() => pattern && matches(pattern, line))).toBeLessThan(5000);
		expect(cpuMs(() => pattern && matchesIn(pattern, line, 3))).toBeLessThan(5000);
	},
);

test('40,000 characters are no pattern, and end nothing', () => {
	const typed = 'x(+'.repeat(13_000);
	const compiled = compilePattern(typed);
	const problem = isPattern(compiled) ? undefined : compiled.problem;
	expect(problem && render(problem, 'en')).toBe(`longer than ${patternLimit} characters`);
	const pattern = logPattern(typed);
	expect(pattern?.isPlain).toBe(true);
	expect(pattern && matches(pattern, 'x(+')).toBe(false);
});

test.each(['(', '[', '*', 'a{2,1}', '\\', '(?=x)', '(?<!x)y', '(a)\\1', '(?<n>a)\\k<n>', '\\p{Nonsense}', 'a{1,9999}'])(
	'%s is no pattern, in words',
	typed => {
		const compiled = compilePattern(typed);
		expect(isPattern(compiled)).toBe(false);
		expect('problem' in compiled && render(compiled.problem, 'ko')).toMatch(/^\S.{5,}/);
		expect(logPattern(typed)?.isPlain).toBe(true);
	},
);

test.each([
	['\\d+:\\d{2}', 'at 14:03', '14:03'],
	['(?:error|failed)', 'it failed', 'failed'],
	['(?<level>WARN)ING', 'WARNING', 'WARNING'],
	['\\u{1F527}|x', 'a 🔧', '🔧'],
	['\\bfoo\\b', 'a foo b', 'foo'],
	['[^\\s]+$', 'one two', 'two'],
	['단계+', '한 단계', '단계'],
	['a\\/b', 'x a/b', 'a/b'],
])('%s in %j finds %j', (typed, text, found) => {
	const compiled = compilePattern(typed);
	const match = isPattern(compiled) ? compiled.find(text, 0) : null;
	expect(match && text.slice(...match)).toBe(found);
});

test('what lies behind the beginning of a very long line is not looked at', () => {
	const pattern = logPattern('needle');
	expect(pattern && matches(pattern, `${'x'.repeat(searchedLength - 6)}needle`)).toBe(true);
	expect(pattern && matches(pattern, `${'x'.repeat(searchedLength)}needle`)).toBe(false);
});
