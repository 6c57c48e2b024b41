import { expect, test } from 'vitest';
import { glyphSets } from '../../../source/presentation/glyphs.ts';
import { hintRows } from '../../../source/ui/dialogs/drawing.ts';

const glyphs = glyphSets.unicode;
const texts = (hints: string, width: number) =>
	hintRows(hints, width, glyphs).map(line => line.map(({ text }) => text).join(''));

test('a key stays on the row of its word', () => {
	expect(texts('Up/Down 항목 이동, Enter 계속, Esc 취소', 30)).toEqual(['Up/Down 항목 이동, Enter 계속,', 'Esc 취소']);
	expect(texts('Tab JSON, Esc cancels', 21)).toEqual(['Tab JSON, Esc cancels']);
	expect(texts('Tab JSON, Esc cancels', 20)).toEqual(['Tab JSON,', 'Esc cancels']);
	expect(texts('l log, , compare, Esc closes', 12)).toEqual(['l log,', ', compare,', 'Esc closes']);
});

test('a hint that is wider than the row is broken nevertheless', () => {
	expect(texts('Enter chooses', 8)).toEqual(['Enter', 'chooses']);
});
