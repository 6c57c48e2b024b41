import { sgrOf, withoutColours } from '../model/logs/log-styles.ts';
import type { Colour, ThemeChoice, ToneName } from '../model/settings/looks.ts';
import { type ColourDepth, colourSgr, contrast, shadeOf } from './colour.ts';
import { legibleStyle, readableContrast } from './legible.ts';
import type { Line, Span } from './text.ts';

/** The appearance of tones, as SGR parameters. */
export type Theme = { readonly name: string; readonly sgr: (span: Span) => string };

/** The terminal's background, if known. */
export type Background = 'light' | 'dark';

type Palette = Readonly<Record<ToneName, Colour>>;

/**
 * The sixteen colours of every terminal, for `auto` and for terminals with only sixteen. Legibility is measured in the
 * shades of xterm and of the Linux console: their red, and the grey of the console, are illegible on black.
 */
export const palettesOf16 = {
	/**
	 * In the user's own shades, on a background that is dark or unknown: legible on black, and what calls for somebody also
	 * visible on white (contrast 3, WCAG 2.1, 1.4.11).
	 */
	terminal: {
		good: 'green',
		active: 'yellow',
		bad: 'bright-red',
		waiting: 'grey',
		warning: 'bright-magenta',
		odd: 'cyan',
		muted: 'grey',
		accent: 'cyan',
	},
	dark: {
		good: 'green',
		active: 'bright-yellow',
		bad: 'bright-red',
		waiting: 'white',
		warning: 'bright-magenta',
		odd: 'cyan',
		muted: 'white',
		accent: 'bright-cyan',
	},
	/** No green, yellow, cyan or grey is legible on white: only words and symbols distinguish these. */
	light: {
		good: 'black',
		active: 'magenta',
		bad: 'red',
		waiting: 'black',
		warning: 'magenta',
		odd: 'blue',
		muted: 'black',
		accent: 'blue',
	},
	'colour-blind dark': {
		good: 'bright-cyan',
		active: 'bright-yellow',
		bad: 'bright-red',
		waiting: 'white',
		warning: 'bright-magenta',
		odd: 'cyan',
		muted: 'white',
		accent: 'bright-cyan',
	},
	'colour-blind light': {
		good: 'blue',
		active: 'black',
		bad: 'red',
		waiting: 'black',
		warning: 'magenta',
		odd: 'blue',
		muted: 'black',
		accent: 'blue',
	},
} as const satisfies Readonly<Record<string, Palette>>;

/** Backgrounds of the selected row. */
export const selections = { dark: '#303030', light: '#d0d0d0' } as const;

/**
 * Palettes of shades that do not depend on the terminal. Each has a contrast of at least 4.5 to its background (WCAG 2.1,
 * 1.4.3), in 24 bits and in 256 colours.
 */
export const palettes = {
	dark: {
		good: '#5faf5f',
		active: '#d7af5f',
		bad: '#ff5f5f',
		waiting: '#8a8a8a',
		warning: '#d787d7',
		odd: '#5fafaf',
		muted: '#808080',
		accent: '#5fd7ff',
	},
	light: {
		good: '#005f00',
		active: '#875f00',
		bad: '#af0000',
		waiting: '#585858',
		warning: '#87005f',
		odd: '#005f5f',
		muted: '#626262',
		accent: '#005faf',
	},
	/** Okabe and Ito's colours, which people of every colour vision can distinguish: blue is good, vermilion is bad. */
	'colour-blind dark': {
		good: '#56b4e9',
		active: '#f0e442',
		bad: '#d55e00',
		waiting: '#8a8a8a',
		warning: '#e69f00',
		odd: '#cc79a7',
		muted: '#808080',
		accent: '#009e73',
	},
	/** The same meanings in shades dark enough for white; running is brown, as no yellow is legible there. */
	'colour-blind light': {
		good: '#0072b2',
		active: '#402800',
		bad: '#c04000',
		waiting: '#585858',
		warning: '#9c3f73',
		odd: '#00694d',
		muted: '#626262',
		accent: '#005f87',
	},
} as const satisfies Readonly<Record<string, Palette>>;

const bold = '1';
const underline = '4';

/** Without colours, bad and important text is emphasised in other ways; symbols and words say the rest. */
const emphasis: Readonly<Partial<Record<NonNullable<Span['tone']>, string>>> = {
	good: '',
	active: bold,
	bad: `${bold};${underline}`,
	warning: underline,
	accent: bold,
};

/** For NO_COLOR: bold, underlined and inverse are not colours. */
export const plainTheme: Theme = {
	name: 'mono',
	sgr: remembered(span =>
		parameters(span, (span.tone && emphasis[span.tone]) || sgrOf(withoutColours(span.style ?? 0))),
	),
};

/** A screen has hundreds of spans in about a dozen styles: those without a style of their own are computed once. */
function remembered(sgr: Theme['sgr']): Theme['sgr'] {
	const looks = new Map<Span['tone'], string[]>();
	return span => {
		if (span.style || span.pixels) return sgr(span);
		let ofTone = looks.get(span.tone);
		if (!ofTone) {
			ofTone = [];
			looks.set(span.tone, ofTone);
		}
		const index = (span.bold ? 1 : 0) + (span.inverse ? 2 : 0) + (span.selected ? 4 : 0);
		ofTone[index] ??= sgr(span);
		return ofTone[index];
	};
}

