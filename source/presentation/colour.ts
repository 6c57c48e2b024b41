import { type Colour, colourNames } from '../model/settings/looks.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

/** Levels of each channel in the 6×6×6 cube, which is 16 to 231 of the 256 colours (xterm, 256colres.h). */
const cubeSteps = [0, 95, 135, 175, 215, 255] as const;

/** The shades of 16 to 255 of the 256 colours; each user configures those below. */
export function rgbOf(index: number): Rgb {
	if (index >= 232) {
		const grey = 8 + 10 * (index - 232);
		return [grey, grey, grey];
	}
	const cell = index - 16;
	const step = (of: number) => cubeSteps[Math.floor(cell / of) % 6] ?? 0;
	return [step(36), step(6), step(1)];
}

/** `#rrggbb` as numbers from 0 to 255. */
export function rgbOfHex(hex: string): Rgb {
	const number = Number.parseInt(hex.slice(1), 16);
	return [number >> 16, (number >> 8) & 255, number & 255];
}

/** The most similar of the 256 colours. */
export function nearestOf256(wanted: Rgb): number {
	let nearest = 16;
	let least = Number.POSITIVE_INFINITY;
	for (let index = 16; index < 256; index++) {
		const distance = rgbOf(index).reduce((sum, value, channel) => sum + (value - (wanted[channel] ?? 0)) ** 2, 0);
		if (distance < least) [nearest, least] = [index, distance];
	}
	return nearest;
}

/** Converts a channel from sRGB to linear light (IEC 61966-2-1). */
const linear = (value: number) => (value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);

const luminance = ([red, green, blue]: Rgb) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

/** Contrast ratio, from 1 to 21 (WCAG 2.1). */
export function contrast(one: Rgb, other: Rgb): number {
	const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
	return (lighter + 0.05) / (darker + 0.05);
}

/** The shade of a colour; null for the sixteen that each user configures. */
export function shadeOf(colour: Colour, depth: ColourDepth): Rgb | null {
	if (typeof colour === 'number') return colour < 16 ? null : rgbOf(colour);
	if (!colour.startsWith('#')) return null;
	const rgb = rgbOfHex(colour);
	return depth === 24 ? rgb : rgbOf(nearestOf256(rgb));
}

const names: readonly string[] = colourNames;

/** Bits of colour that a terminal supports: 16 colours, 256, or true colour. */
export type ColourDepth = 4 | 8 | 24;

/**
 * SGR parameters of a colour for text or for its background (ECMA-48 8.3.117; 38;5 and 38;2 by ITU-T T.416). Without
 * 24-bit colours the most similar of the 256 is used.
 */
export function colourSgr(colour: Colour, depth: ColourDepth, ground: 'text' | 'background' = 'text'): string {
	const offset = ground === 'text' ? 0 : 10;
	const index = typeof colour === 'number' ? colour : names.indexOf(colour);
	if (index >= 16) return `${38 + offset};5;${index}`;
	if (index >= 8) return String(90 + offset + index - 8);
	if (index >= 0) return String(30 + offset + index);
	const rgb = rgbOfHex(String(colour));
	return depth === 24 ? `${38 + offset};2;${rgb.join(';')}` : `${38 + offset};5;${nearestOf256(rgb)}`;
}
