import { expect, test } from 'vitest';
import { cellsWritten, DrawnCells, framesOf } from '../../bench/drawn.ts';

test('output ends a frame where a synchronized update ends', () => {
	const [one, two] = ['\x1b[?2026hone\x1b[?2026l', '\x1b[?2026htwo\x1b[?2026l'];
	expect(framesOf(`${one}${two}rest`)).toEqual([one, two, 'rest']);
	expect(framesOf('')).toEqual([]);
});

test('written cells are those of the text, wide characters twice, repetitions as often as they are drawn', () => {
	expect(cellsWritten('\x1b[1mab\x1b[0m\r\n\x1b[5Gc \x1b]0;title\x07')).toBe(4);
	expect(cellsWritten('작업')).toBe(4);
	expect(cellsWritten('─\x1b[9b')).toBe(10);
});

test('cells that showed the same before are drawn again', async () => {
	const cells = new DrawnCells();
	try {
		expect(await cells.add('hello')).toEqual({ bytes: 5, cells: 5, changed: 5, again: 0 });
		expect(await cells.add('\rhello')).toMatchObject({ cells: 5, changed: 0, again: 1 });
		// Only the colour of two, and a space where nothing was.
		expect(await cells.add('\r\x1b[31mhe\x1b[0mll\x1b[6G ')).toMatchObject({ cells: 5, changed: 2, again: 0.6 });
		// The second frame takes back what the first one drew.
		const twice = '\x1b[?2026h\rH\x1b[?2026l\x1b[?2026h\r\x1b[31mh\x1b[0m\x1b[?2026l';
		expect(await cells.add(twice)).toMatchObject({ cells: 2, changed: 2, again: 0 });
		expect(await cells.add('')).toEqual({ bytes: 0, cells: 0, changed: 0, again: 0 });
	} finally {
		cells.dispose();
	}
});
