import { blockLines } from '../../presentation/image/blocks.ts';
import { type Cells, cellsFor } from '../../presentation/image/scale.ts';
import type { ShownImage } from '../../presentation/image/shown-image.ts';
import type { Line } from '../../presentation/text.ts';
import type { PageImage } from '../conversation.ts';

/** With fewer rows an image shows nothing. */
const leastRows = 3;

/** The last picture of an image: it is made again for another size only. */
const made = new WeakMap<ShownImage, { readonly key: string; readonly lines: readonly Line[] }>();

/** Draws an image in a page. It is loaded with the first image, not with the screen. */
export function pageImage(image: ShownImage): PageImage {
	return (room, glyphs) => {
		// The empty row.
		const rows = room.rows - 1;
		if (rows < leastRows || room.columns < leastRows) return null;
		if (image.kind === 'blocks') {
			const lines = pictureOf(image, { columns: room.columns, rows }, glyphs.name === 'unicode');
			return { lines: [[], ...lines], cells: { columns: room.columns, rows: lines.length }, file: null };
		}
		const cells = cellsFor(image, { columns: room.columns, rows }, image.cell);
		return { lines: Array.from({ length: cells.rows + 1 }, (): Line => []), cells, file: image };
	};
}

function pictureOf(image: Extract<ShownImage, { kind: 'blocks' }>, room: Cells, isHalf: boolean): readonly Line[] {
	const key = `${room.columns} ${room.rows} ${isHalf}`;
	const known = made.get(image);
	if (known?.key === key) return known.lines;
	const lines = blockLines(image.pixels, room, isHalf);
	made.set(image, { key, lines });
	return lines;
}
