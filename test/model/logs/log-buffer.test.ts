import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LogBuffer } from '../../../source/model/logs/log-buffer.ts';
import type { LogLine } from '../../../source/model/logs/log-line.ts';

const lineOf = (text: string): LogLine => ({ stamp: null, loggedAt: null, channel: 'stdout', text });

test('property: the newest lines are held within both limits, numbered, and the others counted', () => {
	const batches = fc.array(fc.array(fc.string({ maxLength: 300 }), { maxLength: 12 }), { maxLength: 30 });
	fc.assert(
		fc.property(batches, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 6000 }), (all, lines, bytes) => {
			const buffer = new LogBuffer({ lines, bytes });
			const seen: string[] = [];
			for (const batch of all) {
				buffer.push(batch.map(lineOf));
				seen.push(...batch);
				expect(buffer.length).toBeLessThanOrEqual(lines);
				// One line is held however large it is: it is the newest.
				if (buffer.length > 1) expect(buffer.bytes).toBeLessThanOrEqual(bytes);
				expect(buffer.next).toBe(seen.length);
				expect(buffer.first + buffer.length).toBe(seen.length);
			}
			const held = buffer.slice(0, Number.POSITIVE_INFINITY).map(line => line.text);
			expect(held).toEqual(seen.slice(seen.length - held.length));
			for (let number = 0; number < seen.length; number++)
				expect(buffer.at(number)?.text).toBe(number < buffer.first ? undefined : seen[number]);
		}),
	);
});

test('it holds as many as fit: the next would be too many', () => {
	const buffer = new LogBuffer({ lines: 3, bytes: 1e6 });
	buffer.push(['a', 'b', 'c', 'd'].map(lineOf));
	expect(buffer.tail(10).map(line => line.text)).toEqual(['b', 'c', 'd']);
	expect(buffer.first).toBe(1);
});
