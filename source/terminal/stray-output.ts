import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { cleanText } from '../model/text/clean-text.ts';

/** Maximum number of kept lines: enough to see the problem, whatever a library prints. */
const lineLimit = 20;
const lineLength = 500;

export type StrayOutput = {
	/** The lines so far, each once. */
	readonly lines: () => readonly string[];
	/** Restores the normal output. */
	readonly release: () => void;
};

/**
 * Keeps other output from the terminal while the screen is open: Node's warnings, `console`, standard error. Only output of
 * native code gets through.
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

	// Node's own listener writes to the terminal directly.
	const warned = process.listeners('warning');
	const onWarning = ({ name, message }: Error) => {
		// Only useful to the authors of packages.
		if (name !== 'DeprecationWarning' && name !== 'ExperimentalWarning') take(`Node.js: ${message}`);
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
