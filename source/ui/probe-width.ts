import type { ReadStream, WriteStream } from 'node:tty';
import type { SymbolChoice } from '../config/schema.ts';
import { type Glyphs, glyphSets } from './glyphs.ts';

/** A terminal far away may take so long to answer; one that never does is taken for an ordinary one. */
const answerTimeoutMs = 400;

/**
 * Finds the drawing characters that this terminal draws in one cell: writes one of ambiguous width and asks where the
 * cursor is (DSR, `CSI 6 n`). Without UTF-8 in the locale nothing but ASCII is drawn.
 */
export async function chooseGlyphs(
	choice: SymbolChoice,
	environment: Readonly<Record<string, string | undefined>>,
	stdin: ReadStream,
	stdout: WriteStream,
): Promise<Glyphs> {
	if (choice !== 'auto') return glyphSets[choice];
	const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
	if (!/utf-?8/i.test(locale)) return glyphSets.ascii;
	if (environment.TERM === 'dumb' || environment.TERM === 'linux') return glyphSets.ascii;
	const column = await cursorColumnAfter('─', stdin, stdout);
	return column !== null && column > 2 ? glyphSets.narrow : glyphSets.unicode;
}

/** Column (from 1) of the cursor after the text was written at the start of a line; the text is erased again. */
function cursorColumnAfter(text: string, stdin: ReadStream, stdout: WriteStream): Promise<number | null> {
	return new Promise(resolve => {
		let answer = '';
		const wasRaw = stdin.isRaw;
		const done = (column: number | null) => {
			clearTimeout(timer);
			stdin.off('data', listen);
			stdin.pause();
			stdin.setRawMode(wasRaw);
			resolve(column);
		};
		const listen = (bytes: Buffer | string) => {
			answer += String(bytes);
			const report = /\u001B\[\d+;(\d+)R/.exec(answer);
			if (report) done(Number(report[1]));
		};
		const timer = setTimeout(() => done(null), answerTimeoutMs);
		stdin.setRawMode(true);
		stdin.on('data', listen);
		stdin.resume();
		stdout.write(`\r${text}\u001B[6n\r\u001B[K`);
	});
}
