import { deflateSync } from 'node:zlib';

/** Rows of each digit, three bits each, from top to bottom. */
const digits = ['75557', '26227', '71747', '71717', '55711', '74717', '74757', '71111', '75757', '75717'];
/** Pixels of a dot of a digit, at most. */
const largestDot = 9;

const width = 320;
const height = 320;
const border = 20;
const cell = (width - 2 * border) / 2;

/** 0: white, 1: black, then the blues of matplotlib's `Blues`, light to dark. */
const palette = ['ffffff', '000000', 'f7fbff', 'deebf7', 'c6dbef', '9ecae1', '6baed6', '4292c6', '2171b5', '084594'];
const shades = palette.length - 2;

/**
 * The confusion matrix of a model with two classes as a PNG, as training code logs one: counts of true negatives, false
 * positives, false negatives and true positives, darker for more.
 */
export function confusionMatrix(counts: readonly [number, number, number, number]): Buffer {
	// One filter byte before each row (ISO/IEC 15948, 9.2): none.
	const rows = Buffer.alloc((width + 1) * height);
	const set = (x: number, y: number, colour: number) => {
		rows[y * (width + 1) + 1 + x] = colour;
	};
	const most = Math.max(1, ...counts);
	for (const [index, count] of counts.entries()) {
		const [left, top] = [border + (index % 2) * cell, border + Math.floor(index / 2) * cell];
		const shade = Math.round((count / most) * (shades - 1));
		for (let y = 0; y < cell; y++)
			for (let x = 0; x < cell; x++) {
				const isEdge = x === 0 || y === 0 || x === cell - 1 || y === cell - 1;
				set(left + x, top + y, isEdge ? 1 : 2 + shade);
			}
		const text = String(count);
		const dot = Math.min(largestDot, Math.floor(cell / (4 * text.length)));
		const start = left + Math.round((cell - text.length * 4 * dot + dot) / 2);
		const ink = shade > shades / 2 ? 0 : 1;
		for (const [place, digit] of [...text].entries())
			drawDigit(digit, dot, (x, y) =>
				set(start + place * 4 * dot + x, top + Math.round((cell - 5 * dot) / 2) + y, ink),
			);
	}
	return png(rows);
}

function drawDigit(digit: string, dot: number, set: (x: number, y: number) => void): void {
	for (const [row, bits] of [...(digits[Number(digit)] ?? '')].entries())
		for (let column = 0; column < 3; column++) {
			if (((Number(bits) >> (2 - column)) & 1) === 0) continue;
			for (let y = 0; y < dot; y++) for (let x = 0; x < dot; x++) set(column * dot + x, row * dot + y);
		}
}

/** Signature, header, palette, data and end (ISO/IEC 15948, 5 and 11.2). */
function png(rows: Buffer): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	// Eight bits, numbers of the palette.
	header.set([8, 3, 0, 0, 0], 8);
	return Buffer.concat([
		Buffer.from('\u0089PNG\r\n\u001A\n', 'latin1'),
		chunk('IHDR', header),
		chunk('PLTE', Buffer.from(palette.join(''), 'hex')),
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function chunk(name: string, body: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
	const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(body.length);
	checksum.writeUInt32BE(crc32(named));
	return Buffer.concat([length, named, checksum]);
}

/** Checksum of a chunk (ISO/IEC 15948, annex D). Node has one only since 22.2. */
function crc32(bytes: Buffer): number {
	let crc = 0xffffffff;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc >>> 0;
}
