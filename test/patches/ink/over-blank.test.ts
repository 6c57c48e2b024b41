import { Terminal } from '@xterm/headless';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedCells } from '../../../patches/ink/changed-cells.ts';
import { frameOverBlank, overBlank } from '../../../patches/ink/over-blank.ts';
import { runs } from '../../random.ts';
import { screenCells } from '../../terminal/screen-cells.ts';
import { edited } from '../edited.ts';

const [columns, rows] = [40, 4];

/** The cells of the screen after all writes, as they look: a blank shows only its background. */
async function looksAfter(...written: string[]): Promise<unknown[]> {
	const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
	await new Promise<void>(resolve => terminal.write(written.join(''), resolve));
	const cells = screenCells(terminal).flatMap(row =>
		row.map(cell => (cell.char.trim() === '' && !cell.inverse ? { char: ' ', bg: cell.bg } : cell)),
	);
	const { cursorX, cursorY } = terminal.buffer.active;
	terminal.dispose();
	return [...cells, cursorY, ...(cursorX === columns ? ['at the margin'] : [])];
}

const style = fc.constantFrom('0', '1', '2', '7', '31', '92', '39', '44', '49', '38;5;208', '48;5;17', '0;1;33');
const piece = fc.record({
	style,
	text: fc.string({ unit: fc.constantFrom(' ', '      ', 'a', '7', '─', '▃', '한', '👩‍🔧'), maxLength: 5 }),
});
const row = fc.array(piece, { maxLength: 5 }).map(pieces => {
	const text = pieces.map(({ style: on, text: words }) => `\u001B[${on}m${words}`).join('');
	return `${text}\u001B[0m`;
});
const width = (text: string) => text.replaceAll(/\u001B\[[\d;]*m/g, '').replaceAll(/[한👩‍🔧]/gu, 'xx').length;
const fitting = row.filter(text => width(text) < columns);

test('property: over anything, it shows what the rows show on an empty screen', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fitting, { minLength: rows, maxLength: rows }), async frame => {
			const dirty = `\u001B[43m${'#'.repeat(columns * rows)}`;
			// The cursor's column depends on the blanks at the end of the last row, which nobody sees.
			expect(await looksAfter(dirty, frameOverBlank(frame))).toEqual(await looksAfter(frame.join('\n')));
		}),
		{ numRuns: runs(300) },
	);
});

test('the cursor moves over blanks, and styles that only blanks have are not written', () => {
	const blank = ' '.repeat(20);
	expect(overBlank(`\u001B[90m│ \u001B[0m${blank}\u001B[90m  \u001B[0m\u001B[90m│\u001B[0m`)).toBe(
		'\u001B[90m│\u001B[23C│\u001B[m',
	);
	expect(overBlank(`한글${blank}\u001B[31m글   \u001B[0mx${blank}`)).toBe('한글\u001B[20C\u001B[31m글   \u001B[mx');
	expect(overBlank(blank)).toBe('');
});

test('blanks that are seen are written', () => {
	expect(overBlank(`\u001B[44m${' '.repeat(8)}\u001B[0m`)).toBe(`\u001B[44m${' '.repeat(8)}\u001B[m`);
	expect(overBlank(`\u001B[7ma\u001B[0m  b`)).toBe('\u001B[7ma\u001B[m  b');
});

test.each([
	['a link', `\u001B]8;;http://x\u0007a${' '.repeat(9)}b`],
	['a style that is not drawn', `\u001B[5ma${' '.repeat(9)}b`],
	['an accent over a blank', `a${' '.repeat(9)}\u0301b`],
	['a tab', `a\t${' '.repeat(9)}b`],
])('a row with %s is written as it is', (_, text) => {
	expect(overBlank(text)).toBe(text);
});

test('Ink draws its first frame so, and every frame after the screen was cleared', () => {
	expect(edited(changedCells, 'build/log-update.js')).toContain('? frameOverBlank(nextLines)');
});
