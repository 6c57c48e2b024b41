import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineLimitBytes, unendingBytes } from '../../../source/clients/engine/line-assembler.ts';
import { LogDecoder } from '../../../source/clients/engine/log-frames.ts';
import { DescribedError } from '../../../source/model/failures/described-error.ts';
import type { LogLine } from '../../../source/model/logs/log-line.ts';
import { runs } from '../../random.ts';

function frame(channel: 1 | 2, payload: string | Buffer): Buffer {
	const body = Buffer.from(payload);
	const header = Buffer.alloc(8);
	header[0] = channel;
	header.writeUInt32BE(body.length, 4);
	return Buffer.concat([header, body]);
}

const stampAt = (index: number) => `2026-11-24T08:00:00.${String(index).padStart(9, '0')}Z`;

/** All lines of a stream that arrives in pieces of these sizes, repeatedly. */
function decoded(stream: Buffer, tty: boolean, sizes: readonly number[], limit?: number): LogLine[] {
	const decoder = new LogDecoder(tty, limit);
	const lines: LogLine[] = [];
	let start = 0;
	for (let index = 0; start < stream.length; index++) {
		const size = Math.max(1, sizes[index % sizes.length] ?? 1);
		lines.push(...decoder.push(stream.subarray(start, start + size)));
		start += size;
	}
	return [...lines, ...decoder.end()];
}

const stream = Buffer.concat([
	frame(1, `${stampAt(1)} one\n${stampAt(2)} 한글 둘\n`),
	frame(2, `${stampAt(3)} error\n`),
	frame(1, `${stampAt(4)} last`),
]);

test('any split of the bytes gives the same lines', () => {
	const expected = decoded(stream, false, [stream.length]);
	expect(expected.map(line => `${line.channel} ${line.text}`)).toEqual([
		'stdout one',
		'stdout 한글 둘',
		'stderr error',
		'stdout last',
	]);
	expect(expected[0]?.stamp).toBe(stampAt(1));
	expect(expected[1]?.loggedAt).toBe(Date.UTC(2026, 10, 24, 8));
	expect(expected.map(line => line.unfinished ?? false)).toEqual([false, false, false, true]);
	for (let size = 1; size <= stream.length; size++) expect(decoded(stream, false, [size])).toEqual(expected);
});

/** Bytes as programs write them, and as they should not: text, colours, control bytes, broken UTF-8, long runs. */
const bytes = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 40 }).map(text => Buffer.from(text)),
	fc.uint8Array({ maxLength: 60 }).map(array => Buffer.from(array)),
	fc
		.constantFrom('\r', '\n', '\r\n', '\n\n', '10%\r20%\r', '\x1b[31mred\x1b[0m', stampAt(7), `${stampAt(8)} `)
		.map(text => Buffer.from(text)),
	fc.integer({ min: 1, max: 400 }).map(length => Buffer.alloc(length, 'x')),
);
const payload = fc.array(bytes, { maxLength: 6 }).map(parts => Buffer.concat(parts));
const splits = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 });

test('property: whatever is in the frames, and wherever they are cut, the lines are the same', () => {
	const frames = fc.array(
		fc.record({ channel: fc.constantFrom(1 as const, 2 as const), stamp: fc.option(fc.nat({ max: 3 })), payload }),
		{ maxLength: 8 },
	);
	fc.assert(
		fc.property(frames, splits, (all, sizes) => {
			const whole = Buffer.concat(
				all.map(({ channel, stamp, payload }) =>
					frame(channel, stamp === null ? payload : Buffer.concat([Buffer.from(`${stampAt(stamp)} `), payload])),
				),
			);
			expect(decoded(whole, false, sizes, 128)).toEqual(decoded(whole, false, [whole.length + 1], 128));
		}),
		{ numRuns: runs(500) },
	);
});

test('property: the same for the raw stream of a TTY', () => {
	fc.assert(
		fc.property(payload, splits, (whole, sizes) => {
			expect(decoded(whole, true, sizes, 128)).toEqual(decoded(whole, true, [whole.length + 1], 128));
		}),
		{ numRuns: runs(500) },
	);
});

test('property: no line holds a control character, and none is longer than the limit and its mark', () => {
	fc.assert(
		fc.property(payload, splits, (whole, sizes) => {
			for (const { text } of decoded(whole, true, sizes, 64)) {
				expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
				// A tab is four cells, a byte that is no UTF-8 one character.
				expect(text.length).toBeLessThan(64 * 4 + 60);
			}
		}),
	);
});

test('stdout and stderr that write at once are not mixed within a line', () => {
	const mixed = Buffer.concat([
		frame(1, `${stampAt(1)} ${'a'.repeat(20)}`),
		frame(2, `${stampAt(2)} whole\n`),
		frame(1, `${stampAt(1)} ${'b'.repeat(20)}\n`),
	]);
	expect(decoded(mixed, false, [7]).map(line => `${line.channel} ${line.text}`)).toEqual([
		'stderr whole',
		`stdout ${'a'.repeat(20)}${'b'.repeat(20)}`,
	]);
});

