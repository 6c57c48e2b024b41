import { expect, test } from 'vitest';
import { keyNames } from '../../source/ui/keys.ts';
import { textField, typed } from '../../source/ui/text-field.ts';

test.each([
	['[1,2]', ['[', '1', ',', '2', ']']],
	['[1]', ['[', '1', ']']],
	['["a", "나"]', ['[', '"', 'a', '"', ',', 'space', '"', '나', '"', ']']],
	['[', ['[']],
	// Keys that Ink does not know arrive without their ESC: no text.
	['[25~', ['[25~']],
	['[1;9P', ['[1;9P']],
] as const)('%s arrives at once', (input, names) => {
	expect(keyNames(input, {})).toEqual(names);
});

test('Esc and the next key in one read are both pressed; a modified arrow is an arrow', () => {
	for (const digit of '0123456789') expect(keyNames(digit, { meta: true })).toEqual(['esc', digit]);
	expect(keyNames('q', { meta: true })).toEqual(['esc', 'q']);
	expect(keyNames('', { meta: true, upArrow: true })).toEqual(['up']);
	expect(keyNames('b', { meta: true, ctrl: true })).toEqual(['ctrl-b']);
});

test('Delete takes what is under the cursor, Backspace what is before it', () => {
	const at = { ...textField('모Z델'), cursor: 1 };
	expect(keyNames('', { delete: true })).toEqual(['delete']);
	expect(typed(at, 'delete')).toMatchObject({ text: '모델', cursor: 1 });
	expect(typed(at, 'backspace')).toMatchObject({ text: 'Z델', cursor: 0 });
});
