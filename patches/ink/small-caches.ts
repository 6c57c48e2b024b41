/**
 * Ink 8 remembers the size of the last 8192 different texts, and how they were broken. A pane is one text, which changes
 * with each line of a log: that is a hundred megabytes of panes that are never drawn again. A few are enough.
 */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const place = 'new QuickLRU({ maxSize: 4096 })';
const mended = 'new QuickLRU({ maxSize: 32 })';

/** Throws when Ink's caches are no longer what this was written for. */
export function mendCache(source: string): string {
	if (source.split(place).length !== 2)
		throw new Error("ink/build's measure-text.js or wrap-text.js has changed: see patches/ink/small-caches.ts");
	return source.replace(place, mended);
}

export const smallInkCaches: Plugin = {
	name: 'small-ink-caches',
	setup(build) {
		build.onLoad({ filter: /ink[\\/]build[\\/](measure|wrap)-text\.js$/ }, async ({ path }) => ({
			contents: mendCache(await readFile(path, 'utf8')),
		}));
	},
};
