import fc from 'fast-check';
import { expect, test } from 'vitest';
import { particleAfter } from '../../source/words/particles.ts';
import { write } from '../../source/words/write.ts';
import { allTexts } from '../diagnosis/all-texts.ts';

/** 은/는, 이/가, 을/를, 과/와, 으로/로 after a text. */
const after = (text: string) => ['는', '가', '를', '와', '로'].map(particle => particleAfter(text, particle)).join(' ');
const open = '는 가 를 와 로';
const closed = '은 이 을 과 으로';
const closedByL = '은 이 을 과 로';

test('digits are read as numbers', () => {
	const byDigit = [closed, closedByL, open, closed, open, open, closed, closedByL, closedByL, open];
	expect(Array.from({ length: 10 }, (_, digit) => after(String(digit)))).toEqual(byDigit);
	fc.assert(fc.property(fc.nat({ max: 99_999 }), n => after(String(n)) === byDigit[n % 10]));
	for (const hundreds of [100, 137 * 100, 5000, 10_000]) expect(after(String(hundreds))).toBe(closed);
	expect(after('50%')).toBe(open);
});

test('Hangul goes by its final consonant', () => {
	fc.assert(
		fc.property(fc.nat({ max: 18 }), fc.nat({ max: 20 }), fc.nat({ max: 27 }), (initial, vowel, final) => {
			const syllable = String.fromCodePoint(0xac00 + (initial * 21 + vowel) * 28 + final);
			return after(`가${syllable}`) === (final === 0 ? open : final === 8 ? closedByL : closed);
		}),
	);
});

test('Latin words go by their sound, capitals by the names of the letters', () => {
	for (const word of ['airflow-redis', 'scheduler', 'mlflow', 'celery', 'CPU', 'API', 'x', 'DAG', 'my_dag', 'SERVICE'])
		expect([word, after(word)]).toEqual([word, open]);
	for (const word of ['ml_pipeline', 'json', 'training', 'FINDING', 'VM', 'volume'])
		expect([word, after(word)]).toEqual([word, closed]);
	for (const word of ['URL', 'model', 'file', 'R', 'etl.table']) expect([word, after(word)]).toEqual([word, closedByL]);
});

test('brackets: an index is read, what stands in round brackets is not', () => {
	expect(after('divide[2]')).toBe(open);
	expect(after('divide[10]')).toBe(closed);
	expect(after('오류(500)')).toBe(open);
	expect(after('저장소 (a 1)')).toBe(open);
	expect(after('(모델)')).toBe(closedByL);
	expect(after('"값"')).toBe(closed);
	expect(after('')).toBe(open);
});

test('every text gets a particle, whatever its end', () => {
	fc.assert(fc.property(fc.string(), text => [open, closed, closedByL].includes(after(text))));
});

test('every particle after a parameter agrees with what is put in', () => {
	for (const [key, text] of allTexts) {
		const [, korean] = text;
		expect([key, /\}(?:은|는|이|가|을|를|과|와|으로|로)(?=[ ,.]|$)/.exec(korean)]).toEqual([key, null]);
		const names = [...korean.matchAll(/\{(\w+)/g)].map(([, name = '']) => [name, 0] as const);
		const written = write(text, Object.fromEntries(names), 'ko');
		expect([key, /(?:은\(는\)|이\(가\)|을\(를\)|과\(와\)|으로\(로\))/.exec(written)]).toEqual([key, null]);
	}
	expect(write(['', '코드 {code}은(는)'], { code: 0 }, 'ko')).toBe('코드 0은');
});
