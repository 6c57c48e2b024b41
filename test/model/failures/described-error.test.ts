import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DescribedError, describe } from '../../../source/model/failures/described-error.ts';
import { phrase, quoted, render } from '../../../source/words/message.ts';

function errorOf(work: () => unknown): unknown {
	try {
		work();
	} catch (error) {
		return error;
	}
	throw new Error('it did not fail');
}

test('errors of the operating system are known in both languages', async () => {
	const absent = describe(errorOf(() => readFileSync('/nonexistent/file')));
	expect([render(absent, 'en'), render(absent, 'ko')]).toEqual(['no such file', '파일이 없습니다']);
	expect(render(describe(errorOf(() => readFileSync('/'))), 'ko')).toBe('디렉터리입니다');
	const [failed] = await once(spawn('/nonexistent/program'), 'error').catch(error => [error]);
	expect(render(describe(failed), 'ko')).toBe('프로그램을 찾을 수 없습니다');
});

test('the words of others are quoted, also where they look like a code of ours', () => {
	expect(describe(errorOf(() => JSON.parse('{')))).toMatchObject({ params: { words: expect.stringMatching(/JSON/) } });
	expect(describe(Object.assign(new Error('odd'), { code: 'constructor' }))).toEqual(quoted('odd'));
	expect(describe('text')).toEqual(quoted('text'));
	expect(describe(new DescribedError(phrase(['one', '하나'])))).toEqual(phrase(['one', '하나']));
});
