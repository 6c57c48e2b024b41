import { Terminal } from '@xterm/headless';
import fc from 'fast-check';
import { expect, test } from 'vitest';
// Not exported by Ink.
import InksOutput from '../../../node_modules/ink/build/output.js?unpatched';
import { PlainOutput } from '../../../patches/ink/plain-output.ts';
import { rowsOfText } from '../../../patches/ink/rows-of-text.ts';
import { runs } from '../../random.ts';
import { edited } from '../edited.ts';

const size = { width: 30, height: 6 };

/** The visible result of the output. */
async function screenOf(output: string): Promise<unknown[]> {
	const terminal = new Terminal({ cols: 60, rows: size.height, allowProposedApi: true });
	await new Promise<void>(resolve => terminal.write(output.replaceAll('\n', '\r\n'), resolve));
	const rows = Array.from({ length: size.height }, (_, y) => {
		const line = terminal.buffer.active.getLine(y);
		return Array.from({ length: 60 }, (_, x) => {
			const cell = line?.getCell(x);
			if (!cell) return '';
			const marks = [cell.isInverse(), cell.isUnderline(), cell.getBgColorMode(), cell.getBgColor()];
			const character = cell.getWidth() === 0 ? '' : cell.getChars() || ' ';
			// A blank does not show the colour of its letters.
			const letters = character === ' ' ? [] : [cell.getFgColorMode(), cell.getFgColor(), cell.isBold(), cell.isDim()];
			return [character, marks, letters].join();
		});
	});
	terminal.dispose();
	return rows;
}

type Put = { readonly x: number; readonly y: number; readonly text: string; readonly isChanged: boolean };

function frame(Output: typeof PlainOutput | typeof InksOutput, puts: readonly Put[]) {
	const output = new Output(size);
	for (const { x, y, text, isChanged } of puts)
		output.write(x, y, text, { transformers: isChanged ? [row => row.replaceAll('a', 'b')] : [] });
	return output.get();
}

const word = fc.string({ unit: fc.constantFrom(' ', 'a', '7', '─', '✔', '한', '글', '🙂', 'e\u0301'), maxLength: 8 });
const style = fc.constantFrom('0', '1', '4', '7', '31', '92', '39', '44', '49', '38;5;208', '38;2;1;20;255', '1;36');
const row = fc.array(fc.tuple(style, word), { maxLength: 4 }).map(parts => {
	const text = parts.map(([sgr, words]) => (sgr === '39' ? words : `\u001B[${sgr}m${words}`)).join('');
	return text;
});
const put = fc.record({
	x: fc.nat(26),
	y: fc.nat(7),
	text: fc.array(row, { minLength: 1, maxLength: 4 }).map(rows => `${rows.join('\n')}\u001B[0m`),
	isChanged: fc.boolean(),
});

test('it is compared with the original', () => {
	expect(InksOutput.name).toBe('Output');
});

test("property: what is to be seen is what Ink's own output shows", async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(put, { maxLength: 6 }), async puts => {
			const ours = frame(PlainOutput, puts);
			const inks = frame(InksOutput, puts);
			expect(ours.height).toBe(inks.height);
			expect(await screenOf(ours.output)).toEqual(await screenOf(inks.output));
		}),
		{ numRuns: runs(500) },
	);
});

test('rows beside each other are joined as they are, without the spaces at the end', () => {
	const { output } = frame(PlainOutput, [
		{ x: 0, y: 0, text: '\u001B[31mab\u001B[0m\ncd', isChanged: false },
		{ x: 4, y: 0, text: 'ef  \ngh', isChanged: false },
	]);
	expect(output).toBe('\u001B[31mab\u001B[0m  ef\ncd  gh\n\n\n\n');
});

test('what lies over something cuts it, a wide character too', () => {
	const { output } = frame(PlainOutput, [
		{ x: 0, y: 0, text: '한글한글한글', isChanged: false },
		{ x: 3, y: 0, text: '┃x┃', isChanged: false },
	]);
	expect(output.split('\n')[0]).toBe('한 ┃x┃글한글');
});

test('Ink calls it', () => {
	expect(edited(rowsOfText, 'build/output.js')).toContain('PlainOutput as default');
	expect(edited(rowsOfText, 'build/render-node-to-output.js')).toContain('measureText(text).width');
	expect(edited(rowsOfText, 'build/squash-text-nodes.js')).toContain('const clean = cleaner(sanitizeAnsi)');
});
