import { createInterface } from 'node:readline';
import type { Io } from './io.ts';

/** True where somebody sits in front of it: can read the question, and answer. */
export function canAsk({ stdin, stderr }: Pick<Io, 'stdin' | 'stderr'>): boolean {
	return stdin.isTTY === true && stderr.isTTY === true;
}

/** Asks for one line; null where there is none: the end of the input, or the signal. */
export function ask(io: Pick<Io, 'stdin' | 'stderr'>, question: string, signal: AbortSignal): Promise<string | null> {
	io.stderr.write(question);
	return new Promise(resolve => {
		// The terminal stays as it is: it echoes, and Ctrl-C is a signal.
		const lines = createInterface({ input: io.stdin, terminal: false });
		let hasAnswer = false;
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
		lines.once('line', line => done(line.trim()));
		lines.once('close', () => {
			// The end of the input leaves the cursor behind the question.
			if (!hasAnswer) io.stderr.write('\n');
			done(null);
		});
		signal.addEventListener('abort', interrupted, { once: true });
		if (signal.aborted) interrupted();
	});
}
