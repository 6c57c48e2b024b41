import type { Line, Span } from '../text.ts';
import type { Pixels } from './png.ts';
import { type CellSize, type Cells, cellsFor, scaled, usualCell } from './scale.ts';

/**
 * A picture of coloured cells, for terminals that show no images: `▀` has one pixel in its upper half and one in its
 * lower. Where the terminal draws that character two cells wide, each cell is one pixel.
 */
export function blockLines(image: Pixels, room: Cells, isHalf: boolean): Line[] {
	const { columns, rows } = cellsFor(image, room, cellOfBlocks);
	const pixels = scaled(image, columns, isHalf ? rows * 2 : rows);
	const colourAt = (x: number, y: number) => {
		const at = (y * columns + x) * 3;
		const [red = 0, green = 0, blue = 0] = pixels.rgb.subarray(at, at + 3);
		return (red << 16) | (green << 8) | blue;
	};
	return Array.from({ length: rows }, (_, row) => {
		const line: Span[] = [];
		let cells = { top: -1, bottom: -1, count: 0 };
		const end = () => {
			const { top, bottom, count } = cells;
			if (count > 0) line.push({ text: (top === bottom ? ' ' : '▀').repeat(count), pixels: { top, bottom } });
		};
		for (let x = 0; x < columns; x++) {
			const top = colourAt(x, isHalf ? row * 2 : row);
			const bottom = isHalf ? colourAt(x, row * 2 + 1) : top;
			if (top === cells.top && bottom === cells.bottom) cells.count++;
			else {
				end();
				cells = { top, bottom, count: 1 };
			}
		}
		end();
		return line;
	});
}

/** A column is one pixel wide: an image is not enlarged beyond its pixels by much. */
const cellOfBlocks: CellSize = { width: usualCell.width / 10, height: usualCell.height / 10 };
