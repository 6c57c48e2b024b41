import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { imageHeader } from './image-header.ts';

/** An image on white ground: red, green and blue of each pixel, row by row. */
export type Pixels = { readonly width: number; readonly height: number; readonly rgb: Uint8Array };

/** Pixels that are decoded: 8 megapixels take 24 MB, and are more than any screen has. */
export const decodedPixels = 8 * 1024 * 1024;

const unpack = promisify(inflate);

type Layout = {
	readonly width: number;
	readonly height: number;
	/** Bits of a sample: 1, 2, 4, 8 or 16. */
	readonly depth: number;
	readonly colourType: number;
	/** Samples of a pixel. */
	readonly channels: number;
	readonly palette: Uint8Array;
	/** The chunk tRNS: alpha of palette entries. */
	readonly alphas: Uint8Array;
};

/** Samples of a pixel by colour type (ISO/IEC 15948, 11.2.1): grey, RGB, palette, grey with alpha, RGB with alpha. */
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * The pixels of a PNG. null: it is broken, interlaced, or has more than `decodedPixels`. Never throws. At most the bytes
 * that its header announces are unpacked.
 */
export async function decodePng(bytes: Uint8Array): Promise<Pixels | null> {
	const header = imageHeader(bytes);
	if (header?.format !== 'PNG' || header.width * header.height > decodedPixels) return null;
	const { layout, data } = chunksOf(bytes) ?? {};
	if (!layout || !data) return null;
	const rowBytes = Math.ceil((layout.width * layout.channels * layout.depth) / 8);
	const length = (rowBytes + 1) * layout.height;
	try {
		const raw = await unpack(data, { maxOutputLength: length });
		if (raw.length < length) return null;
		const step = Math.max(1, (layout.channels * layout.depth) >> 3);
		if (!unfilter(raw, rowBytes, layout.height, step)) return null;
		return { width: layout.width, height: layout.height, rgb: coloursOf(raw, rowBytes, layout) };
	} catch {
		return null;
	}
}

function chunksOf(bytes: Uint8Array): { readonly layout: Layout; readonly data: Buffer } | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < 33) return null;
	const [depth, colourType, interlace] = [view.getUint8(24), view.getUint8(25), view.getUint8(28)];
	const channels = channelsOf[colourType];
	const isDepth = depth === 8 || (depth === 16 && colourType !== 3) || (depth < 8 && channels === 1);
	if (channels === undefined || !isDepth || ![1, 2, 4, 8, 16].includes(depth) || interlace !== 0) return null;
	const parts: Uint8Array[] = [];
	let palette = new Uint8Array(0);
	let alphas = new Uint8Array(0);
	for (let offset = 8; offset + 12 <= bytes.length; ) {
		const end = offset + 8 + view.getUint32(offset);
		if (end > bytes.length) break;
		const body = bytes.slice(offset + 8, end);
		const name = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
		if (name === 'IDAT') parts.push(body);
		else if (name === 'PLTE') palette = body;
		else if (name === 'tRNS' && colourType === 3) alphas = body;
		else if (name === 'IEND') break;
		offset = end + 4;
	}
	const layout = {
		width: view.getUint32(16),
		height: view.getUint32(20),
		depth,
		colourType,
		channels,
		palette,
		alphas,
	};
	return { layout, data: Buffer.concat(parts) };
}

/** Undoes the filter of each row, in place (ISO/IEC 15948, 9.2). False for an unknown filter. */
function unfilter(raw: Uint8Array, rowBytes: number, height: number, step: number): boolean {
	for (let y = 0; y < height; y++) {
		const start = y * (rowBytes + 1) + 1;
		const above = start - rowBytes - 1;
		const filter = raw[start - 1] ?? 0;
		if (filter > 4) return false;
		for (let x = 0; filter > 0 && x < rowBytes; x++) {
			const a = x >= step ? (raw[start + x - step] ?? 0) : 0;
			const b = y > 0 ? (raw[above + x] ?? 0) : 0;
			const c = x >= step && y > 0 ? (raw[above + x - step] ?? 0) : 0;
			const predicted = filter === 1 ? a : filter === 2 ? b : filter === 3 ? (a + b) >> 1 : paeth(a, b, c);
			raw[start + x] = (raw[start + x] ?? 0) + predicted;
		}
	}
	return true;
}

/** ISO/IEC 15948, 9.4. */
function paeth(a: number, b: number, c: number): number {
	const estimate = a + b - c;
	const [toA, toB, toC] = [Math.abs(estimate - a), Math.abs(estimate - b), Math.abs(estimate - c)];
	return toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
}

function coloursOf(raw: Uint8Array, rowBytes: number, layout: Layout): Uint8Array {
	const { width, height, depth, colourType, channels, palette, alphas } = layout;
	const rgb = new Uint8Array(width * height * 3);
	const most = depth < 8 ? (1 << depth) - 1 : 255;
	let at = 0;
	for (let y = 0; y < height; y++) {
		const start = y * (rowBytes + 1) + 1;
		/** A sample as 0 to 255, or the number of a palette entry. */
		const sample = (index: number): number => {
			if (depth >= 8) return raw[start + index * (depth >> 3)] ?? 0;
			const bit = index * depth;
			return ((raw[start + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & most;
		};
		for (let x = 0; x < width; x++) {
			const first = x * channels;
			if (colourType === 3) {
				const entry = sample(first);
				const alpha = alphas[entry] ?? 255;
				for (let channel = 0; channel < 3; channel++) rgb[at++] = onWhite(palette[entry * 3 + channel] ?? 0, alpha);
				continue;
			}
			const isGrey = channels < 3;
			const alpha = channels % 2 === 0 ? sample(first + channels - 1) : 255;
			for (let channel = 0; channel < 3; channel++) {
				const value = sample(first + (isGrey ? 0 : channel));
				rgb[at++] = onWhite(depth < 8 ? Math.round((value * 255) / most) : value, alpha);
			}
		}
	}
	return rgb;
}

const onWhite = (value: number, alpha: number) =>
	alpha === 255 ? value : Math.round((value * alpha + 255 * (255 - alpha)) / 255);
