import type { Config } from '../../config/schema.ts';
import type { SymbolChoice } from '../../model/settings/looks.ts';
import { type Glyphs, glyphSets } from '../../presentation/glyphs.ts';
import { type Theme, themeFor } from '../../presentation/theme.ts';
import type { Language } from '../../words/language.ts';
import { type Writer, writer } from '../../words/write.ts';
import type { Io, Output } from '../context/io.ts';

/** How output is written: for people at a terminal, or plain, for pipes and files. */
export type Style = {
	readonly isTerminal: boolean;
	readonly glyphs: Glyphs;
	readonly theme: Theme;
	/** Cells of a row; infinite without a terminal. */
	readonly columns: number;
	readonly language: Language;
	/** Writes a text in that language. */
	readonly say: Writer;
};

type Appearance = Pick<Config, 'symbols' | 'theme' | 'colours' | 'language'>;

const noTheme: Theme = { name: 'none', sgr: () => '' };

/** No symbols, borders or colours. */
export function plainStyle(language: Language): Style {
	return {
		isTerminal: false,
		glyphs: glyphSets.unicode,
		theme: noTheme,
		columns: Number.POSITIVE_INFINITY,
		language,
		say: writer(language),
	};
}

/**
 * The style for this output. Only under Korean, Japanese and Chinese locales is it in doubt how wide the terminal draws;
 * only then is it asked, because asking takes over the input for a moment.
 */
export async function styleFor(out: Output, io: Io, appearance: Appearance): Promise<Style> {
	if (!out.isTerminal) return plainStyle(appearance.language);
	return {
		isTerminal: true,
		glyphs: await glyphsFor(io, appearance.symbols),
		theme: themeFor(io.environment, appearance),
		columns: out.columns,
		language: appearance.language,
		say: writer(appearance.language),
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
	const { chooseGlyphs } = await import('../../presentation/probe-terminal.ts');
	return chooseGlyphs(symbols, io.environment, process.stdin, process.stdout);
}
