/** Draws a terminal's screen as an SVG: pure, the same text for the same cells. */

import { cellShape } from './cell-shapes.ts';

/** The parts of a cell for the picture; see test/terminal/screen-cells.ts for the colours' names. */
export type PictureCell = {
	char: string;
	fg: string;
	bg: string;
	bold: boolean;
	dim: boolean;
	italic: boolean;
	underline: boolean;
	inverse: boolean;
	/** 2 for a wide character, 0 for its second half. */
	width: number;
};

export type PictureOptions = {
	/** Alternative text for screen readers. */
	title: string;
	scheme?: Scheme;
};

export type Scheme = 'dark' | 'light';

/** Pixels. A cell is as wide as a character of the usual monospace fonts at this size. */
const fontSize = 14;
const cellWidth = 8.4;
const cellHeight = 18;
const margin = 12;
/** The baseline of a character in its cell's height. */
const baseline = 0.74;

type Palette = Record<string, string> & { background: string; foreground: string };

/** The terminal's own colours. */
const palettes: Record<Scheme, Palette> = {
	dark: {
		background: '#11151c',
		foreground: '#d5dae3',
		black: '#1b212b',
		red: '#f0626b',
		green: '#7fcf7f',
		yellow: '#e5c05f',
		blue: '#6ea8fe',
		magenta: '#c792ea',
		cyan: '#5fc9d8',
		white: '#c9d0dc',
		'bright-black': '#7c8698',
		'bright-red': '#ff8b92',
		'bright-green': '#a5e6a5',
		'bright-yellow': '#f7db8c',
		'bright-blue': '#9cc6ff',
		'bright-magenta': '#ddb3f8',
		'bright-cyan': '#8fe3ee',
		'bright-white': '#f5f7fa',
	},
	// From GitHub's light theme for terminals: at least 4.5:1 against white, except for the whites.
	light: {
		background: '#ffffff',
		foreground: '#1f2328',
		black: '#24292f',
		red: '#cf222e',
		green: '#116329',
		yellow: '#7d4e00',
		blue: '#0969da',
		magenta: '#8250df',
		cyan: '#1b7c83',
		white: '#6e7781',
		'bright-black': '#57606a',
		'bright-red': '#a40e26',
		'bright-green': '#1a7f37',
		'bright-yellow': '#633c01',
		'bright-blue': '#0550ae',
		'bright-magenta': '#6639ba',
		'bright-cyan': '#0e6268',
		'bright-white': '#8c959f',
	},
};

const hex = (...channels: number[]) => `#${channels.map(channel => channel.toString(16).padStart(2, '0')).join('')}`;

