import type { CommandContext } from './context.ts';

export type Watching = {
	readonly text: () => Promise<{ text: string; exitCode: number }>;
	/** What to print for what was thrown; throws it again where nobody foresaw it. */
	readonly problem: (error: unknown) => string;
	readonly intervalMs: number;
};

/**
 * Prints again and again until the signal is given. On a terminal in place: the cursor goes back up and what is below is
 * erased, so that the history above stays as it is. Elsewhere one below the other.
 */
export async function watchOutput(
	{ out, signal, io, given }: CommandContext,
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
				now = problem(error);
			}
			if (inPlace) {
				const rows = fitting(now, out.rows - 1);
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

/** What is higher than the terminal could not be drawn over again. */
function fitting(text: string, rows: number): string[] {
	const all = text.replace(/\n$/, '').split('\n');
	return all.length <= rows ? all : [...all.slice(0, Math.max(0, rows - 1)), `(${all.length - rows + 1} rows more)`];
}

const cursor = {
	hide: '\u001B[?25l',
	show: '\u001B[?25h',
	up: (rows: number) => `\r\u001B[${rows}A`,
	eraseBelow: '\u001B[J',
};
