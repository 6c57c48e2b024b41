import fc from 'fast-check';
import { expect, test } from 'vitest';
import { glyphSets } from '../../source/presentation/glyphs.ts';
import {
	cutText,
	ellipsize,
	fit,
	fitLine,
	type Line,
	lineWidth,
	textWidth,
	wrapLine,
	wrapText,
} from '../../source/presentation/text.ts';
import { framed, innerWidth } from '../../source/ui/frame.ts';
import { layoutFor, type Rectangle } from '../../source/ui/layout.ts';
import { paneIds } from '../../source/ui/panes/panes.ts';
import { runs } from '../random.ts';

/** Sizes and texts of any kind: nothing has a negative size, sticks out, or leaves a gap. */

const areas = ['upper', 'lower', 'bottom'] as const;
const size = fc.record({
	columns: fc.integer({ min: 1, max: 300 }),
	rows: fc.integer({ min: 1, max: 100 }),
	focus: fc.constantFrom(...paneIds),
	zoomed: fc.boolean(),
	// Anywhere, not only where they are.
	panes: fc
		.tuple(...paneIds.map(() => fc.record({ area: fc.constantFrom(...areas), rows: fc.nat(200) })))
		.map(all => all.flatMap((one, index) => (paneIds[index] ? [{ id: paneIds[index], ...one }] : []))),
});

test('property: the rectangles fill the screen of any size, each cell once', () => {
	fc.assert(
		fc.property(size, input => {
			const { header, footer, panes } = layoutFor(input);
			const all = [header, footer, ...paneIds.map(id => panes[id])].filter((one): one is Rectangle => one != null);
			const owners = new Uint8Array(input.columns * input.rows);
			for (const { x, y, width, height } of all) {
				expect(Math.min(x, y, width, height)).toBeGreaterThanOrEqual(0);
				expect(x + width).toBeLessThanOrEqual(input.columns);
				expect(y + height).toBeLessThanOrEqual(input.rows);
				for (let row = y; row < y + height; row++) {
					for (let column = x; column < x + width; column++) owners[row * input.columns + column] ??= 0;
					for (let column = x; column < x + width; column++) {
						owners[row * input.columns + column] = (owners[row * input.columns + column] ?? 0) + 1;
					}
				}
			}
			expect(owners.every(count => count === 1)).toBe(true);
			expect(panes[input.focus], 'what has the focus is on the screen').toBeDefined();
		}),
		{ numRuns: runs(500) },
	);
});

const piece = fc.oneof(
	fc.string({ maxLength: 8 }),
	fc.string({ unit: 'grapheme', maxLength: 8 }),
	fc.constantFrom('한글', '🙂', '👩‍👩‍👧‍👦', 'e\u0301', '\u200d', ' ', '─', '…', '日本', '🇰🇷'),
);
const words = fc
	.array(piece, { maxLength: 8 })
	.map(pieces => pieces.join('').replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ''));
const line: fc.Arbitrary<Line> = fc.array(
	words.map(text => ({ text })),
	{ maxLength: 5 },
);
const width = fc.nat(40);
const textOf = (spans: Line) => spans.map(({ text }) => text).join('');

test('property: a text is cut to its width, and filled up to it exactly', () => {
	fc.assert(
		fc.property(words, width, fc.constantFrom('…', '~'), (text, cells, ellipsis) => {
			const cut = cutText(text, cells);
			expect(text.startsWith(cut)).toBe(true);
			expect(textWidth(cut)).toBeLessThanOrEqual(cells);
			expect(textWidth(ellipsize(text, cells, ellipsis))).toBeLessThanOrEqual(cells);
			for (const align of ['left', 'right'] as const) {
				expect(textWidth(fit(text, cells, ellipsis, align))).toBe(cells);
			}
		}),
		{ numRuns: runs(1000) },
	);
});

test('property: a line has exactly its width, by itself and in a frame', () => {
	fc.assert(
		fc.property(line, width, (spans, cells) => {
			expect(lineWidth(fitLine(spans, cells, '…'))).toBe(cells);
			const rectangle = { x: 0, y: 0, width: cells + 4, height: 3 };
			const frame = {
				rectangle,
				columns: cells + 4,
				hasAbove: true,
				hasLeft: false,
				heading: spans,
				title: [spans],
				focused: true,
			};
			expect(innerWidth(rectangle)).toBe(cells);
			for (const row of framed(frame, [spans], glyphSets.unicode)) expect(lineWidth(row)).toBe(cells + 4);
		}),
		{ numRuns: runs(1000) },
	);
});

const segmenter = new Intl.Segmenter();
const widestOf = (text: string) =>
	Math.max(0, ...Array.from(segmenter.segment(text), ({ segment }) => textWidth(segment)));

test('property: wrapped text fits, and nothing but spaces is lost', () => {
	// Two cells hold any character.
	const wide = fc.integer({ min: 2, max: 40 });
	const bare = (text: string) => text.replaceAll(/\s/g, '');
	fc.assert(
		fc.property(words, line, wide, (text, spans, cells) => {
			// Except for clusters of spacing marks, as in musical notation, which cannot be split.
			fc.pre(widestOf(text + textOf(spans)) <= cells);
			const rows = wrapText(text, cells);
			for (const row of rows) expect(textWidth(row.trimEnd()), JSON.stringify(row)).toBeLessThanOrEqual(cells);
			expect(bare(rows.join(''))).toBe(bare(text));
			const lines = wrapLine(spans, cells);
			for (const row of lines) expect(textWidth(textOf(row).trimEnd())).toBeLessThanOrEqual(cells);
			expect(bare(lines.map(textOf).join(''))).toBe(bare(textOf(spans)));
		}),
		{ numRuns: runs(1000) },
	);
});
