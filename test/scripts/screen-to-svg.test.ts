import { describe, expect, test } from 'vitest';
import { type PictureCell, screenToSvg } from '../../scripts/screen-to-svg.ts';
import { cellsOf } from '../terminal/cell-width.ts';

const plain = {
	fg: 'default',
	bg: 'default',
	bold: false,
	dim: false,
	italic: false,
	underline: false,
	inverse: false,
};

/** A row of a terminal's cells. */
function row(text: string, style: Partial<PictureCell> = {}): PictureCell[] {
	const cells = cellsOf(text);
	return cells.map((char, index) => {
		const width = char === '' ? 0 : cells[index + 1] === '' ? 2 : 1;
		return { ...plain, char, width, ...style };
	});
}

const svg = (...rows: PictureCell[][]) => screenToSvg(rows, { title: 'A screen' });
const texts = (picture: string) => [...picture.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, , text]) => text);
const attributesOf = (picture: string, text: string) =>
	[...picture.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].find(match => match[2] === text)?.[1] ?? '';

describe('a picture', () => {
	test('is as large as its screen, dark, with a title, and the same each time', () => {
		const picture = svg(row('ab'), row('cd'));
		expect(picture).toBe(svg(row('ab'), row('cd')));
		expect(picture).toContain('viewBox="0 0 40.8 60"');
		expect(picture).toContain('<title>A screen</title>');
		expect(picture).toContain('monospace');
		// Without it browsers join the spaces of a line.
		expect(picture).toContain('text{white-space:pre}');
		expect(svg()).toContain('viewBox="0 0 24 24"');
	});

	test('has its text escaped, and nothing that XML cannot hold', () => {
		const picture = screenToSvg([row('<b> & "c"'), row('a').map(cell => ({ ...cell, char: '\x1b' }))], {
			title: '<&>',
		});
		expect(texts(picture)).toEqual(['&lt;b&gt; &amp; &quot;c&quot;', '\ufffd']);
		expect(picture).toContain('<title>&lt;&amp;&gt;</title>');
	});

	test('joins neighbours of one style into one text, stretched to their cells', () => {
		const picture = svg([...row('  ok '), ...row('bad', { fg: 'red', bold: true })]);
		expect(texts(picture)).toEqual(['ok', 'bad']);
		expect(attributesOf(picture, 'ok')).toContain('x="28.8"');
		expect(attributesOf(picture, 'ok')).toContain('textLength="16.8"');
		expect(attributesOf(picture, 'bad')).toMatch(/x="54" .*fill="#f0626b" font-weight="bold"/);
	});

	test('is the same whatever colours blanks have, which are left from what was drawn before', () => {
		const blank = (style: Partial<PictureCell>) => [...row('a'), ...row(' ', style), ...row('b')];
		expect(svg(blank({ fg: 'red', bold: true }))).toBe(svg(blank({})));
		expect(svg([...row(' ', { fg: 'red' }), ...row('b')])).toBe(svg(row(' b')));
		// The visible part of a blank stays.
		for (const seen of [{ bg: 'red' }, { inverse: true }, { underline: true }])
			expect(svg(blank(seen))).not.toBe(svg(blank({})));
	});

	test('places each wide character, and what follows it, by its cell', () => {
		const picture = svg(row('한글ab'));
		expect(texts(picture)).toEqual(['한', '글', 'ab']);
		expect(['한', '글', 'ab'].map(text => /x="([\d.]+)"/.exec(attributesOf(picture, text))?.[1])).toEqual([
			'12',
			'28.8',
			'45.6',
		]);
	});

	test('knows the named colours, the 256 and true colour, and inverse', () => {
		const picture = svg([
			...row('a', { fg: 'ansi-196' }),
			...row('b', { fg: 'ansi-244' }),
			...row('c', { fg: '#010203' }),
			...row('d', { fg: 'green', inverse: true }),
			...row('e', { bg: 'blue', dim: true }),
		]);
		expect(attributesOf(picture, 'a')).toContain('fill="#ff0000"');
		expect(attributesOf(picture, 'b')).toContain('fill="#808080"');
		expect(attributesOf(picture, 'c')).toContain('fill="#010203"');
		expect(attributesOf(picture, 'd')).toContain('fill="#11151c"');
		expect(picture).toMatch(/<rect [^>]*fill="#7fcf7f"\/>/);
		expect(picture).toMatch(/<rect [^>]*fill="#6ea8fe"\/>/);
		expect(attributesOf(picture, 'e')).toContain('opacity="0.6"');
	});

	test('draws frames and bars as shapes that join their neighbours', () => {
		const picture = svg(row('┌─╮'), row('│▄│'));
		expect(texts(picture)).toEqual([]);
		// From the corner down to the row's lower edge, and from there on in the row below.
		expect(picture).toContain('M16.2 21V30');
		expect(picture).toContain('M16.2 39V30');
		expect(picture).toContain('M20.4 39H28.8V48H20.4Z');
	});
});
