import { type Patch, replaceOnce } from '../patch.ts';

const change = (source: string) =>
	replaceOnce(source, 'new QuickLRU({ maxSize: 4096 })', 'new QuickLRU({ maxSize: 32 })');

export const smallCaches: Patch = {
	file: 'ink/small-caches.ts',
	package: 'ink',
	version: '8.0.0',
	reason:
		'Ink keeps the size and the line breaks of the last 8192 texts. Under a log most of them are rows that are never drawn again.',
	figure:
		'saves 7 to 13 MB of memory after seven minutes of 5,000 lines a second, and costs no CPU (with it 100 and 106 MB, without it 113 MB; 4.7 % of a core in both)',
	upstream: 'https://github.com/vadimdemedes/ink/issues/986',
	edits: [
		{ file: 'build/measure-text.js', change },
		{ file: 'build/wrap-text.js', change },
	],
};
