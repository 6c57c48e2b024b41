import fc from 'fast-check';
import { expect, test } from 'vitest';
import { momentOf, UsageError } from '../../source/command-line/arguments/given.ts';
import { parseCommandLine } from '../../source/commands/parse.ts';
import { commands } from '../../source/commands/table.ts';
import { confProblems, parseConf } from '../../source/model/airflow/dag-conf.ts';
import { type DagParam, paramTypes, paramValue } from '../../source/model/airflow/dag-params.ts';
import { parseTaskName } from '../../source/model/airflow/task-name.ts';
import { logPattern, matches } from '../../source/model/logs/log-pattern.ts';
import { dateSpan, momentOfWords } from '../../source/ui/actions/jump.ts';
import { durationMs } from '../../source/words/amounts.ts';
import { languages } from '../../source/words/language.ts';
import { render } from '../../source/words/message.ts';
import { cpuMs } from '../patience.ts';
import { runs } from '../random.ts';

/** Parsers of typed text: for any text they return a value or say why not, and never throw anything else. */
const check = (property: fc.IProperty<[string]> | fc.IAsyncProperty<[string]>, few = 2000) =>
	fc.assert(property as fc.IAsyncProperty<[string]>, { numRuns: runs(few) });

const now = Date.UTC(2026, 10, 24, 14, 3, 21);
/** Not before the epoch, and a date that RFC 3339 can write. */
const isMoment = (ms: number) => Number.isFinite(ms) && ms >= 0 && !Number.isNaN(new Date(ms).getTime());

const anything = fc.oneof(
	fc.string({ maxLength: 60, unit: 'grapheme' }),
	fc.string({ maxLength: 60, unit: 'binary' }),
	fc.string({ maxLength: 2000, unit: fc.constantFrom('9', '-', ':', '.', '{', '[', '(', '"', '\\', ' ', '\u001B') }),
);
/** Similar text with typing errors. */
const of = (...words: readonly string[]) =>
	fc.oneof(
		{ weight: 3, arbitrary: fc.array(fc.constantFrom(...words), { maxLength: 8 }).map(all => all.join('')) },
		{ weight: 1, arbitrary: anything },
	);

const times = of(
	...['2026', '26', '11', '24', '31', '02', '99', '0', '1', '-', '/', '.', ':', 'T', 'Z', '+09:00', ' ', ' ago'],
	...['today', 'yesterday', 'ms', 's', 'm', 'h', 'd', '1h30m', '14:02', '24:00', '999999999999999999999', '1e9'],
);

test('times and spans: a moment in range, or none', () =>
	check(
		fc.property(times, text => {
			const span = durationMs(text);
			if (span !== null) expect(span).toBeGreaterThanOrEqual(0);
			const moment = momentOf(text, now);
			if (moment !== null) expect([text, isMoment(moment)]).toEqual([text, true]);
			for (const utc of [true, false]) {
				const words = momentOfWords(text, now, utc);
				if (words !== null) expect([text, Number.isFinite(words)]).toEqual([text, true]);
			}
			const day = dateSpan(text, now);
			if (day !== null) expect([text, day.from <= day.to]).toEqual([text, true]);
		}),
		5000,
	));

const json = fc.oneof(
	fc.json(),
	fc.json().map(text => text.slice(0, -1)),
	of('{', '}', '[', ']', '"rows"', ':', ',', '1', '1e999', '9007199254740993', 'null', '"a":', '"__proto__":', ' '),
);
const params: readonly DagParam[] = paramTypes.map(type => ({
	name: type,
	value: null,
	title: null,
	description: null,
	schema: { type },
}));

test('--conf and the params of the form: a value that JSON can carry, or a sentence', () =>
	check(
		fc.property(json, text => {
			const read = parseConf(text);
			if ('conf' in read) expect(JSON.parse(JSON.stringify(read.conf))).toEqual(read.conf);
			else expect(render(read.problem, 'en')).toMatch(/^conf /);
			for (const problem of 'conf' in read ? confProblems(params, read.conf) : [])
				expect(render(problem.problem, 'en')).not.toBe('');
			for (const param of params) {
				const one = paramValue(param, text);
				if ('problem' in one) expect(render(one.problem, 'en')).not.toBe('');
				else expect(JSON.stringify(one.value)).toBeTypeOf('string');
			}
		}),
	));

const options = commands.flatMap(({ options = [] }) => options.map(({ name }) => `--${name}`));
const words = fc.oneof(
	fc.constantFrom(...commands.map(({ name }) => name), ...options, '--', '-', '=', '--dag', '--demo', '-n', '-f', '-y'),
	fc.tuple(fc.constantFrom(...options), anything).map(([option, value]) => `${option}=${value}`),
	times,
	json,
	anything,
);

test('command lines: parsed, or refused with a reason and what to do', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(words, { maxLength: 6 }), async argv => {
			const parsed = await parseCommandLine(argv).catch((error: unknown) => error);
			if (!(parsed instanceof UsageError)) {
				expect(parsed).not.toBeInstanceOf(Error);
				expect(parsed).toHaveProperty('kind');
			} else
				for (const language of languages)
					expect([parsed.what, parsed.fix].map(one => render(one, language))).not.toContain('');
		}),
		{ numRuns: runs(1500) },
	);
});

test('search patterns: what is no expression is looked for as text, and none is slow', () =>
	check(
		fc.property(of('(', ')', '+', '*', '?', '{2,}', '[a-z]', '[^', '|', '.', '\\d', '\\', 'a', '$', '^'), text => {
			const pattern = logPattern(text);
			if (pattern) expect(cpuMs(() => matches(pattern, `${'a'.repeat(5000)}!`))).toBeLessThan(1000);
		}),
		400,
	));

test('names of tasks: with an index, or whole', () =>
	check(
		fc.property(of('divide', '[', ']', '0', '12', '-1', '99999999999999999999', ' '), text => {
			const { taskId, mapIndex } = parseTaskName(text);
			expect(text.startsWith(taskId)).toBe(true);
			if (mapIndex !== null) expect(Number.isSafeInteger(mapIndex) && mapIndex >= 0).toBe(true);
		}),
	));
