import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csrfToken } from '../../source/clients/airflow/airflow-login.ts';
import { inspectionAnswer } from '../../source/clients/engine/docker-inspection.ts';
import { runsPage } from '../../source/clients/mlflow/mlflow-answers.ts';
import { cpuMs } from '../patience.ts';
import { runs } from '../random.ts';

/** Texts from outside that are long and uniform: with a quadratic expression each took 15 s and more. */
const recorded = join(import.meta.dirname, '../fixtures/recorded/docker-20.10/inspect/mlflow.json');
const inspected: { readonly Config: object } = JSON.parse(readFileSync(recorded, 'utf8'));

const readers: Readonly<Record<string, (text: string) => unknown>> = {
	'an environment value': text =>
		inspectionAnswer.parse({ ...inspected, Config: { ...inspected.Config, Env: [`GREETING=${text}`, text] } }),
	'the command of a container': text =>
		inspectionAnswer.parse({ ...inspected, Config: { ...inspected.Config, Cmd: [text, `--x=${text}`] } }),
	'a param of an MLflow run': text =>
		runsPage.parse({
			runs: [
				{
					info: { run_id: 'r', run_name: text, experiment_id: '1', status: 'FINISHED', start_time: 1, end_time: 2 },
					data: { params: [{ key: 'note', value: text }], tags: [{ key: text, value: text }] },
				},
			],
		}),
	'the login page of Airflow': csrfToken,
};
const environment = readers['an environment value'] ?? csrfToken;
const param = readers['a param of an MLflow run'] ?? csrfToken;

/** An idle core needs some ms for each; the old expressions needed 15,000 at least. */
const limitMs = 3000;

describe('the texts that kept it busy', () => {
	test.each<[string, (text: string) => unknown, string]>([
		['an environment value of 120,000 a', environment, 'a'.repeat(120_000)],
		['a param of 100,000 U+009D', param, '\u009D'.repeat(100_000)],
		['a login page of 500 kB without an end', csrfToken, '<input '.repeat(72_000)],
		['a login page of 500 kB of fields', csrfToken, '<input name="csrf_token" value=>'.repeat(16_000)],
		['a login page of 500 kB of scripts', csrfToken, "csrfToken = '".repeat(40_000)],
		['a login page of 500 kB of spaces', csrfToken, `<input${' '.repeat(500_000)}`],
	])('%s', (_what, read, text) => {
		expect(cpuMs(() => read(text))).toBeLessThan(limitMs);
	});
});

const piece = fc.oneof(
	fc.constantFrom(
		...[
			'a',
			'A',
			'0',
			' ',
			'\t',
			'\n',
			'"',
			"'",
			'=',
			':',
			'/',
			'@',
			'-',
			'_',
			'.',
			'\\',
			'{',
			'<',
			'\u009D',
			'\u001B',
		],
		...[
			'password',
			'token=',
			'--api-key ',
			'https://',
			'://x:',
			'@host',
			'Bearer ',
			'-----BEGIN ',
			'sk-',
			'eyJ',
			'<input ',
		],
	),
	fc.string({ minLength: 1, maxLength: 8, unit: 'binary' }),
);
/** One beginning, then the same few pieces again and again. */
const long = fc
	.tuple(fc.array(piece, { maxLength: 3 }), fc.array(piece, { minLength: 1, maxLength: 4 }))
	.map(([start, again]) => {
		const unit = again.join('');
		return start.join('') + unit.repeat(Math.ceil(120_000 / unit.length));
	});

test.each(Object.entries(readers))('%s of 120,000 characters, whatever they are', (_what, read) => {
	fc.assert(
		fc.property(long, text => {
			expect(
				cpuMs(() => read(text)),
				JSON.stringify(text.slice(0, 60)),
			).toBeLessThan(limitMs);
		}),
		{ numRuns: runs(25) },
	);
});
