import fc from 'fast-check';
import { test } from 'vitest';
import { parseConf } from '../../../source/model/airflow/dag-conf.ts';
import { jsonLosses } from '../../../source/model/text/json-losses.ts';
import { expect } from '../../english.ts';

test.each([
	['{"x":1,"y":12345678901234567890}', /12345678901234567890 is too large.*"12345678901234567890"/],
	['{"a":[1,-9007199254740993]}', /-9007199254740993/],
	['{"x":1,"x":2}', /"x" is given twice/],
	['{"o":{"a":1,"\\u0061":2}}', /"\\u0061" is given twice/],
	['{"o":[{"a":1},{"a":2}],"a":3}', null],
	['{"text":"{\\"x\\":1,\\"x\\":12345678901234567890}"}', null],
	['{"f":0.12345678901234567890,"e":1e400,"n":9007199254740991}', null],
] as const)('%s', (text, words) => {
	if (words === null) expect(jsonLosses(text)).toBeNull();
	else expect(jsonLosses(text)).toMatch(words);
});

test('what was written from values loses nothing', () => {
	fc.assert(
		fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), value => {
			const text = JSON.stringify({ value });
			// Numbers in a value that was read are as they are.
			const isWhole = !/\d{16}/.test(text);
			if (isWhole) expect(jsonLosses(text)).toBeNull();
		}),
	);
});

test('such a conf is refused before it is sent', () => {
	expect(parseConf('{"snapshot":12345678901234567890}')).toMatchObject({
		problem: expect.stringMatching(/cannot be sent exactly as written: 12345678901234567890/),
	});
	expect(parseConf('{"snapshot":"12345678901234567890"}')).toMatchObject({
		conf: { snapshot: '12345678901234567890' },
	});
});
