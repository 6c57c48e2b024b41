import { expect, test } from 'vitest';
import { messageSchema, render, sayer } from '../../source/words/message.ts';
import { placeholders, write, writer } from '../../source/words/write.ts';

const text = ['{count} {count|task|tasks} of {dag} failed', '{dag}의 작업 {count}개가 실패했습니다'] as const;

test('a word stands by its number, and is no value of its own', () => {
	expect(write(text, { count: 1, dag: 'etl' }, 'en')).toBe('1 task of etl failed');
	expect([0, 2].map(count => write(text, { count, dag: 'etl' }, 'en'))).toEqual([
		'0 tasks of etl failed',
		'2 tasks of etl failed',
	]);
	expect(write(text, { count: 1, dag: 'etl' }, 'ko')).toBe('etl의 작업 1개가 실패했습니다');
	expect(placeholders(text[0])).toEqual(placeholders(text[1]));
});

test('a value is not read as a text, whatever stands in it', () => {
	expect(write(['{message}', '{message}'], { message: 'KeyError: {url} {url|a|b}', url: 1 }, 'en')).toBe(
		'KeyError: {url} {url|a|b}',
	);
});

test('a message in a message is written in its language, with the particle that it calls for', () => {
	const say = sayer({
		cut: ['{what} was lost', '{what}이(가) 사라졌습니다'],
		task: ['task {name}', '작업 {name}'],
	});
	const message = say('cut', { what: say('task', { name: '파이프라인' }) });
	expect(render(message, 'en')).toBe('task 파이프라인 was lost');
	expect(render(message, 'ko')).toBe('작업 파이프라인이 사라졌습니다');
	expect(messageSchema.parse(JSON.parse(JSON.stringify(message)))).toEqual(message);
});

test('a writer takes the values that a text names, and no others', () => {
	const t = writer('ko');
	expect(t(['Restart {service}', '{service}을(를) 재시작'], { service: 'mlflow' })).toBe('mlflow를 재시작');
	expect(t(['Services', '서비스'])).toBe('서비스');
	// @ts-expect-error a name that the text does not have
	expect(t(['Services of {project}', '{project}의 서비스'], { stack: 'shop' })).toBe('의 서비스');
});
