import { expect, test } from 'vitest';
import { messages } from '../../source/diagnosis/messages/message.ts';
import { placeholders, render } from '../../source/diagnosis/messages/render.ts';
import { inUtc } from '../in-utc.ts';

inUtc();

const all = Object.entries(messages);

test.each(all)('%s is there in both languages, with the same parameters', (_key, [english, korean]) => {
	expect(english.trim()).not.toBe('');
	expect(korean.trim()).not.toBe('');
	expect(placeholders(korean)).toEqual(placeholders(english));
});

test.each(all)('%s is written in its own language', (_key, [english, korean]) => {
	expect(english).not.toMatch(/[\u1100-\u11ff\uac00-\ud7a3]/);
	// What holds nothing but parameters has no language.
	if (english.replaceAll(/\{[^}]*\}|[^a-z]/gi, '') !== '') expect(korean).toMatch(/[\uac00-\ud7a3]|:/);
	expect(korean.normalize('NFC')).toBe(korean);
});

test('values are put in as they are meant', () => {
	const message = { key: 'slow.evidence', params: { elapsed: 125_000, usual: 59_400 } };
	expect(render(message, 'en')).toBe('2m 05s so far, usually 59s');
	expect(render(message, 'ko')).toBe('현재 2분 5초 경과, 평소 소요 시간 59초');
	const disk = { key: 'disk.evidence', params: { free: 512 * 2 ** 20, total: 10 * 2 ** 30, share: 0.05 } };
	expect(render(disk, 'en')).toBe('512 MiB of 10 GiB free (5.0%)');
});

test('a message of a newer version is shown by its key', () => {
	expect(render({ key: 'brand new', params: {} }, 'ko')).toBe('brand new');
});

test('what is put in is not read as a parameter itself', () => {
	expect(render({ key: 'api.cause', params: { message: 'KeyError: {url}' } }, 'en')).toBe('KeyError: {url}');
});