function parameters(span: Span, tone: string | undefined): string {
	const all = [span.bold ? bold : '', span.inverse || span.selected ? '7' : '', ...(tone?.split(';') ?? [])].filter(
		Boolean,
	);
	return [...new Set(all)].join(';');
}

/** @param selection background of the selected row; null: inverse text */
function colourTheme(name: string, palette: Palette, depth: ColourDepth, selection: Colour | null): Theme {
	const sgr = Object.fromEntries(Object.entries(palette).map(([tone, colour]) => [tone, colourSgr(colour, depth)]));
	const ground = selection === null ? '7' : colourSgr(selection, depth, 'background');
	const groundShade = selection === null ? null : shadeOf(selection, depth);
	// A tone that is illegible on the selected row is replaced by the terminal's text colour.
	const isReadable = (colour: Colour) => {
		const shade = shadeOf(colour, depth);
		return groundShade !== null && shade !== null && contrast(shade, groundShade) >= readableContrast;
	};
	const onGround = Object.fromEntries(
		Object.entries(palette).map(([tone, colour]) => [tone, isReadable(colour) ? sgr[tone] : '']),
	);
	const legible = new Map<number, string>();
	const styleSgr = (style: number) => {
		const known = legible.get(style);
		if (known !== undefined) return known;
		const made = sgrOf(
			legibleStyle(style, name.endsWith('light') ? 'light' : 'dark', depth === 4 ? 'console' : 'xterm'),
		);
		// A log may use any number of styles.
		if (legible.size < 1000) legible.set(style, made);
		return made;
	};
	return {
		name,
		sgr: remembered(span =>
			span.pixels
				? pixelSgr(span.pixels, depth)
				: [
						span.bold ? bold : '',
						span.selected ? ground : span.inverse ? '7' : '',
						(span.tone && (span.selected ? onGround : sgr)[span.tone]) ?? '',
						// The selected row has a background that the log's colours were not made for.
						span.style ? (span.selected ? sgrOf(withoutColours(span.style)) : styleSgr(span.style)) : '',
					]
						.filter(Boolean)
						.join(';'),
		),
	};
}

/** Without colours there is no picture. */
function pixelSgr({ top, bottom }: NonNullable<Span['pixels']>, depth: ColourDepth): string {
	const hex = (colour: number) => `#${colour.toString(16).padStart(6, '0')}`;
	const ground = colourSgr(hex(bottom), depth, 'background');
	return top === bottom ? ground : `${colourSgr(hex(top), depth)};${ground}`;
}

/** The line as text with SGR sequences; no other function writes any. */
export function paint(line: Line, theme: Theme): string {
	let painted = '';
	for (const span of line) {
		// A row must stay one line: a line break takes no cell, and would move everything after it.
		const plain = span.text.includes('\n') ? span.text.replaceAll('\n', '') : span.text;
		const text = span.pixels && theme.name === plainTheme.name ? ' '.repeat(plain.length) : plain;
		const sgr = text === '' ? '' : theme.sgr(span);
		painted += sgr === '' ? text : `\u001B[${sgr}m${text}\u001B[0m`;
	}
	return painted;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The user's choice, see `Config`. */
export type ThemeOptions = {
	readonly theme: ThemeChoice;
	readonly colours: Readonly<Partial<Record<ToneName, Colour>>>;
};

/**
 * NO_COLOR with any value (https://no-color.org) or a terminal without capabilities: no colours, whatever is
 * configured.
 */
export function hasNoColours({ NO_COLOR, TERM }: Environment): boolean {
	return Boolean(NO_COLOR) || TERM === 'dumb';
}

/**
 * The theme in force. An unknown background counts as dark, as on most terminals; with `auto` the terminal then chooses
 * the shades.
 */
export function themeFor(
	environment: Environment,
	{ theme, colours }: ThemeOptions = { theme: 'auto', colours: {} },
	background: Background | null = backgroundHint(environment),
): Theme {
	if (hasNoColours(environment) || theme === 'mono') return plainTheme;
	const depth = depthOf(environment);
	if (theme === 'auto' && background !== 'light') {
		const shades = depth === 4 ? palettesOf16.dark : palettesOf16.terminal;
		return colourTheme('terminal', { ...shades, ...colours }, depth, null);
	}
	const name = paletteName(theme, background ?? 'dark');
	const selection = selections[name.endsWith('light') ? 'light' : 'dark'];
	const palette = (depth === 4 ? palettesOf16 : palettes)[name];
	return colourTheme(name, { ...palette, ...colours }, depth, depth === 4 ? null : selection);
}

function paletteName(theme: Exclude<ThemeChoice, 'mono'>, background: Background): keyof typeof palettes {
	return theme === 'auto' ? background : theme === 'colour-blind' ? (`colour-blind ${background}` as const) : theme;
}

/** Terminals without 256 colours: the Linux and FreeBSD consoles, and older ones by their TERM (terminfo). */
function depthOf({ COLORTERM, TERM }: Environment): ColourDepth {
	if (/^(truecolor|24bit)$/i.test(COLORTERM ?? '')) return 24;
	return /^(linux|ansi|cons25|vt\d+|pcansi|.*-16color)/.test(TERM ?? '') ? 4 : 8;
}

/**
 * Some terminals publish the numbers of their colours: COLORFGBG is `foreground;background`, with more between (rxvt).
 */
export function backgroundHint({ COLORFGBG }: Environment): Background | null {
	const background = /;(\d+)$/.exec(COLORFGBG ?? '')?.[1];
	if (background === undefined) return null;
	return background === '7' || background === '15' ? 'light' : 'dark';
}
