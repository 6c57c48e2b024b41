import { expect, test } from 'vitest';
import { TaskFileDecoder } from '../../../source/clients/airflow/task-file-decoder.ts';

const event = (text: string, more = {}) =>
	JSON.stringify({ timestamp: '2026-11-28T11:51:21.219887Z', event: text, level: 'info', logger: 'demo', ...more });
const head = '[2026-11-28T11:51:21.219+0000] {demo} INFO - ';
const file = [event('a한'), 'plain {', event('two\nlines'), '', '{"rows": 5}', event('\u001b[31mred\u001b[0m')].join(
	'\n',
);

test('events and lines of text come as lines, however the bytes are split', () => {
	const wanted = [`${head}a한`, 'plain {', `${head}two`, 'lines', '', '{"rows": 5}', `${head}red`];
	const bytes = Buffer.from(`${file}\n`);
	for (const size of [1, 2, 7, 50, 1000]) {
		const decoder = new TaskFileDecoder(undefined);
		const lines = [];
		for (let at = 0; at < bytes.length; at += size) lines.push(...decoder.push(bytes.subarray(at, at + size)));
		lines.push(...decoder.end());
		expect(lines.map(({ text }) => text)).toEqual(wanted);
		expect(lines.at(-1)?.styles).toBeDefined();
	}
});

test('a last event without a line break is unfinished; a line of megabytes is shown as it is', () => {
	const decoder = new TaskFileDecoder(100);
	expect(decoder.push(Buffer.from(event('last')))).toEqual([]);
	expect(decoder.end()).toMatchObject([{ text: `${head}last`, unfinished: true }]);
	const long = new TaskFileDecoder(100);
	const lines = [];
	for (let piece = 0; piece < 40; piece++) lines.push(...long.push(Buffer.from(`{"x${'y'.repeat(64 * 1024)}`)));
	lines.push(...long.push(Buffer.from(`"}\n${event('next')}\n`)));
	expect(lines.at(-1)?.text).toBe(`${head}next`);
	expect(lines[0]?.text).toMatch(/^\{"xy+/);
});
