import { expect, test } from 'vitest';
import { inputParser } from '../../../patches/ink/input-parser.ts';
import { edited } from '../edited.ts';

type Parser = { push(chunk: string): unknown[]; flushPendingEscape(): string | undefined };

async function parser(): Promise<Parser> {
	const module: { createInputParser(): Parser } = await import(
		`data:text/javascript,${encodeURIComponent(edited(inputParser, 'build/input-parser.js'))}`
	);
	return module.createInputParser();
}

test.each([
	['\u001B]11;rgb:ffff/ffff/ffff\u001B\\j', ['j']],
	['\u001B]52;c;eA==\u0007j', ['j']],
	['\u001BP1$r0m\u001B\\\u001B[A', ['\u001B[A']],
	['\u001B_Gi=1;OK\u001B\\r', ['r']],
	['k\u001B[200~y\r\u001B[201~k', ['k', { paste: 'y\r' }, 'k']],
	['\u001B\u001B[200~y\u001B[201~', ['\u001B', { paste: 'y' }]],
	['\u001B2', ['\u001B', '2']],
	['\u001B/x', ['\u001B', '/x']],
	['\u001B가', ['\u001B', '가']],
	['\u001B\r', ['\u001B', '\r']],
	['\u001B\u001B[A', ['\u001B', '\u001B[A']],
	['\u001B\u001B2', ['\u001B', '\u001B', '2']],
	// A sequence that is cut off and followed by another.
	['\u001B[200\u001B[A', ['\u001B[A']],
	['\u001B[\u001B[1;2;3X', ['\u001B[1;2;3X']],
	['\u001B[2 \u001B2', ['\u001B', '2']],
	['\u001BO\u001B]0;title\u0007j', ['j']],
])('%j presses no key but what was pressed', async (input, events) => {
	expect((await parser()).push(input)).toEqual(events);
});

test('a control string that comes in two parts is dropped whole; Alt and a letter is a key', async () => {
	const it = await parser();
	expect(it.push('\u001B]11;rgb:ff')).toEqual([]);
	expect(it.flushPendingEscape()).toBeUndefined();
	expect(it.push('ff/ffff/ffff\u001B\\j')).toEqual(['j']);
	expect(it.push('\u001BP')).toEqual([]);
	expect(it.flushPendingEscape()).toBe('\u001BP');
	expect(it.push('j')).toEqual(['j']);
});

test('neither a paste nor a control string without end grows for ever', async () => {
	const it = await parser();
	it.push('\u001B[200~');
	for (let times = 0; times < 200; times++) expect(it.push('x'.repeat(65_536))).toEqual([]);
	const [event] = it.push('\u001B[201~');
	expect(event).toHaveProperty('paste');
	expect(JSON.stringify(event).length).toBeLessThan(1_200_000);
	for (let times = 0; times < 20; times++)
		expect(it.push(times === 0 ? '\u001BP' : 'x'.repeat(9_000)).length).toBeLessThan(2);
});