/** The 6×6×6 cube and the greys of the 256 colours, as in xterm. */
function extendedColour(index: number): string {
	if (index >= 232) {
		const grey = 8 + (index - 232) * 10;
		return hex(grey, grey, grey);
	}
	const cube = index - 16;
	const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
	return hex(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

function colour(name: string, whenDefault: string, palette: Palette): string {
	if (name === 'default') {
		return whenDefault;
	}
	if (name.startsWith('#')) {
		return name;
	}
	const extended = /^ansi-(\d+)$/.exec(name);
	return extended ? extendedColour(Number(extended[1])) : (palette[name] ?? whenDefault);
}

/** A cell's colours and attributes, resolved. */
type Style = { fill: string; behind: string; attributes: string };

function styleOf(cell: PictureCell, palette: Palette): Style {
	const fg = colour(cell.fg, palette.foreground, palette);
	const bg = colour(cell.bg, palette.background, palette);
	const attributes = [
		cell.bold ? ' font-weight="bold"' : '',
		cell.italic ? ' font-style="italic"' : '',
		cell.underline ? ' text-decoration="underline"' : '',
		cell.dim ? ' opacity="0.6"' : '',
	].join('');
	return cell.inverse ? { fill: bg, behind: fg, attributes } : { fill: fg, behind: bg, attributes };
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** For an XML document, where control characters are invalid even as references. */
const escapeXml = (text: string) =>
	text
		.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
		.replace(/[&<>"]/g, found => escapes[found] ?? found);

const pixels = (value: number) => String(Math.round(value * 100) / 100);
const left = (column: number) => margin + column * cellWidth;
const top = (row: number) => margin + row * cellHeight;

/** Neighbours of one style, drawn by one element: text, or shapes. */
type Stretch = { row: number; column: number; cells: number; text: string; isShape: boolean; style: Style };

const box = ({ row, column, cells }: Omit<Stretch, 'text' | 'style' | 'isShape'>) => ({
	x: left(column),
	y: top(row),
	width: cells * cellWidth,
	height: cellHeight,
});

const sameStyle = (a: Style, b: Style) => a.fill === b.fill && a.behind === b.behind && a.attributes === b.attributes;

/** Of a blank only its background is visible: its other colours depend on what was drawn there before. */
const isBlank = ({ text, style }: Stretch) => text.trim() === '' && !style.attributes.includes('underline');

const looksAlike = (a: Stretch, b: Stretch) =>
	sameStyle(a.style, b.style) || (a.style.behind === b.style.behind && (isBlank(a) || isBlank(b)));

/** Only characters of one cell and one code point can be counted by a text's length. */
const isPlain = ({ cells, text }: Stretch) => cells === [...text].length;

function stretchesOf(cells: readonly PictureCell[], row: number, palette: Palette): Stretch[] {
	const stretches: Stretch[] = [];
	for (const [column, cell] of cells.entries()) {
		if (cell.width === 0) {
			continue;
		}
		const isShape = cellShape(cell.char, box({ row, column, cells: 1 })) !== undefined;
		const next: Stretch = { row, column, cells: cell.width, text: cell.char, isShape, style: styleOf(cell, palette) };
		const last = stretches.at(-1);
		// A wide character is separate, so that the following text starts in its own cell with any font.
		if (last && isPlain(last) && isPlain(next) && last.isShape === isShape && looksAlike(last, next)) {
			if (isBlank(last)) last.style = next.style;
			last.text += next.text;
			last.cells += next.cells;
		} else {
			stretches.push(next);
		}
	}
	return stretches;
}

function backgroundOf(stretch: Stretch, palette: Palette): string {
	const { x, y, width, height } = box(stretch);
	const { behind } = stretch.style;
	return behind === palette.background
		? ''
		: `<rect x="${pixels(x)}" y="${pixels(y)}" width="${pixels(width)}" height="${pixels(height)}" fill="${behind}"/>`;
}

function shapesOf({ row, column, text, style }: Stretch): string {
	const paths = { stroke: '', fill: '' };
	for (const [index, char] of [...text].entries()) {
		const shape = cellShape(char, box({ row, column: column + index, cells: 1 }));
		if (shape !== undefined) {
			paths[shape.drawn] += shape.path;
		}
	}
	const dim = style.attributes.includes('opacity') ? ' opacity="0.6"' : '';
	return [
		paths.stroke && `<path d="${paths.stroke}" fill="none" stroke="${style.fill}"${dim}/>`,
		paths.fill && `<path d="${paths.fill}" fill="${style.fill}"${dim}/>`,
	]
		.filter(line => line !== '')
		.join('\n');
}

function textOf(stretch: Stretch): string {
	const { row, column, text, style } = stretch;
	const underlined = style.attributes.includes('underline');
	const visible = underlined ? text : text.trim();
	if (visible === '') {
		return '';
	}
	const indent = underlined ? 0 : text.length - text.trimStart().length;
	const characters = [...visible].length;
	// Stretched to its cells, because fonts differ in width.
	const length =
		isPlain(stretch) && characters > 1
			? ` textLength="${pixels(characters * cellWidth)}" lengthAdjust="spacingAndGlyphs"`
			: '';
	const [x, y] = [left(column + indent), top(row) + cellHeight * baseline].map(pixels);
	return `<text x="${x}" y="${y}" fill="${style.fill}"${style.attributes}${length}>${escapeXml(visible)}</text>`;
}

export function screenToSvg(
	cells: readonly (readonly PictureCell[])[],
	{ title, scheme = 'dark' }: PictureOptions,
): string {
	const palette = palettes[scheme];
	const columns = Math.max(0, ...cells.map(row => row.length));
	const width = pixels(columns * cellWidth + 2 * margin);
	const height = pixels(cells.length * cellHeight + 2 * margin);
	const drawn = cells.flatMap((row, index) => {
		const stretches = stretchesOf(row, index, palette);
		const inFront = stretches.map(stretch => (stretch.isShape ? shapesOf(stretch) : textOf(stretch)));
		return [...stretches.map(stretch => backgroundOf(stretch, palette)), ...inFront];
	});
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
		`<title>${escapeXml(title)}</title>`,
		// Browsers no longer read xml:space, and stretch what is left of a line without its spaces.
		'<style>text{white-space:pre}</style>',
		`<rect width="100%" height="100%" rx="8" fill="${palette.background}"/>`,
		`<g font-family="'DejaVu Sans Mono', ui-monospace, Menlo, Consolas, monospace" font-size="${fontSize}" xml:space="preserve">`,
		...drawn.filter(line => line !== ''),
		'</g>',
		'</svg>',
		'',
	].join('\n');
}
