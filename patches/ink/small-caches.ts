import { type Patch, replaceOnce } from '../patch.ts';

const change = (source: string) =>
	replaceOnce(source, 'new QuickLRU({ maxSize: 4096 })', 'new QuickLRU({ maxSize: 32 })');

export const smallCaches: Patch = {
	file: 'ink/small-caches.ts',
	package: 'ink',
	version: '8.0.0',
	reason:
		'Ink keeps the size and the line breaks of the last 8192 texts. A pane is one text that changes with each line of a log: nearly all of them are never drawn again.',
	figure: 'saves 100 MB of memory under a busy log',
	upstream: 'https://github.com/vadimdemedes/ink/issues/986',
	edits: [
		{ file: 'build/measure-text.js', change },
		{ file: 'build/wrap-text.js', change },
	],
};
