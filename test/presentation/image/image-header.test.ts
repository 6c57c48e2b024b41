import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageHeader } from '../../../source/presentation/image/image-header.ts';
import { runs } from '../../random.ts';

const latin = (text: string) => Uint8Array.from(text, character => character.charCodeAt(0));
const u16 = (value: number, isLittle = false) => (isLittle ? [value & 255, value >> 8] : [value >> 8, value & 255]);
const bytes = (...parts: readonly (string | readonly number[])[]) =>
	Uint8Array.from(parts.flatMap(part => (typeof part === 'string' ? [...latin(part)] : part)));
const zeros = (count: number) => Array<number>(count).fill(0);

const side = fc.integer({ min: 1, max: 16_000 });
const png = (width: number, height: number) =>
	bytes('\x89PNG\r\n\x1A\n', [0, 0, 0, 13], 'IHDR', [0, 0], u16(width), [0, 0], u16(height), zeros(9));
const gif = (width: number, height: number) => bytes('GIF89a', u16(width, true), u16(height, true));
const jpeg = (width: number, height: number, before: readonly number[]) =>
	bytes(
		[0xff, 0xd8, 0xff, 0xe0],
		u16(before.length + 2),
		before,
		[0xff, 0xff, 0xc2, 0, 17, 8],
		u16(height),
		u16(width),
		[3],
	);
const lossy = (width: number, height: number) =>
	bytes('RIFF', zeros(4), 'WEBPVP8 ', zeros(7), [0x9d, 1, 0x2a], u16(width, true), u16(height, true), zeros(4));
const extended = (width: number, height: number) =>
	bytes('RIFF', zeros(4), 'WEBPVP8X', zeros(8), u16(width - 1, true), [0], u16(height - 1, true), [0]);
const lossless = (width: number, height: number) => {
	const bits = (width - 1) | ((height - 1) << 14);
	return bytes(
		'RIFF',
		zeros(4),
		'WEBPVP8L',
		zeros(4),
		[0x2f],
		u16(bits & 0xffff, true),
		u16((bits >>> 16) & 0xffff, true),
		zeros(6),
	);
};

test('the size of every format is read', () => {
	fc.assert(
		fc.property(side, side, fc.array(fc.nat(255), { maxLength: 40 }), (width, height, before) => {
			expect(imageHeader(png(width, height))).toEqual({ format: 'PNG', width, height });
			expect(imageHeader(gif(width, height))).toEqual({ format: 'GIF', width, height });
			expect(imageHeader(jpeg(width, height, before))).toEqual({ format: 'JPEG', width, height });
			for (const make of [lossy, extended, lossless])
				expect(imageHeader(make(width, height))).toEqual({ format: 'WebP', width, height });
		}),
		{ numRuns: runs(200) },
	);
});

test('hostile bytes are no image, or one with a size; nothing throws, and a cut file has no size of its own', () => {
	const magic = fc.constantFrom(
		'',
		'\x89PNG\r\n\x1A\n\0\0\0\rIHDR',
		'GIF89a',
		'\xFF\xD8\xFF',
		'RIFF....WEBPVP8 ',
		'RIFF....WEBPVP8L',
	);
	fc.assert(
		fc.property(magic, fc.uint8Array({ maxLength: 200 }), (start, rest) => {
			const found = imageHeader(bytes(start, [...rest]));
			if (found !== null) expect(Math.min(found.width, found.height)).toBeGreaterThan(0);
		}),
		{ numRuns: runs(2000) },
	);
	for (const whole of [png(640, 480), gif(640, 480), jpeg(640, 480, []), lossy(640, 480), lossless(640, 480)])
		for (let length = 0; length < 10; length++) expect(imageHeader(whole.subarray(0, length))).toBeNull();
	expect(imageHeader(png(0, 480))).toBeNull();
	// A JPEG of markers without end, or with a length that leads nowhere.
	expect(imageHeader(bytes([0xff, 0xd8], Array<number>(100_000).fill(0xff)))).toBeNull();
	expect(imageHeader(bytes([0xff, 0xd8, 0xff, 0xe0, 0, 0], zeros(20)))).toBeNull();
});
