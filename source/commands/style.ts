import type { Config } from '../config/schema.ts';
import type { SymbolChoice } from '../model/looks.ts';
import { type Glyphs, glyphSets } from '../presentation/glyphs.ts';
import { type Theme, themeFor } from '../presentation/theme.ts';
import type { Io, Output } from './io.ts';

/** How output looks: for people at a terminal, or plain, for pipes and files. */
export type Style = {
	readonly isTerminal: boolean;
	readonly glyphs: Glyphs;
	readonly theme: Theme;
	/** Cells of a row; endless where there is no terminal. */
	readonly columns: number;
};

/** What the user wants to see. */
type Looks = Pick<Config, 'symbols' | 'theme' | 'colours'>;

const noTheme: Theme = { name: 'none', sgr: () => '' };

/** No symbols, borders or colours: words in columns. */
function plainStyle(): Style {
	return { isTerminal: false, glyphs: glyphSets.unicode, theme: noTheme, columns: Number.POSITIVE_INFINITY };
}

/**
 * The style for this output. The terminal is asked how wide it draws only where that is in doubt, which is under Korean,
 * Japanese and Chinese locales: it takes the input for a moment.
 */
export async function styleFor(out: Output, io: Io, looks: Looks): Promise<Style> {
	if (!out.isTerminal) return plainStyle();
	return {
		isTerminal: true,
		glyphs: await glyphsFor(io, looks.symbols),
		theme: themeFor(io.environment, looks),
		columns: out.columns,
	};
}

async function glyphsFor(io: Io, symbols: SymbolChoice): Promise<Glyphs> {
	if (symbols !== 'auto') return glyphSets[symbols];
	const { LC_ALL, LC_CTYPE, LANG, TERM } = io.environment;
	const locale = LC_ALL || LC_CTYPE || LANG || '';
	if (!/utf-?8/i.test(locale) || TERM === 'dumb' || TERM === 'linux') return glyphSets.ascii;
	if (!/^(ko|ja|zh)/i.test(locale) || io.stdin !== process.stdin || io.stdout !== process.stdout)
		return glyphSets.unicode;
	if (!process.stdin.isTTY) return glyphSets.unicode;
	const { chooseGlyphs } = await import('../presentation/probe-terminal.ts');
	return chooseGlyphs(symbols, io.environment, process.stdin, process.stdout);
}
