import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanLines, cleanText, printableJson } from '../../../source/model/text/clean-text.ts';
import { runs } from '../../random.ts';

const hostile: readonly [what: string, text: string, clean: string][] = [
	['OSC 52 (clipboard)', 'a\u001B]52;c;ZXZpbA==\u0007b', 'ab'],
	['OSC 0 (window title), ended by ST', 'a\u001B]0;title\u001B\\b', 'ab'],
	['CSI 2J (clear screen)', 'a\u001B[2Jb', 'ab'],
	['SGR', '\u001B[31mred\u001B[0m', 'red'],
	['DCS', 'a\u001BPq#0;2;0;0;0\u001B\\b', 'ab'],
	['C1 CSI', 'a\u009B2Jb', 'ab'],
	['C1 OSC', 'a\u009D0;t\u009Cb', 'ab'],
	['bidi override', 'a\u202Eb\u2066c\u2069', 'abc'],
	['zero width', 'a\u200Bb\uFEFF', 'ab'],
	['NUL, BEL, backspace', 'a\0\u0007\bb', 'ab'],
	['of an unfinished OSC the text stays, not the control character: it', 'a\u001B]0;rest', 'a]0;rest'],
	['line breaks', 'a\r\nb\u2028c', 'a b c'],
	['a lone surrogate', 'a\uD800b', 'a\uFFFDb'],
	['decomposed Hangul', '\u1112\u1161\u11AB\u1100\u1173\u11AF', '한글'],
	['a flag', '🇰🇷', 'KR'],
];

test.each(hostile)('%s does not reach the terminal', (_what, text, clean) => {
	expect(cleanText(text)).toBe(clean);
});

test('no text of random control characters and letters leaves a control character', () => {
	let seed = 7;
	const random = () => {
		seed = (seed * 1103515245 + 12345) % 2 ** 31;
		return seed / 2 ** 31;
	};
	const alphabet = [...'\u001B[]PX^_;?0129mJHcq\\ab한\u0007\u0000\n\r\t\u009B\u009D\u009C\u0090\u202E\u200D🙂'];
	for (let round = 0; round < 2000; round++) {
		const text = Array.from({ length: 20 }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
		expect(cleanText(text)).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/);
	}
});

test('text of several lines keeps its line breaks', () => {
	expect(cleanLines('a\u001B[31m\r\nb\rc')).toBe('a\nb\nc');
});

/** Characters that a terminal acts on, and that hide or reorder text. */
const harmful = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Text with everything dangerous in it more often than by chance. */
const anything = fc
	.array(
		fc.oneof(
			fc.string({ unit: 'binary', maxLength: 8 }),
			fc.constantFrom(
				'\x1b',
				'\x1b[',
				'\x9b',
				'\x1b]0;',
				'\x07',
				'\x1b\\',
				'31m',
				'2J',
				'\u202e',
				'\u200b',
				'\ud83d',
				'\r',
				'\n',
				';',
				'm',
			),
		),
		{ maxLength: 20 },
	)
	.map(parts => parts.join(''));

test('property: nothing that went through holds a control sequence, or a part of one', () => {
	fc.assert(
		fc.property(anything, text => {
			expect(cleanText(text)).not.toMatch(harmful);
			for (const row of cleanLines(text).split('\n')) expect(row).not.toMatch(harmful);
		}),
		{ numRuns: runs(1000) },
	);
});

test('property: what is clean stays as it is', () => {
	fc.assert(
		fc.property(anything, text => {
			expect(cleanText(cleanText(text))).toBe(cleanText(text));
		}),
	);
});

test('JSON for a terminal holds nothing that a terminal acts on, and the same value', () => {
	const value = { name: '\u009b31m한글\u001b[2J\u202e\u{e0041}🙂', list: ['\u2028'] };
	const text = printableJson(value, '\t');
	expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u202e]/);
	expect(text).toContain('한글');
	expect(JSON.parse(text)).toEqual(value);
});
