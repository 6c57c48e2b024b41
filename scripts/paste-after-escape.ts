/**
 * Ink 8 takes an Esc that arrives together with a paste (`ESC ESC [ 200 ~`, one read on a line that stalled) for one
 * unknown key, and the pasted text for keys. A paste must never press keys: the Esc is taken by itself.
 */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const place = 'if (next === escape) {';
const mended = `if (next === escape && input.startsWith(pasteStart, escapeIndex + 1)) {
        return { sequence: escape, nextIndex: escapeIndex + 1 };
    }
    ${place}`;

/** Throws when Ink's parser is no longer what this was written for. */
export function mendParser(source: string): string {
	if (source.split(place).length !== 2)
		throw new Error('ink/build/input-parser.js has changed: see paste-after-escape.ts');
	return source.replace(place, mended);
}

export const pasteAfterEscape: Plugin = {
	name: 'paste-after-escape',
	setup(build) {
		build.onLoad({ filter: /ink[\\/]build[\\/]input-parser\.js$/ }, async ({ path }) => ({
			contents: mendParser(await readFile(path, 'utf8')),
		}));
	},
};
