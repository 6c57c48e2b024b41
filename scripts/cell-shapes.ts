/**
 * Characters that must fill their cell to join their neighbours: lines and blocks. Drawn as shapes, because a browser's
 * font leaves gaps between rows.
 */

export type Box = { x: number; y: number; width: number; height: number };

/** The sides of its cell that a line character reaches. */
const lines: Record<string, { up?: true; down?: true; left?: true; right?: true }> = {
	'─': { left: true, right: true },
	'│': { up: true, down: true },
	'┌': { down: true, right: true },
	'┐': { down: true, left: true },
	'└': { up: true, right: true },
	'┘': { up: true, left: true },
	'├': { up: true, down: true, right: true },
	'┤': { up: true, down: true, left: true },
	'┬': { down: true, left: true, right: true },
	'┴': { up: true, left: true, right: true },
	'┼': { up: true, down: true, left: true, right: true },
	'╭': { down: true, right: true },
	'╮': { down: true, left: true },
	'╰': { up: true, right: true },
	'╯': { up: true, left: true },
};

const rounded = '╭╮╰╯';
const lowerEighths = '▁▂▃▄▅▆▇█';

const pixels = (value: number) => String(Math.round(value * 100) / 100);

function linePath(char: string, { x, y, width, height }: Box): string | undefined {
	const sides = lines[char];
	if (sides === undefined) {
		return undefined;
	}
	const middleX = pixels(x + width / 2);
	const middleY = pixels(y + height / 2);
	const endX = pixels(sides.right ? x + width : x);
	const endY = pixels(sides.down ? y + height : y);
	if (rounded.includes(char)) {
		return `M${middleX} ${endY}Q${middleX} ${middleY} ${endX} ${middleY}`;
	}
	const arms = [
		sides.left ? `H${pixels(x)}` : '',
		sides.right ? `H${pixels(x + width)}` : '',
		sides.up ? `V${pixels(y)}` : '',
		sides.down ? `V${pixels(y + height)}` : '',
	];
	return arms
		.filter(arm => arm !== '')
		.map(arm => `M${middleX} ${middleY}${arm}`)
		.join('');
}

function blockPath(char: string, { x, y, width, height }: Box): string | undefined {
	const eighths = lowerEighths.indexOf(char) + 1;
	if (char === '' || eighths === 0) {
		return undefined;
	}
	const top = y + height - (height * eighths) / 8;
	return `M${pixels(x)} ${pixels(top)}H${pixels(x + width)}V${pixels(y + height)}H${pixels(x)}Z`;
}

/** The path of a character that is drawn as a shape, stroked or filled; `undefined` for all others. */
export function cellShape(char: string, box: Box): { path: string; drawn: 'stroke' | 'fill' } | undefined {
	const line = linePath(char, box);
	if (line !== undefined) {
		return { path: line, drawn: 'stroke' };
	}
	const block = blockPath(char, box);
	return block === undefined ? undefined : { path: block, drawn: 'fill' };
}
