import type { SymbolChoice } from '../model/looks.ts';
import { rgbOfHex } from './colour.ts';
import { type Glyphs, glyphSets } from './glyphs.ts';
import { type Background, backgroundHint, hasNoColours, type Theme, type ThemeOptions, themeFor } from './theme.ts';

/** A terminal far away may take so long to answer; one that never does is taken for an ordinary one. */
const answerTimeoutMs = 1000;

/** Of a `tty.ReadStream`. */
export type TerminalInput = {
	readonly isRaw: boolean;
	setRawMode(isRaw: boolean): unknown;
	on(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
	off(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
	pause(): unknown;
	resume(): unknown;
};
/** Of a `tty.WriteStream`. */
export type TerminalOutput = { write(text: string): unknown };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds the drawing characters that this terminal draws in one cell: writes one of ambiguous width and asks where the
 * cursor is. Without UTF-8 in the locale nothing but ASCII is drawn.
 */
export async function chooseGlyphs(
	choice: SymbolChoice,
	environment: Environment,
	stdin: TerminalInput,
	stdout: TerminalOutput,
): Promise<Glyphs> {
	const known = knownGlyphs(choice, environment);
	if (known) return known;
	return glyphsAt((await ask({ width: true, background: false }, stdin, stdout)).column);
}

/** The drawing characters and the colours for this terminal, which is asked for both at once. */
export async function chooseAppearance(
	options: ThemeOptions & { readonly symbols: SymbolChoice },
	environment: Environment,
	stdin: TerminalInput,
	stdout: TerminalOutput,
): Promise<{ readonly glyphs: Glyphs; readonly theme: Theme }> {
	const glyphs = knownGlyphs(options.symbols, environment);
	const background = wantsBackground(options, environment);
	const answer = glyphs && !background ? null : await ask({ width: !glyphs, background }, stdin, stdout);
	return {
		glyphs: glyphs ?? glyphsAt(answer?.column ?? null),
		theme: themeFor(environment, options, answer?.background ?? backgroundHint(environment)),
	};
}

function knownGlyphs(choice: SymbolChoice, environment: Environment): Glyphs | null {
	if (choice !== 'auto') return glyphSets[choice];
	const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
	if (!/utf-?8/i.test(locale)) return glyphSets.ascii;
	return environment.TERM === 'dumb' || environment.TERM === 'linux' ? glyphSets.ascii : null;
}

function glyphsAt(column: number | null): Glyphs {
	return column !== null && column > 2 ? glyphSets.narrow : glyphSets.unicode;
}

/**
 * Whether to ask for the background: where the theme depends on it, and the terminal answers in order. The Linux console
 * does not know the question; GNU screen may hand it on to the terminal around it, whose answer comes when it likes.
 */
function wantsBackground({ theme }: ThemeOptions, environment: Environment): boolean {
	if (hasNoColours(environment) || (theme !== 'auto' && theme !== 'colour-blind')) return false;
	const term = environment.TERM ?? '';
	return term !== 'linux' && (!term.startsWith('screen') || Boolean(environment.TMUX));
}

type Answer = {
	/** Column (from 1) of the cursor after a character of ambiguous width at the start of a line. */
	readonly column: number | null;
	readonly background: Background | null;
};

/**
 * Asks the terminal, and erases what was drawn. The last question is where the cursor is (DSR, `CSI 6 n`), which every
 * terminal answers: what has not been answered by then (OSC 11, the background's colour) never is, and nothing is left
 * over to be taken for keys.
 */
function ask(
	what: { readonly width: boolean; readonly background: boolean },
	stdin: TerminalInput,
	stdout: TerminalOutput,
): Promise<Answer> {
	return new Promise(resolve => {
		let bytes = '';
		const wasRaw = stdin.isRaw;
		const done = (column: number | null) => {
			clearTimeout(timer);
			stdin.off('data', listen);
			stdin.pause();
			stdin.setRawMode(wasRaw);
			resolve({ column, background: backgroundOf(bytes) });
		};
		const listen = (chunk: Buffer | string) => {
			bytes += String(chunk);
			const report = /\u001B\[\d+;(\d+)R/.exec(bytes);
			if (report) done(Number(report[1]));
		};
		const timer = setTimeout(() => done(null), answerTimeoutMs);
		stdin.setRawMode(true);
		stdin.on('data', listen);
		stdin.resume();
		// First what a terminal that does not know it might draw: the rest is drawn over it.
		stdout.write(`${what.background ? '\u001B]11;?\u001B\\' : ''}\r${what.width ? '─' : ''}\u001B[6n\r\u001B[K`);
	});
}

/** The answer to OSC 11 is an XParseColor specification: `rgb:` and one to four hexadecimal digits a channel. */
export function backgroundOf(bytes: string): Background | null {
	const specification = /\u001B\]11;([^\u0007\u001B]*)(?:\u0007|\u001B\\)/.exec(bytes)?.[1] ?? '';
	const channels = /^rgba?:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})/i.exec(specification)?.slice(1);
	const rgb = channels
		? channels.map(digits => (Number.parseInt(digits, 16) / (16 ** digits.length - 1)) * 255)
		: /^#[0-9a-f]{6}$/i.test(specification)
			? [...rgbOfHex(specification)]
			: null;
	if (!rgb) return null;
	const [red = 0, green = 0, blue = 0] = rgb;
	// Perceived brightness (ITU-R BT.601).
	return 0.299 * red + 0.587 * green + 0.114 * blue > 127 ? 'light' : 'dark';
}
