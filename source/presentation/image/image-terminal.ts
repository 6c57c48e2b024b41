import type { ImageChoice } from '../../model/settings/images.ts';
import type { ImageProtocol } from './protocols.ts';
import { type CellSize, usualCell } from './scale.ts';

/** How a terminal shows images: as files, as coloured cells, or not at all. */
export type ImageTerminal = {
	readonly shows: ImageProtocol | 'blocks' | 'none';
	readonly cell: CellSize;
};

/** Writes a question to the terminal; resolves with what it answered, '' if nothing came in time. */
export type AskTerminal = (question: string) => Promise<string>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Asks for Kitty's protocol with an image of one pixel (Kitty: "Querying support"). Some old terminals draw it as text. */
const kittyQuery = '\u001B_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u001B\\';
/** Size of a cell (xterm, `CSI 16 t`). */
const cellQuery = '\u001B[16t';
/** Device attributes: every terminal answers, and answers in order, so nothing follows this answer. */
const attributesQuery = '\u001B[c';

/** Whether the question has the part that some old terminals draw as text. */
export const isKittyAsked = (question: string): boolean => question.includes(kittyQuery);

/** Whether the answer is complete: the device attributes are the last of it. */
export const isAnswered = (answer: string): boolean => /\u001B\[\?[\d;]*c/.test(answer);

/**
 * How this terminal shows images. Its environment decides where it is known; otherwise the terminal is asked, which
 * terminals without images answer too. tmux and screen do not pass images on.
 */
export async function imageTerminal(
	choice: ImageChoice,
	environment: Environment,
	hasColours: boolean,
	ask: AskTerminal,
): Promise<ImageTerminal> {
	const blocks = hasColours ? 'blocks' : 'none';
	if (choice === 'none' || environment.TERM === 'dumb') return { shows: 'none', cell: usualCell };
	if (choice === 'blocks' || (choice === 'auto' && isPlain(environment))) return { shows: blocks, cell: usualCell };
	const known = choice === 'auto' ? knownProtocol(environment) : choice;
	const answer = await ask(`${known === null ? kittyQuery : ''}${cellQuery}${attributesQuery}`);
	return { shows: known ?? answered(answer, environment) ?? blocks, cell: cellOf(answer) };
}

/** Terminals that show no images, or that are inside a program which does not pass them on. */
function isPlain({ TERM = '', TERM_PROGRAM, TMUX, STY, ZELLIJ }: Environment): boolean {
	if (TMUX || STY || ZELLIJ || /^(tmux|screen|linux|vt\d|cons25)/.test(TERM)) return true;
	// It would draw the question as text.
	return TERM_PROGRAM === 'Apple_Terminal';
}

/** Terminals that name themselves. ssh passes `TERM` on, and many clients `LC_TERMINAL`. */
function knownProtocol({ TERM, TERM_PROGRAM, LC_TERMINAL, KITTY_WINDOW_ID }: Environment): ImageProtocol | null {
	if (TERM === 'xterm-kitty' || TERM === 'xterm-ghostty' || TERM_PROGRAM === 'ghostty' || KITTY_WINDOW_ID)
		return 'kitty';
	const named = [TERM_PROGRAM, LC_TERMINAL];
	return ['iTerm.app', 'iTerm2', 'WezTerm', 'mintty', 'rio'].some(one => named.includes(one)) ? 'iterm2' : null;
}

function answered(answer: string, { TERM_PROGRAM }: Environment): ImageProtocol | null {
	if (/\u001B_Gi=31;OK/.test(answer)) return 'kitty';
	// The terminal of VS Code shows iTerm2's images where it shows Sixel (attribute 4), which is a setting.
	const attributes = /\u001B\[\?([\d;]*)c/.exec(answer)?.[1]?.split(';') ?? [];
	return TERM_PROGRAM === 'vscode' && attributes.includes('4') ? 'iterm2' : null;
}

/** `CSI 6 ; height ; width t`; a size that no font has counts as none. */
function cellOf(answer: string): CellSize {
	const [height = 0, width = 0] = /\u001B\[6;(\d{1,3});(\d{1,3})t/.exec(answer)?.slice(1).map(Number) ?? [];
	return width >= 2 && height >= 4 ? { width, height } : usualCell;
}
