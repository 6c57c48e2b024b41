import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LogDecoder } from '../../../source/clients/engine/log-frames.ts';
import { defaultFolds } from '../../../source/model/logs/line-folds.ts';
import { LogBuffer } from '../../../source/model/logs/log-buffer.ts';
import { lineHead, timeOfStamp } from '../../../source/model/logs/log-format.ts';
import { everything } from '../../../source/model/logs/log-index.ts';
import type { LogLine } from '../../../source/model/logs/log-line.ts';
import { LogView } from '../../../source/model/logs/log-view.ts';

/** The logs of the six containers as the engine sent them (test/fixtures/record-logs.mjs). */
const services = [
	'airflow-postgres',
	'airflow-redis',
	'airflow-scheduler',
	'airflow-webserver',
	'airflow-worker',
	'mlflow',
] as const;

function bytesOf(name: string): Buffer {
	return readFileSync(join(import.meta.dirname, `../../fixtures/recorded/docker-20.10/logs/${name}.bin`));
}

function linesOf(name: string): LogLine[] {
	const decoder = new LogDecoder(false);
	return [...decoder.push(bytesOf(name)), ...decoder.end()];
}

function viewOf(lines: readonly LogLine[], minLevel: 'warning' | 'error' | null = null): LogView {
	const buffer = new LogBuffer();
	buffer.push(lines);
	const view = new LogView([{ name: 'one', buffer }]);
	view.setQuery({ ...everything, minLevel });
	while (!view.advance(1000));
	return view;
}

function shown(view: LogView): string[] {
	const texts: string[] = [];
	for (let at = view.first(defaultFolds); at !== null; at = view.step(at, 1, defaultFolds))
		texts.push(view.at(at)?.line.text ?? '');
	return texts;
}

describe.each(services)('%s', name => {
	const lines = linesOf(name);

	test('lines with their times, and nothing that a terminal would act on', () => {
		expect(lines.length).toBeGreaterThan(5);
		for (const { text, stamp, loggedAt } of lines) {
			expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
			expect(stamp).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
			expect(loggedAt).toBeGreaterThan(Date.UTC(2026, 0));
		}
	});

	test('the same lines whatever way the bytes are cut', () => {
		const bytes = bytesOf(name);
		for (const size of [1, 7, 100, 4096]) {
			const decoder = new LogDecoder(false);
			const cut: LogLine[] = [];
			for (let at = 0; at < bytes.length; at += size) cut.push(...decoder.push(bytes.subarray(at, at + size)));
			expect([...cut, ...decoder.end()]).toEqual(lines);
		}
	});

	test("a line's own time is near the engine's", () => {
		const own = lines.flatMap(({ text, loggedAt }) => {
			const stamp = lineHead(text)?.stamp;
			const at = stamp ? timeOfStamp(stamp) : null;
			return at === null || loggedAt === null ? [] : [Math.abs(loggedAt - at)];
		});
		expect(own.length).toBeGreaterThan(4);
		expect(Math.max(...own)).toBeLessThan(5000);
	});

	test('most lines say a level, or belong to one that does', () => {
		const view = viewOf(lines);
		const known = lines.filter((_, number) => view.at(number)?.level !== null).length;
		expect(known / lines.length).toBeGreaterThan(
			name === 'airflow-scheduler' || name === 'airflow-worker' ? 0.4 : 0.95,
		);
	});
});

test("Celery's warning is one record", () => {
	const texts = shown(viewOf(linesOf('airflow-worker'), 'warning'));
	const at = texts.findIndex(text => text.includes('CPendingDeprecationWarning'));
	expect(texts.slice(at + 1, at + 5)).toEqual([
		'whether broker connection retries are made during startup in Celery 6.0 and above.',
		'If you wish to retain the existing behavior for retrying connections on startup,',
		'you should set broker_connection_retry_on_startup to True.',
		'  warnings.warn(',
	]);
	expect(texts.join('\n')).not.toMatch(/celery@\w+ ready/);
});

test("Postgres' error is kept with the statement that it is about", () => {
	const texts = shown(viewOf(linesOf('airflow-postgres'), 'error'));
	expect(texts.map(text => text.replace(/^.*\] /, ''))).toEqual([
		'ERROR:  relation "nope" does not exist at character 16',
		'STATEMENT:  select * ',
		'    from nope',
	]);
});

test("Airflow's coloured lines are read like plain ones, their colours apart", () => {
	const line = linesOf('airflow-scheduler').find(({ text }) => text.includes('Starting the scheduler'));
	expect(lineHead(line?.text ?? '')?.level).toBe('info');
	expect(line?.styles?.length).toBeGreaterThan(2);
});
