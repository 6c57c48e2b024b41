import { type Line, type Span, textWidth } from '../text.ts';

export type CellStyle = Omit<Span, 'text'>;

/** A part of a drawing, in cells; what is drawn beside it is left out. */
export type Canvas = {
	/** A character of one cell. */
	readonly put: (x: number, y: number, character: string, style: CellStyle) => void;
	/** The same in several cells beside each other. */
	readonly fill: (x: number, y: number, cells: number, character: string, style: CellStyle) => void;
	/** A text, in the cells from x to the given width; characters of two cells are left out at the edges. */
	readonly write: (x: number, y: number, text: string, style: CellStyle) => void;
	/** Changes the style of a cell that has been drawn. */
	readonly restyle: (x: number, y: number, style: CellStyle) => void;
	readonly rows: () => Line[];
};

const printableAscii = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter();
const plain: CellStyle = {};

/** @param part first cell, columns and rows of what is shown */
export function canvas(part: {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}): Canvas {
	const { width, height } = part;
	const characters: string[] = Array.from({ length: width * height }, () => ' ');
	const styles: CellStyle[] = Array.from({ length: width * height }, () => plain);
	const indexOf = (x: number, y: number): number => {
		const [column, row] = [x - part.x, y - part.y];
		return column < 0 || row < 0 || column >= width || row >= height ? -1 : row * width + column;
	};
	const put = (x: number, y: number, character: string, style: CellStyle) => {
		const index = indexOf(x, y);
		if (index === -1) return;
		characters[index] = character;
		styles[index] = style;
	};
	return {
		put,
		fill: (x, y, cells, character, style) => {
			for (let cell = 0; cell < cells; cell++) put(x + cell, y, character, style);
		},
		write: (x, y, text, style) => {
			if (y < part.y || y >= part.y + height) return;
			let at = x;
			if (printableAscii.test(text)) {
				for (const character of text) put(at++, y, character, style);
				return;
			}
			for (const { segment } of graphemes.segment(text)) {
				const cells = textWidth(segment);
				if (cells === 0) continue;
				const isWhole = indexOf(at, y) !== -1 && indexOf(at + cells - 1, y) !== -1;
				for (let cell = 0; cell < cells; cell++) put(at + cell, y, isWhole ? (cell === 0 ? segment : '') : ' ', style);
				at += cells;
			}
		},
		restyle: (x, y, style) => {
			const index = indexOf(x, y);
			if (index !== -1 && characters[index] !== ' ') styles[index] = style;
		},
		rows: () =>
			Array.from({ length: height }, (_, row) => {
				const line: Span[] = [];
				let end = width;
				while (end > 0 && characters[row * width + end - 1] === ' ' && !styles[row * width + end - 1]?.selected) end--;
				for (let column = 0; column < end; column++) {
					const index = row * width + column;
					const style = styles[index] ?? plain;
					const last = line.at(-1);
					if (last && column > 0 && styles[index - 1] === style)
						line[line.length - 1] = { ...last, text: last.text + (characters[index] ?? '') };
					else line.push({ ...style, text: characters[index] ?? '' });
				}
				return line;
			}),
	};
}
