import type { Pixels } from './png.ts';

/** The size of a cell of the terminal, in pixels. */
export type CellSize = { readonly width: number; readonly height: number };

/** Cells of a terminal that does not tell: twice as high as wide, as most fonts are. */
export const usualCell: CellSize = { width: 10, height: 20 };

/** A small image, such as a digit of 28×28 pixels, is enlarged up to this factor, and not beyond this width in pixels. */
const mostEnlarged = 6;
const enlargedWidth = 320;

export type Cells = { readonly columns: number; readonly rows: number };

/** The cells that an image takes in a room of cells, in its proportions; at least one. */
export function cellsFor(
	image: { readonly width: number; readonly height: number },
	room: Cells,
	cell: CellSize,
): Cells {
	const natural = Math.max(1, Math.min(mostEnlarged, enlargedWidth / image.width));
	const scale = Math.min(natural, (room.columns * cell.width) / image.width, (room.rows * cell.height) / image.height);
	const within = (length: number, of: number, most: number) =>
		Math.max(1, Math.min(most, Math.round((length * scale) / of)));
	return {
		columns: within(image.width, cell.width, room.columns),
		rows: within(image.height, cell.height, room.rows),
	};
}

/** The image in another size: each pixel is the mean of the area that it stands for. */
export function scaled(image: Pixels, width: number, height: number): Pixels {
	const rgb = new Uint8Array(width * height * 3);
	for (let y = 0; y < height; y++) {
		const top = Math.floor((y * image.height) / height);
		const bottom = Math.max(top + 1, Math.floor(((y + 1) * image.height) / height));
		for (let x = 0; x < width; x++) {
			const left = Math.floor((x * image.width) / width);
			const right = Math.max(left + 1, Math.floor(((x + 1) * image.width) / width));
			rgb.set(meanOf(image, left, right, top, bottom), (y * width + x) * 3);
		}
	}
	return { width, height, rgb };
}

function meanOf({ rgb, width }: Pixels, left: number, right: number, top: number, bottom: number): number[] {
	let [red, green, blue] = [0, 0, 0];
	for (let y = top; y < bottom; y++)
		for (let x = left; x < right; x++) {
			const at = (y * width + x) * 3;
			red += rgb[at] ?? 0;
			green += rgb[at + 1] ?? 0;
			blue += rgb[at + 2] ?? 0;
		}
	const count = (right - left) * (bottom - top);
	return [red, green, blue].map(sum => Math.round(sum / count));
}
