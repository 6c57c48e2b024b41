import { memoised } from '../../selectors/memo.ts';
import type { Glyphs } from '../glyphs.ts';
import type { GraphLayout, Wire } from './layout.ts';

/** Directions in which a line leaves a cell. */
export const up = 1;
export const down = 2;
export const left = 4;
export const right = 8;
/** Unrelated lines cross: the vertical one is drawn through, the other one interrupted. */
const crossing = 16;

/** The lines of a graph: for each cell the directions in which lines leave it. */
export type Ink = { readonly at: (x: number, y: number) => number };

/** Of wires and frames, without boxes. */
export const inkOf = memoised((graph: GraphLayout): Ink => {
	const { width, height } = graph;
	const cells = new Uint8Array(width * height);
	const mark = (x: number, y: number, bits: number) => {
		if (x >= 0 && y >= 0 && x < width && y < height) cells[y * width + x] = (cells[y * width + x] ?? 0) | bits;
	};
	for (const frame of graph.frames) {
		const [x2, y2] = [frame.x + frame.width - 1, frame.y + frame.height - 1];
		for (let x = frame.x + 1; x < x2; x++) for (const y of [frame.y, y2]) mark(x, y, left | right);
		for (let y = frame.y + 1; y < y2; y++) for (const x of [frame.x, x2]) mark(x, y, up | down);
	}
	for (const wire of graph.wires.values()) {
		for (const [x1, y1, x2, y2] of segments(wire)) {
			for (let x = Math.min(x1, x2); x < Math.max(x1, x2); x++) {
				mark(x, y1, right);
				mark(x + 1, y1, left);
			}
			for (let y = Math.min(y1, y2); y < Math.max(y1, y2); y++) {
				mark(x1, y, down);
				mark(x1, y + 1, up);
			}
		}
	}
	for (const [x, y] of graph.crossings) mark(x, y, crossing);
	return { at: (x, y) => (x < 0 || y < 0 || x >= width || y >= height ? 0 : (cells[y * width + x] ?? 0)) };
}, 4);

export function segments({ points }: Wire): (readonly [x1: number, y1: number, x2: number, y2: number])[] {
	return points.slice(1).map(([x2, y2], index) => {
		const [x1, y1] = points[index] ?? [x2, y2];
		return [x1, y1, x2, y2] as const;
	});
}

/** The character for lines that leave a cell in these directions. */
export function lineGlyph(bits: number, { line, box }: Glyphs): string {
	if ((bits & crossing) !== 0) return line.vertical;
	switch (bits & (up | down | left | right)) {
		case 0:
			return ' ';
		case up:
		case down:
		case up | down:
			return line.vertical;
		case left:
		case right:
		case left | right:
			return line.horizontal;
		case down | right:
			return box.topLeft;
		case down | left:
			return box.topRight;
		case up | right:
			return box.bottomLeft;
		case up | left:
			return box.bottomRight;
		case up | down | right:
			return line.teeLeft;
		case up | down | left:
			return line.teeRight;
		case down | left | right:
			return line.teeDown;
		case up | left | right:
			return line.teeUp;
		default:
			return line.cross;
	}
}
