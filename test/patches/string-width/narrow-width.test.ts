import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { narrowWidth } from '../../../patches/string-width/narrow-width.ts';
import { glyphSets } from '../../../source/presentation/glyphs.ts';
import { runs } from '../../random.ts';

/** For any argument the patched function falls back to string-width. */
const original = {};

test('property: where it knows a width, it is that of string-width', () => {
	const glyphs = [...JSON.stringify(glyphSets.unicode)];
	const piece = fc.oneof(
		fc.constantFrom(...glyphs, '\x1b[1;31m', '\x1b[0m', '한', '🙂', 'é', 'e\u0301', '\u200d'),
		fc.string({ unit: 'binary', maxLength: 3 }),
		fc.integer({ min: 0x2000, max: 0x2bff }).map(code => String.fromCodePoint(code)),
	);
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
			const text = pieces.join('');
			const width = narrowWidth(text);
			if (width !== null) expect(width, JSON.stringify(text)).toBe(stringWidth(text, original));
		}),
		{ numRuns: runs(3000) },
	);
});

test('it knows every character that is drawn around the text', () => {
	const { line, box, bars, progress, selected, ellipsis } = glyphSets.unicode;
	const drawn = [...Object.values(line), ...Object.values(box), ...bars, ...progress, selected, ellipsis];
	expect(narrowWidth(drawn.join(''))).toBe(drawn.join('').length);
	for (let code = 0x20; code < 0x3000; code++) {
		const character = String.fromCharCode(code);
		const width = narrowWidth(character);
		if (width !== null) expect(width, code.toString(16)).toBe(stringWidth(character, original));
	}
});
