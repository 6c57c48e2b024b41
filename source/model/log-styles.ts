import { cleanText } from './clean-text.ts';

/**
 * Colours and attributes of a log line, as numbers: foreground in bits 0–8 and background in bits 9–17 (0 for none, else
 * one more than the number of the colour among the 256), then bold, dim, italic, underline, inverse. Nothing of the
 * sequences that a program sent is kept: what is drawn is written anew from these numbers.
 */
export const bold = 1 << 18;
export const dim = 1 << 19;
export const italic = 1 << 20;
export const underline = 1 << 21;
export const inverse = 1 << 22;
const attributes = bold | dim | italic | underline | inverse;

/** The colours of a style, 0–255, or null where it has none of its own. */
export function foregroundOf(style: number): number | null {
	const value = style & 0x1ff;
	return value === 0 ? null : value - 1;
}

export function backgroundOf(style: number): number | null {
	const value = (style >> 9) & 0x1ff;
	return value === 0 ? null : value - 1;
}

/** SGR, the only kind of control sequence of which anything is kept (ECMA-48, 8.3.117). */
const sgrSequence = /(?:\x1b\[|\x9b)([0-9;:]*)m/g;

/** The text made harmless, and its styles where it has any: start, style, start, style … in UTF-16 units of the text. */
export function styledText(raw: string): { text: string; styles: number[] | undefined } {
	if (!raw.includes('\x1b[') && !raw.includes('\x9b')) return { text: cleanText(raw), styles: undefined };
	let text = '';
	let style = 0;
	let from = 0;
	const styles: number[] = [];
	for (const match of raw.matchAll(sgrSequence)) {
		text += cleanText(raw.slice(from, match.index));
		from = match.index + match[0].length;
		const next = styleAfter(style, match[1] ?? '');
		if (next === style) continue;
		style = next;
		if (styles.at(-2) === text.length) styles.splice(-2);
		styles.push(text.length, style);
	}
	text += cleanText(raw.slice(from));
	// A sequence between a letter and its accent: what was cleaned in pieces is cleaned as a whole, without colours.
	const whole = cleanText(text);
	if (whole !== text) return { text: whole, styles: undefined };
	return { text, styles: styles.some((value, index) => index % 2 === 1 && value !== 0) ? styles : undefined };
}

function styleAfter(before: number, parameters: string): number {
	let style = before;
	const codes = parameters.split(';');
	for (let index = 0; index < codes.length; index++) {
		const [code = '', ...sub] = (codes[index] ?? '').split(':');
		const number = Number(code || '0');
		if (number === 38 || number === 48) {
			// 38:5:n and 38:2::r:g:b carry their colour inside; 38;5;n and 38;2;r;g;b have it in what follows.
			const inside = sub.length > 0;
			const rest = inside ? sub : codes.slice(index + 1, index + 5);
			const kind = rest[0];
			const figures = (inside && kind === '2' && rest.length > 4 ? rest.slice(2) : rest.slice(1)).map(Number);
			const colour = kind === '5' ? figures[0] : kind === '2' ? nearestOf256(figures) : undefined;
			if (!inside) index += kind === '5' ? 2 : kind === '2' ? 4 : 0;
			if (colour !== undefined && colour >= 0 && colour <= 255) style = withColour(style, number === 48, colour);
			continue;
		}
		style = afterCode(style, number);
	}
	return style;
}

function afterCode(style: number, code: number): number {
	if (code >= 30 && code <= 37) return withColour(style, false, code - 30);
	if (code >= 90 && code <= 97) return withColour(style, false, code - 82);
	if (code >= 40 && code <= 47) return withColour(style, true, code - 40);
	if (code >= 100 && code <= 107) return withColour(style, true, code - 92);
	switch (code) {
		case 0:
			return 0;
		case 1:
			return style | bold;
		case 2:
			return style | dim;
		case 3:
			return style | italic;
		case 4:
			return style | underline;
		case 7:
			return style | inverse;
		case 22:
			return style & ~(bold | dim);
		case 23:
			return style & ~italic;
		case 24:
			return style & ~underline;
		case 27:
			return style & ~inverse;
		case 39:
			return style & ~0x1ff;
		case 49:
			return style & ~(0x1ff << 9);
		default:
			return style;
	}
}

function withColour(style: number, isBackground: boolean, colour: number): number {
	return isBackground ? (style & ~(0x1ff << 9)) | ((colour + 1) << 9) : (style & ~0x1ff) | (colour + 1);
}

/** The nearest colour of xterm's 6×6×6 cube: every terminal has these, true colour not. */
function nearestOf256([red, green, blue]: readonly number[]): number | undefined {
	if (red === undefined || green === undefined || blue === undefined) return undefined;
	const level = (value: number) => {
		const steps = [0, 95, 135, 175, 215, 255];
		return steps.reduce(
			(best, step, index) => (Math.abs(step - value) < Math.abs((steps[best] ?? 0) - value) ? index : best),
			0,
		);
	};
	return 16 + 36 * level(red) + 6 * level(green) + level(blue);
}

/** The SGR parameters that draw a style; empty for the plain one. */
export function sgrOf(style: number): string {
	const foreground = foregroundOf(style);
	const background = backgroundOf(style);
	return [
		style & bold ? '1' : '',
		style & dim ? '2' : '',
		style & italic ? '3' : '',
		style & underline ? '4' : '',
		style & inverse ? '7' : '',
		foreground === null ? '' : colourParameters(foreground, 30),
		background === null ? '' : colourParameters(background, 40),
	]
		.filter(Boolean)
		.join(';');
}

function colourParameters(colour: number, base: number): string {
	if (colour < 8) return String(base + colour);
	if (colour < 16) return String(base + 52 + colour);
	return `${base + 8};5;${colour}`;
}

/** The attributes of a style, without its colours: what is left for a terminal without colours. */
export function withoutColours(style: number): number {
	return style & attributes;
}
