import { Terminal } from '@xterm/headless';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedCells } from '../../../patches/ink/changed-cells.ts';
import { frameUpdate, marked, withoutIdleStyles } from '../../../patches/ink/frame-update.ts';
import { ownPace } from '../../../patches/ink/own-pace.ts';
import { styleChange } from '../../../patches/ink/sgr-style.ts';
import { runs } from '../../random.ts';
import { screenCells } from '../../terminal/screen-cells.ts';
import { edited } from '../edited.ts';

const [columns, rows] = [40, 4];

/** The cells of the screen after all writes, as they look: a blank shows only its background and lines. */
async function looksAfter(...written: string[]): Promise<unknown[]> {
	const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
	await new Promise<void>(resolve => terminal.write(written.join(''), resolve));
	const cells = screenCells(terminal).flatMap(row =>
		row.map(cell =>
			cell.char.trim() === '' && !cell.inverse && !cell.underline && !cell.strikethrough
				? { char: ' ', bg: cell.bg }
				: cell,
		),
	);
	terminal.dispose();
	return cells;
}

const style = fc.constantFrom(
	'0',
	'',
	'1',
	'2',
	'3',
	'4',
	'7',
	'9',
	'22',
	'23',
	'24',
	'27',
	'29',
	'31',
	'92',
	'39',
	'44',
	'105',
	'49',
	'38;5;208',
	'38;2;1;20;255',
	'48;5;17',
	'1;36',
	'0;1;33',
);
const piece = fc.record({
	style,
	text: fc.string({ unit: fc.constantFrom(' ', ' ', 'a', '7', '%', '─', '▃', '✔', '⣿'), maxLength: 6 }),
});
const line = fc.array(piece, { maxLength: 12 }).map(pieces => {
	let room = columns;
	let text = '';
	for (const { style, text: more } of pieces) {
		text += `\u001B[${style}m${more.slice(0, room)}`;
		room -= Math.min(room, more.length);
	}
	return `${text}\u001B[0m`;
});
/** A row and its successor: mostly the same, as on a screen. */
const change = fc.oneof(
	fc.tuple(line, line),
	line.map((text): [string, string] => [text, text]),
	fc
		.tuple(line, fc.nat(columns), fc.constantFrom('x', ' ', '\u001B[35m5\u001B[39m'))
		.map(([text, at, put]): [string, string] => {
			const place = text.slice(at).search(/[a7%─▃✔⣿](?!.*\[)/);
			return place < 0 ? [text, text] : [text, text.slice(0, at + place) + put + text.slice(at + place + 1)];
		}),
	// Not supported: Ink's own way.
	fc.constantFrom<[string, string]>(['한글 a', '한국 a'], ['\u001B[31m🙂\u001B[0m', 'b']),
);
const frames = fc.array(change, { minLength: rows, maxLength: rows });

/** As Ink does it: the whole row again. */
const wholeRow = (_: string, next: string) => `\u001B[1G\u001B[K${next}`;
const update = (before: readonly string[], after: readonly string[]) => frameUpdate(before, after, columns, wholeRow);

test('property: after it the screen shows what a whole frame would show', async () => {
	await fc.assert(
		fc.asyncProperty(frames, async changes => {
			const [before, after] = [changes.map(([row]) => row), changes.map(([, row]) => row)];
			const there = update(before, after);
			const first = before.join('\n');
			expect(await looksAfter(first, there)).toEqual(await looksAfter(after.join('\n')));
			// Back again, from wherever the cursor is.
			expect(await looksAfter(first, there, update(after, before))).toEqual(await looksAfter(first));
			expect(update(before, before)).toBe('');
		}),
		{ numRuns: runs(400) },
	);
});

test('property: each change of style is the shortest that shows the style', async () => {
	const styles = fc.constantFrom('', '1', '2;3', '4;36', '7', '1;7;31', '31;44', '92', '38;5;208;48;5;17', '9;105');
	await fc.assert(
		fc.asyncProperty(styles, styles, async (from, to) => {
			const change = styleChange(from, to);
			expect(await looksAfter(`\u001B[${from}m${change}a`)).toEqual(await looksAfter(`\u001B[0;${to}ma`));
			expect(change.length).toBeLessThanOrEqual(`\u001B[0;${to}m`.length);
		}),
		{ numRuns: runs(100) },
	);
});

const row = (cpu: string, bars: string) =>
	`\u001B[90m│\u001B[39m redis  \u001B[32m✔ healthy\u001B[39m ${cpu} \u001B[36m${bars}\u001B[39m`;

test('of a table of figures only what differs is written, column by column', () => {
	const before = [row('1.0%', '▂▂▃'), row('1.0%', '▂▂▃'), row('9.0%', '▂'), row('1.0%', '▂')];
	expect(update(before, before)).toBe('');
	const after = [row('1.5%', '▂▃▂'), row('1.7%', '▂▂▃'), row('9.0%', '▂▃'), row('1.0%', '▂▃')];
	expect(update(before, after)).toBe(
		'\u001B[1;22H5\u001B[B\b7\u001B[1;26H\u001B[36m▃▂\u001B[2B\b\b▃\u001B[B\b▃\u001B[m',
	);
});

test('a text that gets shorter is erased', () => {
	expect(update(['│ a long text           │'], ['│ a                     │'])).toBe('\u001B[1;5H\u001B[9X');
});

test('rows that are not supported are left to Ink, with the cursor in their row', () => {
	for (const [before, after] of [
		['한글', '한국'],
		['a\u001B]8;;http://x\u0007', 'b'],
		['\u001B[5ma', 'b'],
		['\u001B[38;9ma', 'b'],
		['a'.repeat(columns + 1), 'b'],
	] as const)
		expect(update(['', before], ['', after])).toBe(`\u001B[2H\u001B[1G\u001B[K${after}`);
});

test('styles that are reset before anything is written are left out', () => {
	const written = '\u001B[69G\u001B[K\u001B[90m\u001B[0m\u001B[1m\u001B[0m\u001B[1;33m20\u001B[0m \u001B[90m─\u001B[0m';
	expect(withoutIdleStyles(written)).toBe('\u001B[69G\u001B[K\u001B[0m\u001B[1;33m20\u001B[0m \u001B[90m─\u001B[0m');
});

test('only larger frames are marked, and those that erase something first', () => {
	expect(marked('a', true)).toBe('a');
	expect(marked('a', false)).toBe('\u001B[?2026ha\u001B[?2026l');
	expect(marked('a'.repeat(257), true)).toBe(`\u001B[?2026h${'a'.repeat(257)}\u001B[?2026l`);
});

test('Ink calls it', () => {
	expect(edited(changedCells, 'build/log-update.js')).toContain('frameUpdate(previousLines, rows, stream.columns');
	expect(edited(changedCells, 'build/ink.js')).not.toContain('shouldWrite');
});

test('Ink draws at once, as the program limits frames itself', () => {
	expect(edited(ownPace, 'build/ink.js')).toContain('const throttle = work => work;');
});
