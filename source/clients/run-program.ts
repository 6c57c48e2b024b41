import { spawn } from 'node:child_process';
import { describe } from '../model/failures/described-error.ts';
import { ClientError, systemErrorCode } from '../model/failures/failure.ts';
import { maskText } from '../model/secrets/secrets.ts';
import { cleanText } from '../model/text/clean-text.ts';
import { phrase } from '../words/message.ts';
import { LineSplitter } from './line-splitter.ts';

export type Program = {
	readonly file: string;
	readonly words: readonly string[];
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Lines of standard output and error, cleaned and without secrets. */
	readonly onLine: (line: string) => void;
	/** Standard output as it is, instead of as lines. */
	readonly onOutput?: (part: string) => void;
	readonly input?: string;
};

/** Time for a program to end after SIGINT, ms; then it is killed. */
const patienceMs = 20_000;

/**
 * Runs a program in its own process group, so that a Ctrl-C in the terminal reaches it only once, through laketop.
 * Returns its exit code. Throws ClientError if it cannot be started.
 */
export function runProgram(
	{ file, words, environment, onLine, onOutput, input = '' }: Program,
	signal: AbortSignal,
): Promise<number> {
	return new Promise((resolve, reject) => {
		const child = spawn(file, words, { env: environment, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
		const kill = (name: NodeJS.Signals) => {
			try {
				// The docker program and its plugin are both in the group.
				if (child.pid !== undefined) process.kill(-child.pid, name);
			} catch {
				// It has ended already.
			}
		};
		let impatient: NodeJS.Timeout | undefined;
		const interrupt = () => {
			kill('SIGINT');
			impatient = setTimeout(() => kill('SIGKILL'), patienceMs);
		};
		signal.addEventListener('abort', interrupt, { once: true });
		const done = () => {
			signal.removeEventListener('abort', interrupt);
			clearTimeout(impatient);
		};
		if (onOutput) child.stdout.setEncoding('utf8').on('data', onOutput);
		const inLines = onOutput ? [child.stderr] : [child.stdout, child.stderr];
		const flush = inLines.map(stream => lineReader(stream, onLine));
		// It may end without reading its input.
		child.stdin.on('error', () => undefined);
		child.stdin.end(input);
		child.on('error', error => {
			done();
			const missing = systemErrorCode(error) === 'ENOENT';
			reject(
				new ClientError(
					'unconfigured',
					missing
						? phrase(['{file} is not installed here', '{file}이(가) 설치되어 있지 않습니다'], { file })
						: describe(error),
				),
			);
		});
		child.on('close', (code, killedBy) => {
			done();
			for (const end of flush) end();
			// 128 + the signal's number, as in shells.
			resolve(code ?? (killedBy === 'SIGINT' ? 130 : 137));
		});
	});
}

/** Characters kept of a line; a build's line may be long, and is cut. */
const lineLimit = 64 * 1024;

/** Passes on lines; returns a function that passes on the last one. */
function lineReader(stream: NodeJS.ReadableStream, onLine: (line: string) => void): () => void {
	const splitter = new LineSplitter(lineLimit);
	const say = (line: string) => {
		// Of a line that redraws itself, the last drawing counts.
		const drawn = line.endsWith('\r') ? line.slice(0, -1) : line;
		const text = maskText(cleanText(drawn.slice(drawn.lastIndexOf('\r') + 1))).trim();
		if (text !== '') onLine(text);
	};
	stream.setEncoding('utf8');
	stream.on('data', (text: string) => {
		for (const line of splitter.push(text)) say(line);
	});
	return () => say(splitter.end());
}
