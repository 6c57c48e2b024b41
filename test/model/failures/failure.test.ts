import { expect, test } from 'vitest';
import { ConfigError } from '../../../source/model/failures/config-error.ts';
import { ClientError, connectionProblem, failureOf, messageAndFix } from '../../../source/model/failures/failure.ts';
import { phrase, quoted, render } from '../../../source/words/message.ts';

const failed = new ClientError(
	'not-found',
	phrase(['{name} does not exist', '{name}이(가) 없습니다'], { name: 'mlflow' }),
	phrase(['Check the name', '이름을 확인하세요']),
);

test('a failure is shown in both languages; the error itself speaks English', () => {
	expect(failed.message).toBe('mlflow does not exist');
	expect(render(messageAndFix(failed.failure), 'en')).toBe('mlflow does not exist. Check the name');
	expect(render(messageAndFix(failed.failure), 'ko')).toBe('mlflow가 없습니다. 이름을 확인하세요');
	expect(ClientError.of(failed.failure).failure).toEqual(failed.failure);
});

test('without a fix there is only what happened', () => {
	const { failure } = new ClientError('server', quoted('{braces} are no placeholders'));
	expect(failure.fix).toBeNull();
	expect(render(messageAndFix(failure), 'ko')).toBe('{braces} are no placeholders');
});

test('what an unknown error says is quoted', () => {
	expect(render(failureOf(new TypeError('boom\n\u001b[31m')).message, 'ko')).toBe('boom ');
});

test('values are one harmless line of limited length, in every language', () => {
	const { failure } = new ClientError(
		'server',
		phrase(['A: {x}', '가: {x}'], { x: `\u001b]0;t\u0007\n${'y'.repeat(9000)}` }),
	);
	for (const language of ['en', 'ko'] as const) {
		const written = render(failure.message, language);
		expect(written).toMatch(/: +y+$/);
		expect(written.length).toBeLessThan(4010);
	}
});

test.each(['en', 'ko'] as const)('a secret is masked, also one that text and value form together: %s', language => {
	const inValue = new ConfigError(phrase(['Bad: {x}', '오류: {x}'], { x: 'password=hunter2hunter2' }), quoted(''));
	const together = new ConfigError(phrase(['password={x}', 'password={x}'], { x: 'hunter2hunter2' }), quoted(''));
	for (const { what } of [inValue, together]) expect(render(what, language)).not.toContain('hunter2');
});

test('what happened to a connection, in Korean', () => {
	const words = connectionProblem(Object.assign(new Error(), { code: 'ECONNREFUSED' }))?.words;
	expect(words && render(words, 'ko')).toBe('연결이 거부되었습니다');
});
