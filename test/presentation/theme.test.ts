import { expect, test } from 'vitest';
import { bold, styleWith } from '../../source/model/logs/log-styles.ts';
import { type Colour, colourNames, type ToneName, themeChoices, tones } from '../../source/model/settings/looks.ts';
import {
	colourSgr,
	contrast,
	nearestOf256,
	type Rgb,
	rgbOf,
	rgbOfHex,
	shadeOf,
} from '../../source/presentation/colour.ts';
import { shadesOf16 } from '../../source/presentation/legible.ts';
import {
	backgroundHint,
	paint,
	palettes,
	palettesOf16,
	plainTheme,
	selections,
	themeFor,
} from '../../source/presentation/theme.ts';

const toneNames = Object.keys(tones).filter((tone): tone is ToneName => tone in tones);
const trueColour = { COLORTERM: 'truecolor' };

const linear = (value: number) => (value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];
const groundOf = (name: string) => (name.endsWith('light') ? white : black);

test('contrast is that of WCAG 2.1', () => {
	expect(contrast(black, white)).toBeCloseTo(21);
	expect(contrast([118, 118, 118], white)).toBeCloseTo(4.54, 2);
});

test.each(Object.entries(palettes))('every tone of %s can be read: contrast at least 4.5', (name, palette) => {
	for (const hex of Object.values(palette)) {
		for (const depth of [24, 8] as const)
			expect(
				contrast(shadeOf(hex, depth) ?? groundOf(name), groundOf(name)),
				`${hex}, ${depth} bits`,
			).toBeGreaterThanOrEqual(4.5);
	}
});

test.each(Object.entries(palettesOf16))('with sixteen colours every tone of %s can be read', (name, palette) => {
	for (const [where, shades] of Object.entries(shadesOf16)) {
		// The console has no background that a program could know.
		if (name === 'terminal' && where === 'console') continue;
		for (const colour of Object.values(palette)) {
			const shade = shades[colourNames.findIndex(name => name === colour)] ?? groundOf(name);
			expect(contrast(shade, groundOf(name)), `${colour} of ${where}`).toBeGreaterThanOrEqual(4.5);
		}
	}
});

test('on an unknown background, what calls for somebody is visible on white as well: contrast at least 3', () => {
	const sgr = (tone: ToneName) => themeFor(trueColour, { theme: 'auto', colours: {} }, null).sgr({ text: 'x', tone });
	for (const tone of ['bad', 'warning', 'waiting', 'muted'] as const) {
		const index = Number(sgr(tone)) < 90 ? Number(sgr(tone)) - 30 : Number(sgr(tone)) - 82;
		const shade = shadesOf16.xterm[index];
		expect(contrast(shade ?? white, white), `${tone} ${sgr(tone)}`).toBeGreaterThanOrEqual(3);
		expect(contrast(shade ?? black, black), `${tone} ${sgr(tone)}`).toBeGreaterThanOrEqual(4.5);
	}
});

test('on an unknown background, what is normal is legible on black; docs/configuration.md tells what it is on white', () => {
	const { terminal } = palettesOf16;
	const shadeOfName = { green: 2, yellow: 3, cyan: 6 } as const;
	for (const tone of ['good', 'active', 'odd', 'accent'] as const) {
		const shade = shadesOf16.xterm[shadeOfName[terminal[tone]]];
		expect(contrast(shade ?? black, black), tone).toBeGreaterThanOrEqual(9);
		expect(Math.round(contrast(shade ?? white, white)), tone).toBe(2);
	}
});

/** Colours that an SGR sequence sets, as numbers from 0 to 255. */
function coloursIn(sgr: string): { text: number | null; ground: number | null } {
	const found: { text: number | null; ground: number | null } = { text: null, ground: null };
	for (const [, base = '', index] of sgr.matchAll(/(?<=^|;)(38;5;|48;5;|3|4|9|10)(\d+)(?=;|$)/g)) {
		const part = ['38;5;', '3', '9'].includes(base) ? 'text' : 'ground';
		found[part] = Number(index) + (base === '9' || base === '10' ? 8 : 0);
	}
	return found;
}

