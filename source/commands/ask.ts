import { createInterface } from 'node:readline';
import { readingMs } from '../operations/answer-gate.ts';
import type { Io } from './io.ts';

/** True where somebody sits in front of it: can read the question, and answer. */
export function canAsk({ stdin, stderr }: Pick<Io, 'stdin' | 'stderr'>): boolean {
	return stdin.isTTY === true && stderr.isTTY === true;
}

type AskIo = Pick<Io, 'stdin' | 'stderr' | 'clock'>;

/**
 * Asks for one line; null where there is none: the end of the input, or the signal. What a person typed before the
 * question could be read is no answer: it is dropped, and the question asked again where that ended a line.
 */
export async function ask(io: AskIo, question: string, signal: AbortSignal): Promise<string | null> {
	if (!(await dropTypedAhead(io, signal))) return null;
	io.stderr.write(question);
	return new Promise(resolve => {
		// The terminal stays as it is: it echoes, and Ctrl-C is a signal.
		const lines = createInterface({ input: io.stdin, terminal: false });
		let canBeRead = io.stdin.isTTY !== true;
		let hasAnswer = false;
		if (!canBeRead) void io.clock.sleep(readingMs, signal).then(() => (canBeRead = true));
		const done = (answer: string | null) => {
			hasAnswer = true;
			signal.removeEventListener('abort', interrupted);
			resolve(answer);
			lines.close();
		};
		const interrupted = () => {
			io.stderr.write('\n');
			done(null);
		};
		lines.on('line', line => {
			if (hasAnswer) return;
			if (canBeRead) return done(line.trim());
			io.stderr.write(`laketop: ignored an answer that was typed before the question could be read\n${question}`);
		});
		lines.once('close', () => {
			// The end of the input leaves the cursor behind the question.
			if (!hasAnswer) io.stderr.write('\n');
			done(null);
		});
		signal.addEventListener('abort', interrupted, { once: true });
		if (signal.aborted) interrupted();
	});
}

/** A terminal hands over what was typed before within a turn of the loop; this is some, ms. */
const drainMs = 30;
const ctrlC = '\u0003';

/**
 * Reads away what was typed before the question: also the beginning of a line, which the terminal holds back in its
 * cooked mode. False where that was Ctrl-C.
 */
async function dropTypedAhead({ stdin, clock }: AskIo, signal: AbortSignal): Promise<boolean> {
	if (stdin.isTTY !== true || !('setRawMode' in stdin) || typeof stdin.setRawMode !== 'function') return true;
	let isInterrupted = false;
	const drop = (chunk: Buffer | string) => {
		isInterrupted ||= String(chunk).includes(ctrlC);
	};
	stdin.setRawMode(true);
	stdin.on('data', drop);
	try {
		await clock.sleep(drainMs, signal);
	} finally {
		stdin.off('data', drop);
		stdin.pause();
		stdin.setRawMode(false);
	}
	return !isInterrupted;
}
