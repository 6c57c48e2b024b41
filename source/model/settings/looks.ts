/** Choices for the appearance: names that the configuration and the screen share. */

export const symbolChoices = ['auto', 'unicode', 'narrow', 'ascii'] as const;
export type SymbolChoice = (typeof symbolChoices)[number];

export const themeChoices = ['auto', 'dark', 'light', 'colour-blind', 'mono'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

/** Meanings that have a colour of their own, and when each is used. */
export const tones = {
	good: 'healthy, success',
	active: 'running, needs attention',
	bad: 'failed, unhealthy',
	waiting: 'queued, scheduled, not started',
	warning: 'up for retry, upstream failed, paused',
	odd: 'skipped, deferred, charts',
	muted: 'borders, headings, minor details',
	accent: 'the focused pane, keys',
} as const;
export type ToneName = keyof typeof tones;

/** The sixteen colours that every terminal has, in the order of their numbers. */
export const colourNames = [
	...(['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const),
	...([
		'grey',
		'bright-red',
		'bright-green',
		'bright-yellow',
		'bright-blue',
		'bright-magenta',
		'bright-cyan',
		'bright-white',
	] as const),
] as const;

/** A name, a number of the 256 colours, or `#rrggbb`. */
export type Colour = string | number;
