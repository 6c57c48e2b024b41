import type { Line, Span } from './text.ts';

/** How tones look: SGR parameters of the sixteen colours that every terminal has, in the user's own shades. */
export type Theme = { readonly name: string; readonly sgr: (span: Span) => string };

const toneSgr: Readonly<Record<NonNullable<Span['tone']>, string>> = {
	good: '32',
	active: '33',
	bad: '31',
	waiting: '90',
	warning: '35',
	odd: '36',
	muted: '90',
	plain: '',
	accent: '36',
};

const styles = (span: Span) => [span.bold ? '1' : '', span.inverse ? '7' : ''];

export const colourTheme: Theme = {
	name: 'colour',
	sgr: span => [...styles(span), span.tone ? toneSgr[span.tone] : ''].filter(Boolean).join(';'),
};

/** For NO_COLOR: bold and inverse are no colours. */
export const plainTheme: Theme = { name: 'plain', sgr: span => styles(span).filter(Boolean).join(';') };

/** The line as text with SGR sequences; the only place where laketop writes any. */
export function paint(line: Line, theme: Theme): string {
	let painted = '';
	for (const span of line) {
		const sgr = span.text === '' ? '' : theme.sgr(span);
		painted += sgr === '' ? span.text : `\u001B[${sgr}m${span.text}\u001B[0m`;
	}
	return painted;
}

/** Colour unless NO_COLOR is set to anything (https://no-color.org) or the terminal is a dumb one. */
export function themeFor(environment: Readonly<Record<string, string | undefined>>): Theme {
	return environment.NO_COLOR || environment.TERM === 'dumb' ? plainTheme : colourTheme;
}
