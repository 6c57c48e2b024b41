import { cleanText } from '../text/clean-text.ts';
import { readSgr, type SgrAttribute, type SgrColour } from '../text/sgr.ts';

/**
 * Colours and attributes of a log line as numbers: foreground in bits 0–8 and background in bits 9–17 (0 for none, else
 * one more than the number of the colour among the 256), then bold, dim, italic, underline, inverse. The program's own
 * sequences are not kept: sequences for drawing are made from these numbers.
 */
export const bold = 1 << 18;
export const dim = 1 << 19;
export const italic = 1 << 20;
export const underline = 1 << 21;
export const inverse = 1 << 22;
const attributes = bold | dim | italic | underline | inverse;

/** The colours of a style, 0–255, or null for the default. */
export function foregroundOf(style: number): number | null {
	const value = style & 0x1ff;
	return value === 0 ? null : value - 1;
}

export function backgroundOf(style: number): number | null {
	const value = (style >> 9) & 0x1ff;
	return value === 0 ? null : value - 1;
}

/** SGR, the only kind of control sequence that is interpreted (ECMA-48, 8.3.117). */
const sgrSequence = /(?:\x1b\[|\x9b)([0-9;:]*)m/g;

/** The cleaned text, and its styles if any: start, style, start, style … in UTF-16 units of the text. */
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
	// With a sequence between a letter and its accent, cleaning in pieces differs: clean the whole, without colours.
	const whole = cleanText(text);
	if (whole !== text) return { text: whole, styles: undefined };
	return { text, styles: styles.some((value, index) => index % 2 === 1 && value !== 0) ? styles : undefined };
}

function styleAfter(before: number, parameters: string): number {
	return readSgr(parameters).reduce((style, change) => {
		switch (change.kind) {
			case 'reset':
				return 0;
			case 'on':
				return style | bits[change.attribute];
			case 'off':
				return change.attributes.reduce((left, attribute) => left & ~bits[attribute], style);
			case 'colour':
				return withColour(style, change.ground === 'background', change.colour?.value ?? null);
			default:
				return style;
		}
	}, before);
}

/** Without strike-through: a line through a log line would mean that it is not valid. */
const bits: Readonly<Record<SgrAttribute, number>> = { bold, dim, italic, underline, inverse, struck: 0 };

function withColour(style: number, isBackground: boolean, colour: SgrColour['value'] | null): number {
	const value = colour === null ? 0 : 1 + (typeof colour === 'number' ? colour : nearestOf256(colour));
	return isBackground ? (style & ~(0x1ff << 9)) | (value << 9) : (style & ~0x1ff) | value;
}

/** The nearest colour of xterm's 6×6×6 cube: every terminal has these, but not true colour. */
function nearestOf256([red, green, blue]: readonly [number, number, number]): number {
	const level = (value: number) => {
		const steps = [0, 95, 135, 175, 215, 255];
		return steps.reduce(
			(best, step, index) => (Math.abs(step - value) < Math.abs((steps[best] ?? 0) - value) ? index : best),
			0,
		);
	};
	return 16 + 36 * level(red) + 6 * level(green) + level(blue);
}

/** The SGR parameters of a style; empty for the plain one. */
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

/** The style with these colours, 0–255, instead of its own; null for the default. */
export function styleWith(style: number, foreground: number | null, background: number | null): number {
	return (
		(style & attributes) |
		(foreground === null ? 0 : foreground + 1) |
		(background === null ? 0 : (background + 1) << 9)
	);
}

/** The attributes of a style without its colours, for a terminal without colours. */
export function withoutColours(style: number): number {
	return style & attributes;
}
