import { Terminal } from '@xterm/headless';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellUpdate, joinMoves } from '../../../patches/ink/cell-update.ts';
import { changedCells } from '../../../patches/ink/changed-cells.ts';
import { runs } from '../../random.ts';
import { edited } from '../edited.ts';

const columns = 40;

/** The cells of the first line after all writes: characters, and the visible part of their style. */
async function screenAfter(...written: string[]): Promise<unknown[]> {
	const terminal = new Terminal({ cols: columns, rows: 3, allowProposedApi: true });
	await new Promise<void>(resolve => terminal.write(written.join(''), resolve));
	const line = terminal.buffer.active.getLine(0);
	const cells = Array.from({ length: columns }, (_, x) => {
		const cell = line?.getCell(x);
		if (!cell) return null;
		const character = cell.getChars() || ' ';
		const ground = [
			cell.getBgColorMode(),
			cell.getBgColor(),
			cell.isInverse(),
			cell.isUnderline(),
			cell.isStrikethrough(),
		];
		// A blank shows no other part of its style.
		const letters = [cell.getFgColorMode(), cell.getFgColor(), cell.isBold(), cell.isDim(), cell.isItalic()];
		return [
			character,
			ground,
			character === ' ' && !cell.isInverse() && !cell.isUnderline() && !cell.isStrikethrough() ? [] : letters,
		];
	});
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
/** A line and its successor: mostly the same, as on a screen. */
const change = fc.oneof(
	fc.tuple(line, line),
	fc
		.tuple(line, fc.nat(columns), fc.constantFrom('x', ' ', '\u001B[35m5\u001B[39m'))
		.map(([text, at, put]): [string, string] => {
			const place = text.slice(at).search(/[a7%─▃✔⣿](?!.*\[)/);
			return place < 0 ? [text, text] : [text, text.slice(0, at + place) + put + text.slice(at + place + 1)];
		}),
);

test('property: after it the screen shows what a whole line would show', async () => {
	await fc.assert(
		fc.asyncProperty(change, async ([before, after]) => {
			const update = cellUpdate(before, after, columns);
			expect(update).not.toBeNull();
			expect(await screenAfter(before, update ?? '')).toEqual(await screenAfter(after));
			if (before === after) expect(update).toBe('');
		}),
		{ numRuns: runs(400) },
	);
});

test('of a row of figures only the figures are written', () => {
	const row = (cpu: string, bars: string) =>
		`\u001B[90m│\u001B[39m redis  \u001B[32m✔ healthy\u001B[39m ${cpu} \u001B[36m${bars}\u001B[39m`;
	expect(cellUpdate(row('1.0%', '▂▂▃'), row('1.5%', '▂▃▂'), columns)).toBe('\u001B[22G5% \u001B[36m▂▃▂\u001B[0m');
	expect(cellUpdate(row('1.0%', '▂▂▃'), row('1.0%', '▂▂▃'), columns)).toBe('');
});

test('unsupported lines are left to Ink', () => {
	expect(cellUpdate('한글', '한국', columns), 'wide characters').toBeNull();
	expect(cellUpdate('a\u001B]8;;http://x\u0007', 'b', columns), 'other sequences').toBeNull();
	expect(cellUpdate('\u001B[5ma', 'b', columns), 'a style that is not drawn').toBeNull();
	expect(cellUpdate('\u001B[38;9ma', 'b', columns), 'a colour that is none').toBeNull();
	expect(cellUpdate('a'.repeat(41), 'b', columns), 'longer than the screen').toBeNull();
});

test('moves are joined', () => {
	expect(joinMoves('a\u001B[E\u001B[E\u001B[Eb\u001B[Ec')).toBe('a\u001B[3Eb\u001B[Ec');
});

test('styles that are reset before anything is written are left out', () => {
	const written = '\u001B[69G\u001B[K\u001B[90m\u001B[0m\u001B[1m\u001B[0m\u001B[1;33m20\u001B[0m \u001B[90m─\u001B[0m';
	expect(joinMoves(written)).toBe('\u001B[69G\u001B[K\u001B[0m\u001B[1;33m20\u001B[0m \u001B[90m─\u001B[0m');
});

test('Ink calls it', () => {
	expect(edited(changedCells, 'build/line-update.js')).toContain('cellUpdate(previous, next, columns)');
	expect(edited(changedCells, 'build/log-update.js')).toContain('joinMoves(buffer.join');
});
