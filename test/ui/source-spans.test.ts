import { expect, test } from 'vitest';
import { glyphSets } from '../../source/presentation/glyphs.ts';
import { sourceSpans } from '../../source/ui/source-spans.ts';
import { writer } from '../../source/words/write.ts';
import { failed, healthy, now, stateOf } from '../diagnosis/stack.ts';

test.each([
	['en', 'too many logins', 'unauthorised'],
	['ko', '로그인 과다', '인증 실패'],
] as const)('the header names closed logins, which say nothing of the password (%s)', (language, closed, refused) => {
	const words = (code?: 'too-many-logins') => {
		const state = stateOf(...healthy, failed('dags', 'unauthorised', 'x', { httpStatus: code ? 429 : 401, code }));
		const input = { state, now, glyphs: glyphSets.unicode, language, say: writer(language) };
		return sourceSpans(input, 'names', { isAll: true })
			.map(({ text }) => text)
			.join('');
	};
	expect(words('too-many-logins')).toContain(`airflow ✖ ${closed}`);
	expect(words()).toContain(`airflow ✖ ${refused}`);
});
