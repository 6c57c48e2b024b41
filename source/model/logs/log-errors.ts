import { maskText } from '../secrets/secrets.ts';
import { lineHead } from './log-format.ts';

/** The errors in a log. */
export type LogErrors = {
	readonly count: number;
	/** The messages of the last ones, oldest first, without secrets. */
	readonly last: readonly string[];
};

/** More are a page of their own: the log. */
const errorsKept = 5;
const messageLimit = 500;

/**
 * Lines of level ERROR or worse, and the exception at the end of each traceback. Repeated messages count, but are kept
 * once. Pure.
 * @param log cleaned lines
 */
export function errorsIn(log: string): LogErrors {
	const last: string[] = [];
	let count = 0;
	let isInTraceback = false;
	const add = (message: string) => {
		count++;
		// Cut after masking too: a secret that was cut first may no longer look like one.
		const text = maskText(message.trim().slice(0, 2 * messageLimit)).slice(0, messageLimit);
		if (text === '' || last.at(-1) === text) return;
		last.push(text);
		if (last.length > errorsKept) last.shift();
	};
	for (const line of log.split('\n')) {
		if (line.includes('Traceback (most recent call last)')) {
			isInTraceback = true;
			continue;
		}
		const head = lineHead(line);
		if (head?.level === 'error') add(line.slice(head.body));
		// Frames are indented; the exception is the first line after them that is not.
		else if (isInTraceback && head === null && /^\S/.test(line)) add(line);
		else continue;
		isInTraceback = false;
	}
	return { count, last };
}
