import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	backgroundOf,
	bold,
	foregroundOf,
	inverse,
	sgrOf,
	styledText,
	underline,
} from '../../../source/model/logs/log-styles.ts';
import { runs } from '../../random.ts';

test("Airflow's coloured log lines: text and colours apart", () => {
	const { text, styles } = styledText(
		'[\x1b[34m2026-11-24T12:12:12.881+0000\x1b[0m] {\x1b[34mx.py:\x1b[0m1} INFO\x1b[0m - Adopting',
	);
	expect(text).toBe('[2026-11-24T12:12:12.881+0000] {x.py:1} INFO - Adopting');
	expect(styles).toEqual([1, 5, 29, 0, 32, 5, 37, 0]);
	expect(sgrOf(5)).toBe('34');
});

test.each([
	['1;31', bold, 1, null, '1;31'],
	['4;92;41', underline, 10, 1, '4;92;41'],
	['38;5;200', 0, 200, null, '38;5;200'],
	['48;5;3;7', inverse, null, 3, '7;43'],
	['38;2;255;0;0', 0, 196, null, '38;5;196'],
	['38:2::0:255:0', 0, 46, null, '38;5;46'],
	['38:5:12', 0, 12, null, '94'],
	['38;5', 0, null, null, ''],
	['38;9;1;1', bold, null, null, '1'],
	['38;5;999', 0, null, null, ''],
	['31;0', 0, null, null, ''],
	['31;39;1;22', 0, null, null, ''],
])('SGR %s', (parameters, attributes, foreground, background, written) => {
	const style = styledText(`\x1b[${parameters}mx`).styles?.[1] ?? 0;
	expect(style & ~0x3ffff).toBe(attributes);
	expect(foregroundOf(style)).toBe(foreground);
	expect(backgroundOf(style)).toBe(background);
	expect(sgrOf(style)).toBe(written);
});

test('plain lines carry nothing', () => {
	expect(styledText('plain').styles).toBeUndefined();
	expect(styledText('\x1b[0mplain\x1b[m').styles).toBeUndefined();
});

test('property: text is clean, styles lie within it in order, and their sequences are only SGR', () => {
	const pieces = fc.array(
		fc.oneof(
			fc.string({ unit: 'binary', maxLength: 6 }),
			fc.array(fc.nat({ max: 300 }), { maxLength: 5 }).map(codes => `\x1b[${codes.join(';')}m`),
			fc.constantFrom('\x1b[', '\x1b[2J', '\x9b31m', '\u0301', 'm', '38;5;'),
		),
		{ maxLength: 20 },
	);
	fc.assert(
		fc.property(pieces, all => {
			const { text, styles = [] } = styledText(all.join(''));
			expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
			for (let index = 0; index < styles.length; index += 2) {
				expect(styles[index]).toBeLessThanOrEqual(text.length);
				if (index > 0) expect(styles[index]).toBeGreaterThan(styles[index - 2] ?? 0);
				expect(sgrOf(styles[index + 1] ?? 0)).toMatch(/^(\d{1,3}(;\d{1,3})*)?$/);
			}
		}),
		{ numRuns: runs(500) },
	);
});
