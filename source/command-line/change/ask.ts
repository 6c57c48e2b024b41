import { createInterface } from 'node:readline';
import { readingMs } from '../../operations/plan/answer-gate.ts';
import type { Writer } from '../../words/write.ts';
import type { Io } from '../context/io.ts';

/** Whether a person can read the question and answer it. */
export function canAsk({ stdin, stderr }: Pick<Io, 'stdin' | 'stderr'>): boolean {
	return stdin.isTTY === true && stderr.isTTY === true;
}

type AskIo = Pick<Io, 'stdin' | 'stderr' | 'clock'>;

/**
 * Asks for one line; null at the end of the input or after the signal. Anything typed before the question could be read is
 * dropped; if it ended a line, the question is asked again.
 */
export async function ask(io: AskIo, question: string, text: Writer, signal: AbortSignal): Promise<string | null> {
	if (!(await dropTypedAhead(io, signal))) return null;
	io.stderr.write(question);
	return new Promise(resolve => {
		// The terminal keeps its mode: it echoes, and Ctrl-C is a signal.
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
			const ignored = text([
				'ignored an answer that was typed before the question could be read',
				'질문이 표시되기 전에 입력한 답을 무시했습니다',
			]);
			io.stderr.write(`laketop: ${ignored}\n${question}`);
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

/** A terminal hands over earlier input within a turn of the event loop; this covers several, ms. */
const drainMs = 30;
const ctrlC = '\u0003';

/**
 * Discards input typed before the question, including the start of a line, which a terminal in cooked mode holds back.
 * False if it held Ctrl-C.
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
