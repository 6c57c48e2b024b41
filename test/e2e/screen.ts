import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { OpenTerminal } from '../terminal/harness.ts';
import { keepAsFound, openLaketop, scratchFolder } from './stack.ts';

/** The screen on the real stack, with frequent steps of the tests. */

export const long = { timeoutMs: 180_000 };
export const clearField = '\u0015';
export const gone = (words: string) => (lines: string[]) => !lines.join('\n').includes(words);

/** Confirms the question that appears, which has to contain these words (short ones: its lines are wrapped). */
export async function yes(term: OpenTerminal, ...words: string[]): Promise<void> {
	await term.waitFor(/y Yes, do it/);
	for (const word of words) expect(term.text()).toContain(word);
	term.write('y');
	await term.waitFor(gone('Yes, do it'));
}

/**
 * Waits until the screen shows the outcome of a change, and closes the progress box, which opens over a change of
 * longer than half a second: only then Esc means the list behind it.
 */
export async function outcome(term: OpenTerminal, words: RegExp): Promise<void> {
	await term.waitFor(words, long);
	if (term.text().includes(progressIsOver)) await close(term, progressIsOver);
}
const progressIsOver = 'Esc closes';

/** Closes what lies over the panes; a key right after Esc would be taken for Alt and that key. */
export async function close(term: OpenTerminal, words: string): Promise<void> {
	term.press('esc');
	await term.waitFor(gone(words));
}

/** Opens screens for the tests of one file; afterwards the stack is restored. Call it at the top of the file. */
export function screenOnStack() {
	const folder = scratchFolder();
	const closing: (() => unknown)[] = [];
	let putBack: () => Promise<void> = async () => undefined;
	beforeAll(async () => {
		putBack = await keepAsFound();
	});
	afterEach(async () => {
		for (const close of closing.splice(0).reverse()) await close();
	});
	afterAll(async () => {
		await putBack();
		folder.remove();
	});

	const allLive = /docker [\d.]+ ✔ +airflow 2\.8\.0 ✔ +mlflow 2\.9\.2 ✔/;
	async function open(
		env: Record<string, string> = {},
		{ cwd = '/', words = [] }: { cwd?: string; words?: readonly string[] } = {},
	): Promise<OpenTerminal> {
		const term = await openLaketop(folder.path, words, { env, cwd });
		closing.push(() => term.dispose());
		await term.waitFor(/1 Services ─ \d/);
		return term;
	}
	async function openLive(env: Record<string, string> = {}): Promise<OpenTerminal> {
		const term = await open(env);
		await term.waitFor(allLive);
		await term.waitFor(/2 Pipeline ─ ml_pipeline_end_to_end ─/);
		return term;
	}
	/** Picks a service by the palette. */
	async function pick(term: OpenTerminal, name: string): Promise<void> {
		term.write(':');
		await term.waitFor(/Run an action or go to/);
		term.write(`${name} service`);
		await term.waitFor(new RegExp(`▸ +${name} `));
		term.press('enter');
		await term.waitFor(gone('Run an action or go to'));
		await term.waitFor(new RegExp(`▸ ${name} `));
	}
	const healthy = (name: string) => new RegExp(`${name} +✔ healthy`);
	return { folder, closing, open, openLive, pick, healthy, allLive };
}
