import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { cleanText } from '../model/clean-text.ts';

/** Lines that are kept: enough to see what is going on, and no more than that whatever a library prints. */
const lineLimit = 20;
const lineLength = 500;

export type StrayOutput = {
	/** What was to be written up to now, each line once. */
	readonly lines: () => readonly string[];
	/** Lets everything write again. */
	readonly release: () => void;
};

/**
 * Keeps everything but the screen itself from the terminal: Node's warnings, `console`, the standard error. Only what
 * native code writes past Node gets through.
 */
export function holdStrayOutput(onLine: (line: string) => void): StrayOutput {
	const lines: string[] = [];
	const take = (text: string) => {
		for (const row of stripVTControlCharacters(text).split('\n')) {
			const line = cleanText(row).trim().slice(0, lineLength);
			if (line === '' || lines.includes(line) || lines.length >= lineLimit) continue;
			lines.push(line);
			onLine(line);
		}
	};

	// Node's own listener writes to the terminal by itself.
	const warned = process.listeners('warning');
	const onWarning = ({ name, message }: Error) => {
		// Of no use to anybody but the authors of the packages.
		if (name !== 'DeprecationWarning' && name !== 'ExperimentalWarning') take(`Node.js warns: ${message}`);
	};
	process.removeAllListeners('warning');
	process.on('warning', onWarning);

	const sink = new PassThrough();
	sink.on('data', (chunk: unknown) => take(String(chunk)));
	const held = new console.Console(sink, sink);
	const before = { ...console };
	Object.assign(console, Object.fromEntries(consoleMethods.map(name => [name, held[name].bind(held)])));

	const { stderr } = process;
	const write = stderr.write;
	stderr.write = (chunk: string | Uint8Array, ...others: unknown[]): boolean => {
		take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
		const done = others.findLast(one => typeof one === 'function');
		if (done) queueMicrotask(() => done());
		return true;
	};

	return {
		lines: () => lines,
		release() {
			process.off('warning', onWarning);
			for (const listener of warned) process.on('warning', listener);
			Object.assign(console, before);
			stderr.write = write;
		},
	};
}

const consoleMethods = [
	'assert',
	'count',
	'countReset',
	'debug',
	'dir',
	'dirxml',
	'error',
	'group',
	'groupCollapsed',
	'groupEnd',
	'info',
	'log',
	'table',
	'timeEnd',
	'timeLog',
	'trace',
	'warn',
] as const;
