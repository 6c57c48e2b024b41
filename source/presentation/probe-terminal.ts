import type { SymbolChoice } from '../model/settings/looks.ts';
import { rgbOfHex } from './colour.ts';
import { type Glyphs, glyphSets } from './glyphs.ts';
import { type Background, backgroundHint, hasNoColours, type Theme, type ThemeOptions, themeFor } from './theme.ts';

/** A distant terminal may take this long to respond, ms; one that never responds is treated as an ordinary terminal. */
const answerTimeoutMs = 1000;

/** A subset of `tty.ReadStream`. */
export type TerminalInput = {
	readonly isRaw: boolean;
	setRawMode(isRaw: boolean): unknown;
	on(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
	off(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
	pause(): unknown;
	resume(): unknown;
};
/** A subset of `tty.WriteStream`. */
export type TerminalOutput = { write(text: string): unknown };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds the drawing characters that this terminal draws in one cell: writes one of ambiguous width and requests the
 * cursor position. Without UTF-8 in the locale only ASCII is drawn.
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

/** Drawing characters and colours for this terminal, by one query for both. */
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
 * Whether to query the background: only if the theme depends on it and the terminal responds in order. The Linux
 * console does not know the query; GNU screen may pass it on to the terminal around it, whose response comes at any
 * time.
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
 * Queries the terminal, and erases what was drawn for it. The last query is the cursor position (DSR, `CSI 6 n`), which
 * every terminal reports: a query without a response by then (OSC 11, the background colour) is not supported, and no
 * response is left to be read as keys.
 */
function ask(
	what: { readonly width: boolean; readonly background: boolean },
	stdin: TerminalInput,
	stdout: TerminalOutput,
): Promise<Answer> {
	// First the sequences that an ignorant terminal might draw; the rest is drawn over them.
	const question = `${what.background ? '\u001B]11;?\u001B\\' : ''}\r${what.width ? '─' : ''}\u001B[6n\r\u001B[K`;
	const report = /\u001B\[\d+;(\d+)R/;
	return askTerminal(question, answer => report.test(answer), stdin, stdout).then(answer => {
		const column = report.exec(answer)?.[1];
		return { column: column === undefined ? null : Number(column), background: backgroundOf(answer) };
	});
}

/** Writes a question, and resolves with the answer once it is complete, or with what came in a second. */
export function askTerminal(
	question: string,
	isComplete: (answer: string) => boolean,
	stdin: TerminalInput,
	stdout: TerminalOutput,
): Promise<string> {
	return new Promise(resolve => {
		let answer = '';
		const wasRaw = stdin.isRaw;
		const done = () => {
			clearTimeout(timer);
			stdin.off('data', listen);
			stdin.pause();
			stdin.setRawMode(wasRaw);
			resolve(answer);
		};
		const listen = (chunk: Buffer | string) => {
			answer += String(chunk);
			if (isComplete(answer)) done();
		};
		const timer = setTimeout(done, answerTimeoutMs);
		stdin.setRawMode(true);
		stdin.on('data', listen);
		stdin.resume();
		stdout.write(question);
	});
}

/** The response to OSC 11 is an XParseColor specification: `rgb:` and one to four hexadecimal digits a channel. */
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
