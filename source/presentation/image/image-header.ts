/** Formats that are recognised by their first bytes. */
export type ImageFormat = 'PNG' | 'JPEG' | 'GIF' | 'WebP';

/** What the beginning of a file says of its image: pixels, as its header has them. */
export type ImageHeader = { readonly format: ImageFormat; readonly width: number; readonly height: number };

/** Format and size of an image; null: no image of a known format, or no size in these bytes. Never throws. */
export function imageHeader(bytes: Uint8Array): ImageHeader | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const found = png(view) ?? gif(view) ?? webp(view) ?? jpeg(view);
	return found !== null && found.width > 0 && found.height > 0 ? found : null;
}

/** Whether the bytes at a place are these ASCII characters. */
function has(view: DataView, offset: number, text: string): boolean {
	if (offset + text.length > view.byteLength) return false;
	for (let index = 0; index < text.length; index++)
		if (view.getUint8(offset + index) !== text.charCodeAt(index)) return false;
	return true;
}

/** PNG (ISO/IEC 15948), 5.2 and 11.2.1: the signature, then IHDR with width and height. */
function png(view: DataView): ImageHeader | null {
	if (view.byteLength < 24 || !has(view, 0, '\u0089PNG\r\n\u001A\n') || !has(view, 12, 'IHDR')) return null;
	return { format: 'PNG', width: view.getUint32(16), height: view.getUint32(20) };
}

/** GIF89a, section 18: the logical screen. */
function gif(view: DataView): ImageHeader | null {
	if (view.byteLength < 10 || !(has(view, 0, 'GIF87a') || has(view, 0, 'GIF89a'))) return null;
	return { format: 'GIF', width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** WebP container (RFC 9649, 2.5 to 2.7): VP8, VP8L or VP8X is the first chunk. */
function webp(view: DataView): ImageHeader | null {
	if (view.byteLength < 30 || !has(view, 0, 'RIFF') || !has(view, 8, 'WEBP')) return null;
	const size = (width: number, height: number): ImageHeader => ({ format: 'WebP', width, height });
	if (has(view, 12, 'VP8 ')) {
		// RFC 6386, 9.1: a key frame begins with these three bytes; 14 bits each.
		if (!has(view, 23, '\u009D\u0001\u002A')) return null;
		return size(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
	}
	if (has(view, 12, 'VP8L')) {
		// RFC 9649, 3.4: 0x2F, then 14 bits each, less one.
		if (view.getUint8(20) !== 0x2f) return null;
		const bits = view.getUint32(21, true);
		return size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
	}
	if (!has(view, 12, 'VP8X')) return null;
	const of24 = (offset: number) => view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
	return size(of24(24) + 1, of24(27) + 1);
}

/** JPEG (ITU-T T.81), annex B: segments of a marker and a length, until a frame header (SOF) has the size. */
function jpeg(view: DataView): ImageHeader | null {
	if (!has(view, 0, '\u00FF\u00D8\u00FF')) return null;
	let offset = 2;
	while (offset + 9 <= view.byteLength) {
		if (view.getUint8(offset) !== 0xff) return null;
		const marker = view.getUint8(offset + 1);
		// A marker may follow any number of fill bytes (B.1.1.2).
		if (marker === 0xff) {
			offset++;
			continue;
		}
		if (isFrame(marker))
			return { format: 'JPEG', width: view.getUint16(offset + 7), height: view.getUint16(offset + 5) };
		// The scan: a frame would have come before.
		if (marker === 0xda) return null;
		const length = view.getUint16(offset + 2);
		if (length < 2) return null;
		offset += 2 + length;
	}
	return null;
}

/** SOF0 to SOF15, without DHT, JPG and DAC among them (table B.1). */
function isFrame(marker: number): boolean {
	return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
