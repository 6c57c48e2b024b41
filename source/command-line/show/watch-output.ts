import type { Writer } from '../../words/write.ts';
import type { CommandContext } from '../context/context.ts';

export type Watching = {
	readonly text: () => Promise<{ text: string; exitCode: number }>;
	/** Text for an error; rethrows one that ends the command. */
	readonly problem: (error: unknown, isFirst: boolean) => string;
	readonly intervalMs: number;
};

/**
 * Prints repeatedly until the signal is aborted. On a terminal in place: the cursor moves up and the rows below are
 * erased, so that the scrollback above stays intact.
 */
export async function watchOutput(
	{ out, signal, io, given, text: say }: CommandContext,
	{ text, problem, intervalMs }: Watching,
): Promise<number> {
	const inPlace = out.isTerminal && !given.is('json');
	let rowsBefore = 0;
	let exitCode = 0;
	let isFirst = true;
	out.watchReader();
	if (inPlace) await out.write(cursor.hide);
	try {
		while (!signal.aborted) {
			let now: string;
			try {
				({ text: now, exitCode } = await text());
			} catch (error) {
				if (signal.aborted) break;
				now = problem(error, isFirst);
			}
			if (inPlace) {
				const rows = fitting(now, out.rows - 1, say);
				await out.write(
					`${rowsBefore > 0 ? cursor.up(rowsBefore) : ''}${cursor.eraseBelow}${rows.map(row => `${row}\n`).join('')}`,
				);
				rowsBefore = rows.length;
			} else {
				await out.write(`${isFirst || given.is('json') ? '' : '\n'}${now}`);
			}
			isFirst = false;
			await io.clock.sleep(intervalMs, signal);
		}
	} finally {
		if (inPlace && !out.closed.aborted) await out.write(cursor.show);
	}
	return exitCode;
}

/** Output higher than the terminal could not be redrawn in place. */
function fitting(text: string, rows: number, say: Writer): string[] {
	const all = text.replace(/\n$/, '').split('\n');
	if (all.length <= rows) return all;
	const hidden = say(['({count} more {count|row|rows})', '({count}행 더 있음)'], { count: all.length - rows + 1 });
	return [...all.slice(0, Math.max(0, rows - 1)), hidden];
}

const cursor = {
	hide: '\u001B[?25l',
	show: '\u001B[?25h',
	up: (rows: number) => `\r\u001B[${rows}A`,
	eraseBelow: '\u001B[J',
};