test.each([
	['auto', null],
	['auto', 'dark'],
	['auto', 'light'],
	['dark', 'dark'],
	['light', 'light'],
	['colour-blind', 'dark'],
	['colour-blind', 'light'],
] as const)('colours of a log can be read with %s on %s: every text on every background', (theme, background) => {
	for (const [environment, shades] of [
		[trueColour, shadesOf16.xterm],
		[{ TERM: 'linux' }, shadesOf16.console],
	] as const) {
		const { sgr } = themeFor(environment, { theme, colours: {} }, background);
		const [under, plain] = background === 'light' ? [white, black] : [black, white];
		const shade = (index: number | null, otherwise: Rgb) =>
			index === null ? otherwise : (shades[index] ?? rgbOf(index));
		for (let text = -1; text < 256; text++) {
			for (const ground of [-1, 0, 1, 3, 4, 7, 8, 15, 21, 196, 226, 244]) {
				const style = styleWith(0, text < 0 ? null : text, ground < 0 ? null : ground);
				const drawn = coloursIn(sgr({ text: 'x', style }));
				const measured = contrast(shade(drawn.text, plain), shade(drawn.ground, under));
				expect(measured, `${text} on ${ground}: ${sgr({ text: 'x', style })}`).toBeGreaterThanOrEqual(4.5);
			}
		}
	}
});

test('a log keeps its colours where they can be read, and gets the bright red for the red', () => {
	const { sgr } = themeFor(trueColour, { theme: 'auto', colours: {} }, 'dark');
	const drawn = (text: number | null, ground: number | null = null, more: object = {}) =>
		sgr({ text: 'x', style: styleWith(bold, text, ground), ...more });
	expect(drawn(2)).toBe('1;32');
	expect(drawn(1)).toBe('1;91');
	expect(drawn(4)).toBe('1');
	expect(drawn(15, 1)).toBe('1;97;41');
	expect(drawn(2, null, { selected: true })).toBe('7;1');
});

test('the selected row has one background, and every text on it can be read', () => {
	const grounds = new Map<string, Set<string>>();
	for (const environment of [trueColour, {}, { TERM: 'linux' }]) {
		for (const theme of themeChoices) {
			for (const background of ['dark', 'light'] as const) {
				const { name, sgr } = themeFor(environment, { theme, colours: {} }, background);
				const found = new Set<string>();
				for (const tone of [undefined, 'plain' as const, ...toneNames]) {
					const codes = sgr({ text: 'x', tone, selected: true });
					const [, ground = '', text = ''] = /^(7|48;(?:5;\d+|2;\d+;\d+;\d+))(?:;(.*))?$/.exec(codes) ?? [];
					found.add(ground);
					if (name === 'mono' || text === '') continue;
					const depth = environment === trueColour ? 24 : 8;
					const palette = Object.entries(palettes).find(([one]) => one === name)?.[1];
					const colour = tone !== undefined && tone !== 'plain' ? palette?.[tone] : undefined;
					const [shade, under] = [colour, selections[name.endsWith('light') ? 'light' : 'dark']].map(one =>
						shadeOf(one ?? '', depth),
					);
					expect(contrast(shade ?? white, under ?? white), `${name} ${tone}`).toBeGreaterThanOrEqual(4.5);
				}
				grounds.set(`${name} ${JSON.stringify(environment)}`, found);
			}
		}
	}
	for (const [name, found] of grounds) expect([...found], name).toHaveLength(1);
	for (const [ground, text] of [
		[selections.dark, white],
		[selections.light, black],
	] as const)
		expect(contrast(rgbOfHex(ground), text)).toBeGreaterThanOrEqual(7);
});

