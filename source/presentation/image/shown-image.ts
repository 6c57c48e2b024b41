import { type ImageFormat, imageHeader } from './image-header.ts';
import type { ImageTerminal } from './image-terminal.ts';
import { decodePng, type Pixels } from './png.ts';
import type { ImageProtocol } from './protocols.ts';
import type { CellSize } from './scale.ts';

/** Bytes of an image that are fetched: a figure has some 10 KB to 1 MB, and a slow line has to carry it. */
export const imageBytes = 4 * 1024 * 1024;

/** Pixels and sides of an image that a terminal is sent; Kitty refuses longer sides (graphics.c, MAX_IMAGE_DIMENSION). */
const sentPixels = 32 * 1024 * 1024;
const sentSide = 10_000;

/** An image that the terminal decodes itself; `width` and `height` in pixels. */
export type ImageFile = {
	readonly kind: 'file';
	readonly protocol: ImageProtocol;
	readonly bytes: Uint8Array;
	readonly width: number;
	readonly height: number;
	readonly cell: CellSize;
};
/** An image as this terminal shows it: a whole file, or pixels that are drawn with coloured cells. */
export type ShownImage = ImageFile | { readonly kind: 'blocks'; readonly pixels: Pixels };

/** Why an image is not shown: its size, the terminal, a broken file, or a format that is not decoded here. */
export type NotShown = 'large' | 'terminal' | 'broken' | 'format';

/** Whether a terminal would be sent an image of this size. */
export function isLargeImage({ width, height }: { readonly width: number; readonly height: number }): boolean {
	return width * height > sentPixels || width > sentSide || height > sentSide;
}

/**
 * The image of a whole file as the terminal shows it. Only a file that begins as an image is sent.
 * @param images how the terminal shows images; not called for what is never shown
 */
export async function shownImage(
	bytes: Uint8Array,
	images: () => Promise<ImageTerminal>,
): Promise<ShownImage | NotShown> {
	const header = imageHeader(bytes);
	if (header === null) return 'format';
	const { format, width, height } = header;
	if (bytes.length > imageBytes || isLargeImage(header)) return 'large';
	const { shows, cell } = await images();
	if (shows === 'none') return 'terminal';
	if (shows !== 'blocks' && knows(shows, format)) return { kind: 'file', protocol: shows, bytes, width, height, cell };
	const pixels = await decodePng(bytes);
	if (pixels !== null) return { kind: 'blocks', pixels };
	return format === 'PNG' ? 'broken' : 'format';
}

/** Kitty decodes only PNG; the others what their system decodes. */
const knows = (protocol: ImageProtocol, format: ImageFormat) => protocol === 'iterm2' || format === 'PNG';
