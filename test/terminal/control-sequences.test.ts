import { describe, expect, test } from 'vitest';
import { offendingSequences } from './allowed-sequences.ts';
import { controlSequences } from './control-sequences.ts';

const kinds = (written: string) => controlSequences(written).map(({ kind, raw }) => [kind, raw]);

describe('what was written', () => {
	test('is taken apart without loss', () => {
		const written =
			'a\x1b[1;31mb\r\n\x1b]8;;http://x\x07c\x1b]0;t\x1b\\\x1bP+q\x1b\\\x1b7\x1b(B\x9b2J\x85한\x1b[?2026h';
		expect(kinds(written)).toEqual([
			['text', 'a'],
			['csi', '\x1b[1;31m'],
			['text', 'b'],
			['c0', '\r'],
			['c0', '\n'],
			['osc', '\x1b]8;;http://x\x07'],
			['text', 'c'],
			['osc', '\x1b]0;t\x1b\\'],
			['dcs', '\x1bP+q\x1b\\'],
			['esc', '\x1b7'],
			['esc', '\x1b(B'],
			['csi', '\x9b2J'],
			['c1', '\x85'],
			['text', '한'],
			['csi', '\x1b[?2026h'],
		]);
		expect(
			controlSequences(Buffer.from(written))
				.map(({ raw }) => raw)
				.join(''),
		).toBe(written);
	});

	test('has its parts named', () => {
		expect(controlSequences('\x1b[?1000;1006h')).toEqual([
			{ kind: 'csi', raw: '\x1b[?1000;1006h', prefix: '?', parameters: '1000;1006', intermediates: '', final: 'h' },
		]);
		expect(controlSequences('\x1b]52;c;YWJj\x07')).toMatchObject([{ kind: 'osc', command: '52', text: 'c;YWJj' }]);
	});

	test('may end in the middle of a sequence', () => {
		expect(kinds('a\x1b')).toEqual([
			['text', 'a'],
			['unfinished', '\x1b'],
		]);
		expect(kinds('\x1b]0;title')).toEqual([['unfinished', '\x1b]0;title']]);
		expect(kinds('\x1b[')).toEqual([['unfinished', '\x1b[']]);
	});
});

describe('offending sequences', () => {
	test('are none in what draws a screen', () => {
		const drawing = '\x1b[?1049h\x1b[?25l\x1b[?2026h\x1b[2J\x1b[3;4H\x1b[38;2;1;2;3m│\x1b[0m\x1b[K\r\n\x1b[?2026l';
		expect(offendingSequences(drawing)).toEqual([]);
	});

	test('are those that leave the screen, with their number', () => {
		expect(offendingSequences('\x1b]0;owned\x07\x07\x07\x1b[?1049h\x1b[?1337h\x1bc\x1b[6n\x9d0;x\x9c')).toEqual([
			String.raw`osc "\u001b]0;owned\u0007"`,
			String.raw`c0 "\u0007" (2 times)`,
			String.raw`csi "\u001b[?1337h"`,
			String.raw`esc "\u001bc"`,
			String.raw`csi "\u001b[6n"`,
			'osc "\u009d0;x\u009c"',
		]);
	});

	test('can be allowed by the test', () => {
		const written = '\x1b]8;;http://x\x1b\\x\x1b]8;;\x1b\\\x1b[6n\x07';
		expect(offendingSequences(written, { osc: ['8'], csiExactly: ['6n'], c0: '\x07' })).toEqual([]);
	});
});
