import { backgroundOf, dim, foregroundOf, styleWith } from '../model/logs/log-styles.ts';
import { contrast, type Rgb, rgbOf, rgbOfHex } from './colour.ts';

/** WCAG 2.1, 1.4.3: level AA for text. */
export const readableContrast = 4.5;

/** The sixteen colours of xterm (XTerm-col.ad) and of the Linux console (drivers/tty/vt/vt.c), in the order of their numbers. */
export const shadesOf16 = {
	xterm: shades(
		'000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff',
	),
	console: shades(
		'000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff',
	),
} as const;

function shades(hex: string): readonly Rgb[] {
	return hex.split(' ').map(one => rgbOfHex(`#${one}`));
}

const black: Rgb = [0, 0, 0];
const white: Rgb = [255, 255, 255];

/**
 * The style of a log line with colours that can be read: the program that wrote it did not know this terminal. Against the
 * background, or the style's own one, text has a contrast of at least 4.5. An illegible colour is replaced by its bright
 * variant, or by the terminal's text colour. The first sixteen colours are measured in the shades of xterm, or of the
 * console.
 */
export function legibleStyle(style: number, ground: 'dark' | 'light', of16: keyof typeof shadesOf16): number {
	const shadeOf = (index: number) => shadesOf16[of16][index] ?? rgbOf(index);
	const [under, plain] = ground === 'dark' ? [black, white] : [white, black];
	const isReadable = (one: Rgb, other: Rgb) => contrast(one, other) >= readableContrast;
	const [foreground, background] = [foregroundOf(style), backgroundOf(style)];
	if (background !== null) {
		const text = foreground === null ? plain : shadeOf(foreground);
		return isReadable(text, shadeOf(background))
			? style
			: legibleStyle(styleWith(style, foreground, null), ground, of16);
	}
	if (foreground === null) return style;
	const readable = [foreground, ...(foreground < 8 ? [foreground + 8] : [])].find(one =>
		isReadable(shadeOf(one), under),
	);
	// The colour sets the text apart already; how far a terminal dims it is not known.
	return styleWith(readable === undefined ? style : style & ~dim, readable ?? null, null);
}