/** Colours as seen without one kind of cones, in linear light (Machado, Oliveira, Fernandes 2009, severity 1). */
const visions = {
	normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
	protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
	deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
	tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;

/** CIE L*a*b* (D65) of a colour as seen. */
function seen(rgb: Rgb, vision: readonly number[]): number[] {
	const light = rgb.map(linear);
	const [red = 0, green = 0, blue = 0] = [0, 3, 6].map(row =>
		light.reduce((sum, value, column) => sum + value * (vision[row + column] ?? 0), 0),
	);
	const f = (value: number) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116);
	const x = f((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047);
	const y = f(0.2126 * red + 0.7152 * green + 0.0722 * blue);
	const z = f((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883);
	return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

test.each(Object.entries(visions))('%s tells good, active and bad of the colour-blind palettes apart', (_, vision) => {
	for (const name of ['colour-blind dark', 'colour-blind light'] as const) {
		const { good, active, bad } = palettes[name];
		for (const [one, other] of [
			[good, bad],
			[good, active],
			[active, bad],
		] as const) {
			const [a, b] = [seen(rgbOfHex(one), vision), seen(rgbOfHex(other), vision)];
			expect(Math.hypot(...a.map((value, index) => value - (b[index] ?? 0))), `${one} ${other}`).toBeGreaterThan(20);
		}
	}
});

test('the 256 colours are those of xterm', () => {
	expect([16, 21, 196, 208, 231, 232, 255].map(rgbOf)).toEqual([
		[0, 0, 0],
		[0, 0, 255],
		[255, 0, 0],
		[255, 135, 0],
		[255, 255, 255],
		[8, 8, 8],
		[238, 238, 238],
	]);
	for (let index = 16; index < 256; index++) expect(rgbOf(nearestOf256(rgbOf(index)))).toEqual(rgbOf(index));
});

test.each<[Colour, boolean, string]>([
	['green', false, '32'],
	['grey', false, '90'],
	['bright-blue', true, '94'],
	[1, false, '31'],
	[9, false, '91'],
	[208, false, '38;5;208'],
	['#d55e00', true, '38;2;213;94;0'],
	['#d55e00', false, '38;5;166'],
])('%s (24 bits: %s) is SGR %s', (colour, hasTrueColour, sgr) => {
	expect(colourSgr(colour, hasTrueColour ? 24 : 8)).toBe(sgr);
});

const bad = { text: 'x', tone: 'bad' } as const;

test('NO_COLOR and a dumb terminal win over every theme', () => {
	for (const theme of themeChoices) {
		const options = { theme, colours: { bad: '#ff0000' } };
		expect(themeFor({ ...trueColour, NO_COLOR: '1' }, options, 'light')).toBe(plainTheme);
		expect(themeFor({ ...trueColour, TERM: 'dumb' }, options)).toBe(plainTheme);
	}
	expect(themeFor({ NO_COLOR: '' }).name).toBe('terminal');
	expect(themeFor(trueColour, { theme: 'mono', colours: { bad: 'red' } })).toBe(plainTheme);
});

test('without colours nothing but bold, underlined and inverse is sent', () => {
	for (const tone of toneNames) {
		for (const more of [{}, { bold: true }, { inverse: true }, { bold: true, selected: true }]) {
			expect(plainTheme.sgr({ text: 'x', tone, ...more })).toMatch(/^([147](;|$))*$/);
		}
	}
	expect(paint([{ ...bad, bold: true }], plainTheme)).toBe('\u001B[1;4mx\u001B[0m');
});

test('24-bit colours are sent only where COLORTERM says that they are understood', () => {
	const options = { theme: 'dark' as const, colours: {} };
	expect(themeFor(trueColour, options).sgr(bad)).toBe('38;2;255;95;95');
	expect(themeFor({ COLORTERM: '24bit' }, options).sgr(bad)).toBe('38;2;255;95;95');
	expect(themeFor({}, options).sgr(bad)).toBe('38;5;203');
	expect(themeFor({ COLORTERM: 'rxvt' }, options).sgr(bad)).toBe('38;5;203');
});

test('single colours differ from the theme where the user says so', () => {
	const theme = themeFor({}, { theme: 'light', colours: { good: 'green', bad: '#d55e00', accent: 208 } });
	expect(theme.sgr({ text: 'x', tone: 'good' })).toBe('32');
	expect(theme.sgr(bad)).toBe('38;5;166');
	expect(theme.sgr({ text: 'x', tone: 'accent', bold: true })).toBe('1;38;5;208');
	expect(theme.sgr({ text: 'x', tone: 'muted' })).toBe('38;5;241');
	expect(themeFor({}, { theme: 'auto', colours: { bad: 'blue' } }).sgr(bad)).toBe('34');
});

test.each([
	['auto', null, 'terminal'],
	['auto', 'dark', 'terminal'],
	['auto', 'light', 'light'],
	['light', 'dark', 'light'],
	['dark', 'light', 'dark'],
	['colour-blind', null, 'colour-blind dark'],
	['colour-blind', 'light', 'colour-blind light'],
] as const)('%s on a background that is %s is %s', (theme, background, name) => {
	expect(themeFor({}, { theme, colours: {} }, background).name).toBe(name);
});

test.each([
	['15;0', 'dark'],
	['0;15', 'light'],
	['0;default;7', 'light'],
	['12;8', 'dark'],
	['0;default', null],
	['', null],
])('COLORFGBG=%s is a background that is %s', (value, background) => {
	expect(backgroundHint({ COLORFGBG: value })).toBe(background);
});

test('text without a tone keeps the colour of the terminal', () => {
	for (const theme of themeChoices) {
		expect(paint([{ text: 'x' }, { text: 'y', tone: 'plain' }], themeFor({}, { theme, colours: {} }))).toBe('xy');
	}
});
