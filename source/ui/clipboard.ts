import { cutBytes } from '../model/text/cut-bytes.ts';
import type { Writer } from '../words/write.ts';

export type Copy = {
	/** The text sent; of a long text only the first lines that fit. */
	readonly text: string;
	readonly isWhole: boolean;
};

/**
 * Bytes of text in one OSC 52 sequence. Terminals and multiplexers with a limit accept at least a sequence of 100,000
 * bytes (hterm's osc52.sh; also the limit of vim's and Neovim's plugins). tmux drops sequences longer than its input
 * buffer, and Base64 whose length is no multiple of four.
 */
export const clipboardBytes = 74_994;

/** GNU screen passes on device control strings of at most 256 bytes in older versions, 768 in newer ones. */
const screenChunk = 240;

export function copyOf(text: string): Copy {
	const cut = cutBytes(text, clipboardBytes);
	if (cut === text) return { text, isWhole: true };
	const end = cut.lastIndexOf('\n');
	return { text: end > 0 ? cut.slice(0, end) : cut, isWhole: false };
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The sequence that copies a text to the terminal's clipboard (OSC 52, xterm's control sequences). tmux accepts it
 * unchanged with `set-clipboard on`; GNU screen does not know it and passes it in pieces to the terminal around it.
 */
export function clipboardSequence(text: string, { TMUX, STY }: Environment): string {
	const sequence = `\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`;
	if (TMUX || !STY) return sequence;
	const pieces = sequence.match(new RegExp(`.{1,${screenChunk}}`, 'gs')) ?? [];
	return pieces.map(piece => `\u001BP${piece}\u001B\\`).join('');
}

/** `Copied DAG run id: manual__…`, or the number of lines if there are several; and how much was left out. */
export function copiedWords(what: string, text: string, { text: sent, isWhole }: Copy, say: Writer): string {
	const count = (of: string) => of.replace(/\n$/, '').split('\n').length;
	const lines = count(text);
	if (isWhole && lines > 1) return say(['Copied {what} ({lines} lines)', '{what} 복사됨 ({lines}줄)'], { what, lines });
	if (isWhole) return say(['Copied {what}: {text}', '{what} 복사됨: {text}'], { what, text: text.replace(/\n$/, '') });
	const limit = `${Math.floor(clipboardBytes / 1024)} KiB`;
	return lines > 1
		? say(
				[
					'Copied only {sent} of {lines} lines: the terminal clipboard takes at most {limit}',
					'{lines}줄 중 {sent}줄만 복사됨: 터미널 클립보드의 한도는 {limit}',
				],
				{ sent: count(sent), lines, limit },
			)
		: say(
				[
					'Copied only {limit} of {what}: the terminal clipboard takes no more',
					'{what} 중 {limit}만 복사됨: 터미널 클립보드의 한도',
				],
				{ what, limit },
			);
}
