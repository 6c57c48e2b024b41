import { expect, test } from 'vitest';
import { fieldWindow, inserted, textField, typed } from '../../source/ui/text-field.ts';

const press = (text: string, ...keys: string[]) =>
	keys.reduce((field, key) => typed(field, key) ?? field, textField(text));

test('letters go in at the cursor, readline keys move and delete', () => {
	expect(press('', 'a', 'space', 'b').text).toBe('a b');
	expect(press('abc', 'left', 'left', 'X').text).toBe('aXbc');
	expect(press('abc', 'home', 'ctrl-d').text).toBe('bc');
	expect(press('one two', 'ctrl-w').text).toBe('one ');
	expect(press('one two', 'left', 'left', 'left', 'ctrl-u').text).toBe('two');
	expect(press('one two', 'ctrl-a', 'ctrl-k').text).toBe('');
	expect(press('abc', 'backspace', 'backspace').text).toBe('a');
});

test('names of keys are never typed as words', () => {
	for (const key of ['f5', 'shift-tab', 'pageup', 'enter', 'esc', 'ctrl-q'])
		expect(typed(textField('x'), key)).toBeNull();
});

test('Hangul, emoji and joined characters are one character each', () => {
	expect(press('한글', 'backspace').text).toBe('한');
	expect(press('a👨‍👩‍👧', 'backspace').text).toBe('a');
	expect(press('', '한').text).toBe('한');
});

test('what is pasted holds no line break and no control character', () => {
	expect(inserted(textField('a'), 'b\r\nc\td\u001B[2J\u202E').text).toBe('ab c d[2J');
});

test('the window keeps the cursor in sight and fits its width', () => {
	const field = press('0123456789', 'left');
	expect(fieldWindow(field, 4)).toEqual({ before: '678', at: '9', after: '' });
	expect(fieldWindow(press('0123456789', 'home'), 4)).toEqual({ before: '', at: '0', after: '123' });
	const wide = fieldWindow(textField('가나다라'), 5);
	expect(wide.before).toBe('다라');
	expect(wide.at).toBe(' ');
});

test('a field takes a limited number of characters, and says that the rest was cut', () => {
	const pasted = inserted(textField('ab', 5), '🔧🔧'.repeat(100_000));
	// Half a character would be none.
	expect(pasted).toMatchObject({ text: 'ab🔧', isCut: true });
	expect(typed(textField('abcde', 5), 'f')).toMatchObject({ text: 'abcde', isCut: true });
	expect(typed(pasted, 'backspace')?.isCut).toBeUndefined();
});