test("the engine's parts of 16 KiB are one line, with one time", () => {
	const parts = ['x'.repeat(16 * 1024), 'x'.repeat(16 * 1024), 'end\n'];
	const framed = Buffer.concat(parts.map(part => frame(1, `${stampAt(5)} ${part}`)));
	const text = `${'x'.repeat(32 * 1024)}end`;
	for (const sizes of [[framed.length], [1000], [16_391, 3]]) {
		expect(decoded(framed, false, sizes)).toEqual([
			{ stamp: stampAt(5), loggedAt: Date.UTC(2026, 10, 24, 8) + 0, channel: 'stdout', text },
		]);
	}
	const raw = Buffer.from(parts.map(part => `${stampAt(5)} ${part}`).join(''));
	expect(decoded(raw, true, [4099]).map(line => line.text)).toEqual([text]);
});

test('a program that ended without a line break, and was started again: two lines', () => {
	const restarted = Buffer.concat([frame(1, `${stampAt(1)} no end`), frame(1, `${stampAt(9)} begin\n`)]);
	expect(decoded(restarted, false, [11]).map(line => line.text)).toEqual(['no end', 'begin']);
});

test('a TTY stream has no frames', () => {
	expect(new LogDecoder(true).push(Buffer.from('a\r\nb\n')).map(line => line.text)).toEqual(['a', 'b']);
});

test('a line that is too long is cut, and says how much more there was', () => {
	const decoder = new LogDecoder(true);
	decoder.push(Buffer.alloc(lineLimitBytes + 10, 'x'));
	const [line] = decoder.push(Buffer.from('\n'));
	expect(line?.text).toHaveLength(lineLimitBytes + ' [10 more bytes]'.length);
	expect(line?.text.endsWith('x [10 more bytes]')).toBe(true);
});

test('a line of 1 MB is one line', () => {
	const decoder = new LogDecoder(true);
	const lines = [];
	for (let sent = 0; sent < 1_000_000; sent += 1000) lines.push(...decoder.push(Buffer.alloc(1000, 'y')));
	lines.push(...decoder.push(Buffer.from('\nnext\n')));
	expect(lines.map(line => line.text.slice(-30))).toEqual([`${'y'.repeat(12)} [934464 more bytes]`.slice(-30), 'next']);
});

test('bytes that never have a line break are shown all the same, and do not pile up', () => {
	const decoder = new LogDecoder(true);
	const chunk = Buffer.alloc(lineLimitBytes, 'z');
	const lines: LogLine[] = [];
	for (let sent = 0; sent < 4 * (lineLimitBytes + unendingBytes); sent += chunk.length)
		lines.push(...decoder.push(chunk));
	expect(lines).toHaveLength(4);
	expect(lines[0]?.text.endsWith('z [1048576 more bytes; the line continues]')).toBe(true);
});

test('a progress bar shows its last state, however long it was drawn', () => {
	const bar = (percent: number) => `\r${percent}% ${'#'.repeat(percent)}`;
	const drawn = Buffer.from(`${Array.from({ length: 5000 }, (_, index) => bar(Math.floor(index / 50))).join('')}\r\n`);
	expect(decoded(drawn, true, [1000]).map(line => line.text)).toEqual([`99% ${'#'.repeat(99)}`]);
	expect(decoded(frame(1, Buffer.concat([Buffer.from(`${stampAt(1)} `), drawn])), false, [70_000])).toEqual([
		{ stamp: stampAt(1), loggedAt: Date.UTC(2026, 10, 24, 8), channel: 'stdout', text: `99% ${'#'.repeat(99)}` },
	]);
});

test('binary rubbish and broken UTF-8 are harmless text', () => {
	const rubbish = Buffer.from([0x00, 0xff, 0xfe, 0x1b, 0x5b, 0x32, 0x4a, 0xc3, 0x28, 0x9b, 0x41, 0x0a]);
	const [line] = new LogDecoder(true).push(rubbish);
	expect(line?.text).not.toMatch(/[\p{Cc}\p{Cs}]/u);
	expect(line?.text).toContain('(');
});

test('colours are kept beside the text, not in it', () => {
	const [line] = new LogDecoder(true).push(Buffer.from('\x1b[34mblue\x1b[0m plain \x1b[1;31mred\x1b[m\n'));
	expect(line?.text).toBe('blue plain red');
	expect(line?.styles).toHaveLength(8);
});

test('without a frame header where one is due it refuses', () => {
	expect(() => new LogDecoder(false).push(Buffer.from('plain text, not frames'))).toThrow(DescribedError);
});

test('control sequences of the log never reach the screen', () => {
	const [line] = new LogDecoder(true).push(Buffer.from('\x1b[2J\x1b]0;owned\x07\x1b[31mred\x1b[0m \x9b5n\u202eend\n'));
	expect(line?.text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
	expect(line?.text).toContain('red');
});

test('a secret in a line is masked; what is masked has no colours, whose places would be others', () => {
	const decoder = new LogDecoder(true, lineLimitBytes, false);
	const [first, second] = decoder.push(
		Buffer.from('\u001b[31mAPI_TOKEN=sesame\u001b[0m end\n\u001b[31mred\u001b[0m\n'),
	);
	expect(first).toMatchObject({ text: 'API_TOKEN=••• end' });
	expect(first).not.toHaveProperty('styles');
	expect(second).toMatchObject({ text: 'red', styles: expect.anything() });
});
