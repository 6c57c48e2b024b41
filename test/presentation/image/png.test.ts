import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { confusionMatrix } from '../../../source/demo/world/mlflow/confusion-matrix.ts';
import { decodedPixels, decodePng } from '../../../source/presentation/image/png.ts';
import { runs } from '../../random.ts';

const chunk = (name: string, body: Uint8Array) => {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(body.length);
	return Buffer.concat([length, Buffer.from(name), body, Buffer.alloc(4)]);
};

type Made = { width: number; height: number; depth?: number; type?: number; interlace?: number; rows: Uint8Array };
function png({ width, height, depth = 8, type = 2, interlace = 0, rows }: Made, ...more: readonly Buffer[]): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([depth, type, 0, 0, interlace], 8);
	const signature = Buffer.from('\x89PNG\r\n\x1A\n', 'latin1');
	return Buffer.concat([
		signature,
		chunk('IHDR', header),
		...more,
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', Buffer.alloc(0)),
	]);
}
const pixelsOf = async (file: Uint8Array) => Array.from((await decodePng(file))?.rgb ?? []);

test('every colour type and depth becomes RGB on white', async () => {
	const one = { width: 1, height: 1 };
	expect(await pixelsOf(png({ ...one, rows: Uint8Array.of(0, 1, 2, 3) }))).toEqual([1, 2, 3]);
	expect(await pixelsOf(png({ ...one, type: 0, rows: Uint8Array.of(0, 7) }))).toEqual([7, 7, 7]);
	expect(await pixelsOf(png({ ...one, type: 4, rows: Uint8Array.of(0, 0, 127) }))).toEqual([128, 128, 128]);
	expect(await pixelsOf(png({ ...one, type: 6, rows: Uint8Array.of(0, 9, 9, 9, 0) }))).toEqual([255, 255, 255]);
	expect(await pixelsOf(png({ ...one, depth: 16, rows: Uint8Array.of(0, 1, 99, 2, 99, 3, 99) }))).toEqual([1, 2, 3]);
	const palette = chunk('PLTE', Buffer.from([1, 1, 1, 2, 2, 2, 3, 3, 3]));
	const alphas = chunk('tRNS', Buffer.from([255, 0]));
	const indexed = { width: 3, height: 1, depth: 2, type: 3, rows: Uint8Array.of(0, 0b00_01_10_00) };
	expect(await pixelsOf(png(indexed, palette, alphas))).toEqual([1, 1, 1, 255, 255, 255, 3, 3, 3]);
	const bits = { width: 9, height: 1, depth: 1, type: 0, rows: Uint8Array.of(0, 0b1000_0000, 0b1000_0000) };
	expect((await pixelsOf(png(bits))).filter((_, index) => index % 3 === 0)).toEqual([255, 0, 0, 0, 0, 0, 0, 0, 255]);
});

test('every filter is undone', async () => {
	const rows = Uint8Array.from([
		...[0, 10, 20, 30, 40, 50, 60],
		...[1, 10, 20, 30, 1, 1, 1],
		...[2, 1, 1, 1, 1, 1, 1],
		...[3, 1, 1, 1, 1, 1, 1],
		...[4, 1, 1, 1, 1, 1, 1],
	]);
	expect(await pixelsOf(png({ width: 2, height: 5, rows }))).toEqual([
		...[10, 20, 30, 40, 50, 60],
		...[10, 20, 30, 11, 21, 31],
		...[11, 21, 31, 12, 22, 32],
		...[6, 11, 16, 10, 17, 25],
		...[7, 12, 17, 11, 18, 26],
	]);
});

test('what is no whole, plain PNG of a bearable size has no pixels', async () => {
	const rows = new Uint8Array(4);
	expect(await decodePng(png({ width: 1, height: 1, interlace: 1, rows }))).toBeNull();
	expect(await decodePng(png({ width: 1, height: 1, depth: 3, rows }))).toBeNull();
	expect(await decodePng(png({ width: 1, height: 1, rows: Uint8Array.of(9, 0, 0, 0) }))).toBeNull();
	expect(await decodePng(png({ width: 2, height: 2, rows }))).toBeNull();
	expect(await decodePng(png({ width: decodedPixels + 1, height: 1, rows }))).toBeNull();
	// A bomb: far more data than the header announces.
	expect(await decodePng(png({ width: 1, height: 1, rows: new Uint8Array(50_000_000) }))).toBeNull();
});

test('a damaged PNG never throws', async () => {
	const whole = confusionMatrix([900, 30, 40, 800]);
	expect((await decodePng(whole))?.width).toBe(320);
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }),
			fc.nat(whole.length),
			async (changes, length) => {
				const damaged = Uint8Array.from(whole.subarray(0, length));
				for (const [at, value] of changes) if (at >= 28 && at < length) damaged[at] = value;
				const pixels = await decodePng(damaged);
				if (pixels !== null) expect(pixels.rgb.length).toBe(pixels.width * pixels.height * 3);
			},
		),
		{ numRuns: runs(100) },
	);
});
