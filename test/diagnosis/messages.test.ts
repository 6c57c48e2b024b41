import { expect, test } from 'vitest';
import { say } from '../../source/diagnosis/messages/message.ts';
import { diskFull } from '../../source/diagnosis/rules/disk-full.ts';
import { filled, render } from '../../source/words/message.ts';
import { placeholders } from '../../source/words/write.ts';
import { inUtc } from '../in-utc.ts';
import { allTexts } from './all-texts.ts';

inUtc();

test('a key names one text', () => {
	const keys = allTexts.map(([key]) => key);
	expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test.each(allTexts)('%s is there in both languages, with the same parameters', (_key, [english, korean]) => {
	expect(english.trim()).not.toBe('');
	expect(korean.trim()).not.toBe('');
	expect(placeholders(korean)).toEqual(placeholders(english));
});

test.each(allTexts)('%s is written in its own language', (_key, [english, korean]) => {
	expect(english).not.toMatch(/[\u1100-\u11ff\uac00-\ud7a3]/);
	// A text that consists of parameters has no language.
	if (english.replaceAll(/\{[^}]*\}|[^a-z]/gi, '') !== '') expect(korean).toMatch(/[\uac00-\ud7a3]|:/);
	expect(korean.normalize('NFC')).toBe(korean);
});

test('values are put in as they are meant', () => {
	const message = say('slow.evidence', { elapsed: 125_000, usual: 59_400 });
	expect(render(message, 'en')).toBe('2m 05s so far, usually 59s');
	expect(render(message, 'ko')).toBe('현재 2분 5초 경과, 평소 소요 시간 59초');
	const disk = filled(diskFull.texts['disk.evidence'] ?? ['', ''], {
		free: 512 * 2 ** 20,
		total: 10 * 2 ** 30,
		share: 0.05,
	});
	expect(render(disk, 'en')).toBe('512 MiB of 10 GiB free (5.0%)');
});
