import { expect, test } from 'vitest';
import { LogDecoder, lineLimitBytes } from '../../source/clients/log-frames.ts';

function frame(channel: 1 | 2, payload: string | Buffer): Buffer {
	const body = Buffer.from(payload);
	const header = Buffer.alloc(8);
	header[0] = channel;
	header.writeUInt32BE(body.length, 4);
	return Buffer.concat([header, body]);
}

const stream = Buffer.concat([
	frame(1, '2026-11-24T08:00:00.000000001Z one\n2026-11-24T08:00:00.000000002Z 한글 '),
	frame(2, '2026-11-24T08:00:00.000000003Z error\n'),
	frame(1, '둘\n2026-11-24T08:00:00.000000004Z last'),
]);

test('any split of the bytes gives the same lines', () => {
	const whole = new LogDecoder(false);
	const expected = [...whole.push(stream), ...whole.end()];
	expect(expected.map(line => `${line.channel} ${line.text}`)).toEqual([
		'stdout one',
		'stderr error',
		'stdout 한글 둘',
		'stdout last',
	]);
	expect(expected[0]?.stamp).toBe('2026-11-24T08:00:00.000000001Z');
	for (let size = 1; size <= stream.length; size++) {
		const decoder = new LogDecoder(false);
		const lines = [];
		for (let start = 0; start < stream.length; start += size)
			lines.push(...decoder.push(stream.subarray(start, start + size)));
		lines.push(...decoder.end());
		expect(lines).toEqual(expected);
	}
});

test('a TTY stream has no frames', () => {
	expect(new LogDecoder(true).push(Buffer.from('a\r\nb\n')).map(line => line.text)).toEqual(['a', 'b']);
});

test('a line without an end is cut, and says how much more there was', () => {
	const decoder = new LogDecoder(true);
	decoder.push(Buffer.alloc(lineLimitBytes + 10, 'x'));
	const [line] = decoder.push(Buffer.from('\n'));
	expect(line?.text).toHaveLength(lineLimitBytes + ' [10 bytes more]'.length);
});

test('of a progress bar the last drawing is kept', () => {
	expect(new LogDecoder(true).push(Buffer.from('10%\r20%\r30%\n'))[0]?.text).toBe('30%');
});

test('bytes that are no frame are refused', () => {
	expect(() => new LogDecoder(false).push(Buffer.from('HTTP/1.1 200 OK'))).toThrow(RangeError);
});
