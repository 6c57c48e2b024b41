import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
// Not exported by Ink.
import sanitizeAnsi from '../../../node_modules/ink/build/sanitize-ansi.js?unpatched';
import { cleaner, isClean } from '../../../patches/ink/clean-rows.ts';
import { remembered } from '../../../patches/ink/row-memory.ts';
import widestRow from '../../../patches/ink/widest-row.ts';

const word = fc.string({
	unit: fc.constantFrom(' ', 'a', '7', '─', '✔', '한', '글', '🙂', 'e\u0301', '\u0007'),
	maxLength: 8,
});
const piece = fc.tuple(fc.constantFrom('0', '1', '31', '38;5;208', '38:5:9'), word);
const text = fc
	.array(fc.array(piece, { maxLength: 4 }), { minLength: 1, maxLength: 5 })
	.map(rows => rows.map(row => row.map(([sgr, words]) => `\u001B[${sgr}m${words}\u001B[0m`).join('')).join('\n'));

test("property: rows that are cleaned one by one are what Ink's own cleaning makes of the text", () => {
	const clean = cleaner(sanitizeAnsi);
	fc.assert(
		fc.property(text, given => {
			const cleaned = sanitizeAnsi(given);
			expect(clean(given)).toBe(cleaned);
			if (isClean(given)) expect(cleaned).toBe(given);
		}),
	);
});

test('property: the widest row is the widest', () => {
	fc.assert(
		fc.property(text, given => {
			expect(widestRow(given)).toBe(Math.max(...given.split('\n').map(row => stringWidth(row))));
		}),
	);
});

test('a row is looked at once; of many the oldest are forgotten', () => {
	const asked: string[] = [];
	const length = remembered(row => {
		asked.push(row);
		return row.length;
	}, 3);
	expect(['', 'a', 'bb', '', 'a', 'bb'].map(length)).toEqual([0, 1, 2, 0, 1, 2]);
	expect(asked).toEqual(['', 'a', 'bb']);
	// A row that is still needed stays.
	for (let more = 3; more < 12; more++) {
		length('x'.repeat(more));
		length('a');
	}
	expect(asked.filter(row => row === 'a')).toEqual(['a']);
	length('bb');
	expect(asked.filter(row => row === 'bb')).toEqual(['bb', 'bb']);
});

test('a remembered row does not keep the text that it was cut from', () => {
	setFlagsFromString('--expose-gc');
	const collect: unknown = runInNewContext('gc');
	if (typeof collect !== 'function') throw new Error('no gc');
	const lengthOf = remembered(row => row.length);
	collect();
	const before = process.memoryUsage().heapUsed;
	for (let index = 0; index < 200; index++) {
		const [row = ''] = `${'─'.repeat(40)}${index}\n${'x'.repeat(200_000)}`.split('\n');
		expect(lengthOf(row)).toBe(row.length);
	}
	collect();
	// All texts are 80 MB.
	expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000);
	expect(lengthOf('a\ud800')).toBe(2);
});
