import fc from 'fast-check';
import { expect, test } from 'vitest';
import { glyphSets } from '../../../source/presentation/glyphs.ts';
import { blockLines } from '../../../source/presentation/image/blocks.ts';
import { imageTerminal } from '../../../source/presentation/image/image-terminal.ts';
import {
	at,
	iterm2Image,
	kittyDelete,
	kittyPlace,
	kittyTransmit,
} from '../../../source/presentation/image/protocols.ts';
import { cellsFor, scaled } from '../../../source/presentation/image/scale.ts';
import { lineWidth } from '../../../source/presentation/text.ts';
import { paint, plainTheme, themeFor } from '../../../source/presentation/theme.ts';
import { runs } from '../../random.ts';

const cell = { width: 10, height: 20 };

test('Kitty gets the file in pieces of 4096 characters of base64, and only the last says that it is the last', () => {
	fc.assert(
		fc.property(fc.uint8Array({ minLength: 1, maxLength: 12_000 }), bytes => {
			const codes = [...kittyTransmit(7, bytes)];
			const data = codes.map(code => /^\x1b_G([^;]*);([A-Za-z0-9+/=]{1,4096})\x1b\\$/.exec(code));
			expect(Buffer.from(data.map(match => match?.[2]).join(''), 'base64')).toEqual(Buffer.from(bytes));
			expect(data.map(match => /m=(\d)/.exec(match?.[1] ?? '')?.[1]).join('')).toMatch(/^1*0$/);
			expect(codes[0]).toMatch(/^\x1b_Ga=t,i=7,f=100,t=d,q=2,/);
		}),
		{ numRuns: runs(100) },
	);
	expect(kittyPlace(7, { columns: 30, rows: 12 })).toBe('\x1b_Ga=p,i=7,p=1,c=30,r=12,C=1,q=2\x1b\\');
	expect(kittyDelete(7)).toBe('\x1b_Ga=d,d=I,i=7,q=2\x1b\\');
});

test('iTerm2 gets size, cells and the file as base64: nothing of the file is outside of it', () => {
	const hostile = Buffer.from('\x1b]0;owned\x07\x1b[2J');
	expect(at(3, 4, iterm2Image(hostile, { columns: 30, rows: 12 }))).toBe(
		`\x1b7\x1b[5;4H\x1b]1337;File=inline=1;size=${hostile.length};width=30;height=12;preserveAspectRatio=1:${hostile.toString('base64')}\x07\x1b8`,
	);
});

test.each([
	['a Kitty', { TERM: 'xterm-kitty' }, '\x1b[6;40;20t\x1b[?62c', 'kitty', { width: 20, height: 40 }],
	['Ghostty', { TERM_PROGRAM: 'ghostty' }, '', 'kitty', cell],
	['iTerm2 at the other end of ssh', { LC_TERMINAL: 'iTerm2' }, '', 'iterm2', cell],
	['WezTerm', { TERM_PROGRAM: 'WezTerm' }, '', 'iterm2', cell],
	['one that answers', {}, '\x1b_Gi=31;OK\x1b\\\x1b[?62;4c', 'kitty', cell],
	['one that answers with an error', {}, '\x1b_Gi=31;ENOTSUPPORTED\x1b\\\x1b[?62c', 'blocks', cell],
	['one that does not answer', {}, '', 'blocks', cell],
	['VS Code with images', { TERM_PROGRAM: 'vscode' }, '\x1b[?62;4;22c', 'iterm2', cell],
	['VS Code without', { TERM_PROGRAM: 'vscode' }, '\x1b[?1;2c', 'blocks', cell],
	['a cell that no font has', {}, '\x1b[6;0;0t\x1b[?62c', 'blocks', cell],
] as const)('how %s shows images', async (_name, environment, answer, shows, size) => {
	const found = await imageTerminal('auto', environment, true, async () => answer);
	expect(found).toEqual({ shows, cell: size });
});

test('where the answer is known, nothing is asked', async () => {
	const never = () => Promise.reject(new Error('asked'));
	const shown = async (
		environment: Record<string, string>,
		choice: 'auto' | 'blocks' | 'none' = 'auto',
		colours = true,
	) => (await imageTerminal(choice, environment, colours, never)).shows;
	expect(await shown({ TMUX: '/tmp/x', LC_TERMINAL: 'iTerm2' })).toBe('blocks');
	expect(await shown({ TERM: 'screen-256color' })).toBe('blocks');
	expect(await shown({ TERM: 'linux' })).toBe('blocks');
	expect(await shown({ TERM_PROGRAM: 'Apple_Terminal' })).toBe('blocks');
	expect(await shown({ TMUX: '/tmp/x' }, 'auto', false)).toBe('none');
	expect(await shown({ TERM: 'dumb' })).toBe('none');
	expect(await shown({ TERM: 'xterm-kitty' }, 'none')).toBe('none');
	expect(await shown({ TERM: 'xterm-kitty' }, 'blocks')).toBe('blocks');
});

test('an image keeps its proportions and stays in its room', () => {
	expect(cellsFor({ width: 640, height: 480 }, { columns: 100, rows: 30 }, cell)).toEqual({ columns: 64, rows: 24 });
	expect(cellsFor({ width: 6400, height: 480 }, { columns: 80, rows: 30 }, cell)).toEqual({ columns: 80, rows: 3 });
	expect(cellsFor({ width: 28, height: 28 }, { columns: 80, rows: 30 }, cell)).toEqual({ columns: 17, rows: 8 });
	const length = fc.integer({ min: 1, max: 20_000 });
	const room = fc.record({ columns: fc.integer({ min: 1, max: 300 }), rows: fc.integer({ min: 1, max: 100 }) });
	fc.assert(
		fc.property(length, length, room, (width, height, most) => {
			const { columns, rows } = cellsFor({ width, height }, most, cell);
			expect(columns >= 1 && columns <= most.columns && rows >= 1 && rows <= most.rows).toBe(true);
		}),
		{ numRuns: runs(300) },
	);
});

test('blocks are two pixels a cell, coloured by the theme, and nothing without colours', () => {
	const image = { width: 2, height: 2, rgb: Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0) };
	expect(scaled(image, 1, 1).rgb).toEqual(Uint8Array.of(64, 0, 64));
	const [line = []] = blockLines(image, { columns: 2, rows: 1 }, true);
	expect(lineWidth(line)).toBe(2);
	const colours = themeFor({ COLORTERM: 'truecolor' });
	expect(paint(line, colours)).toBe('\x1b[38;2;255;0;0;48;2;0;0;255m▀\x1b[0m\x1b[48;2;0;0;0m \x1b[0m');
	expect(paint(line, themeFor({ TERM: 'xterm-256color' }))).toBe('\x1b[38;5;196;48;5;21m▀\x1b[0m\x1b[48;5;16m \x1b[0m');
	expect(paint(line, plainTheme)).toBe('  ');
	expect(JSON.stringify(blockLines(image, { columns: 2, rows: 2 }, false))).not.toContain('▀');
	expect(glyphSets.narrow.name).not.toBe('unicode');
});
