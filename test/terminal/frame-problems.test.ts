import { describe, expect, test } from 'vitest';
import { frameProblems } from './frame-problems.ts';

const boxes = [
	' laketop · mlops        docker │ airflow',
	'┌ 1 Services ─ 6 up ────────┬──────────┐',
	'│ ✔ 한글 웹서버  0.1% ▁▂▃   │ a - b    │',
	'├ 2 Pipeline ───────────────┤ +0.004   │',
	'│ ╭────────╮  ╭────────╮    │          │',
	'│ │✔ raw   ├──┤✔ silver│    │          │',
	'│ ╰────────╯  ╰────────╯    │          │',
	'└ t trigger ────────────────┴──────────┘',
];

const ascii = [
	'laketop - a | b',
	'+ 1 Services - 6 up --+----+',
	'| airflow  +0.3 | x   | a  |',
	'+ 2 Logs -------------+    |',
	'| c | d               |    |',
	'+---------------------+----+',
];

/** The screen with one row (counted from 1) replaced. */
const withRow = (screen: string[], number: number, row: string) =>
	screen.map((old, at) => (at === number - 1 ? row : old));

describe('an unbroken frame', () => {
	test('of box-drawing characters has no problems', () => {
		expect(frameProblems(boxes, 40)).toEqual([]);
	});

	test('of ASCII characters has none', () => {
		expect(frameProblems(ascii, 28)).toEqual([]);
	});

	test('may have a title over a joint, but no plain line there', () => {
		const titled = withRow(boxes, 8, '└ t trigger ───────────── ? help ──────┘');
		expect(frameProblems(titled, 40)).toEqual([]);
		const plain = withRow(boxes, 8, `└${'─'.repeat(38)}┘`);
		expect(frameProblems(plain, 40)).toEqual(['row 7, column 29: │ is not joined to what is below it']);
	});

	test('is none at all on a screen without one', () => {
		expect(frameProblems(['hello', '', 'a | b'], 40)).toEqual([]);
	});
});

describe('a problem', () => {
	test('is a row whose right border was pushed out of its column', () => {
		const problems = frameProblems(withRow(boxes, 3, '│ ✔ 한글 웹서버  0.1% ▁▂▃   │ a - b   │'), 40);
		expect(problems).toContain('row 3: no right border at column 40, its last border is at column 39');
	});

	test('is a row without its right border', () => {
		const problems = frameProblems(withRow(boxes, 7, '│ text'), 40);
		expect(problems).toContain('row 7: no right border at column 40, it has none');
	});

	test('is a row that is wider than the screen', () => {
		const problems = frameProblems(withRow(boxes, 3, '│ ✔ 한글 웹서버  0.1% ▁▂▃   │ a - b     │'), 40);
		expect(problems).toContain('row 3: 41 cells wide, the screen has 40');
	});

	test('is a border that stops', () => {
		const problems = frameProblems(withRow(boxes, 5, '│ ╭────────╮  ╭────────╮               │'), 40);
		expect(problems).toContain('row 4, column 29: ┤ is not joined to what is below it');
		expect(problems).toContain('row 6, column 29: │ is not joined to what is above it');
	});

	test('is a corner without its line', () => {
		expect(frameProblems(['┌──────', '│     │', '└─────┘'], 7)).toContain(
			'row 2, column 7: │ is not joined to what is above it',
		);
		expect(frameProblems(['┌      ', '│     │', '└─────┘'], 7)).toContain(
			'row 1, column 1: ┌ is not joined to anything on its right',
		);
		expect(frameProblems(['┌─────┐', '│     │'], 7)).toContain('row 2, column 1: │ is not joined to what is below it');
	});

	test('is found in ASCII frames too', () => {
		const problems = frameProblems(withRow(ascii, 3, '| airflow  +0.3 | x   | a |'), 28);
		expect(problems).toContain('row 3: no right border at column 28, its last border is at column 27');
		expect(frameProblems(withRow(ascii, 6, ''), 28)).toContain('row 5, column 1: | is not joined to what is below it');
	});

	test('depends on how wide the terminal draws its symbols', () => {
		const row = ['+----+', '|●   |', '+----+'];
		expect(frameProblems(row, 6)).toEqual([]);
		expect(frameProblems(row, 6, { ambiguousWide: true })).toContain('row 2: 7 cells wide, the screen has 6');
	});
});
