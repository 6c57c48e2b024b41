/**
 * Ink writes a changed line again from its first changed cell, and a move for each line that stays. With
 * `patches/ink/cell-update.ts` only the changed cells are written: a quarter of the bytes on the line of an operator.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { root } from '../../scripts/root.ts';

const ours = JSON.stringify(join(root, 'patches/ink/cell-update.ts'));
const linePlace = 'export default function lineUpdate(previous, next, columns) {';
const writePlace = "stream.write(buffer.join(''));";

/** Throws when Ink's line-update.js is no longer what this was written for. */
export function mendLineUpdate(source: string): string {
	if (source.split(linePlace).length !== 2)
		throw new Error("ink/build's line-update.js has changed: see patches/ink/changed-cells.ts");
	return [
		`import { cellUpdate } from ${ours};`,
		source.replace(linePlace, 'function inksLineUpdate(previous, next, columns) {'),
		'export default function lineUpdate(previous, next, columns) {',
		'	return (columns >= 1 ? cellUpdate(previous, next, columns) : null) ?? inksLineUpdate(previous, next, columns);',
		'}',
	].join('\n');
}

/** Throws when Ink's log-update.js is no longer what this was written for. */
export function mendLogUpdate(source: string): string {
	if (source.split(writePlace).length !== 2)
		throw new Error("ink/build's log-update.js has changed: see patches/ink/changed-cells.ts");
	return `import { joinMoves } from ${ours};\n${source.replace(writePlace, "stream.write(joinMoves(buffer.join('')));")}`;
}

export const cellUpdates: Plugin = {
	name: 'cell-update',
	setup(build) {
		build.onLoad({ filter: /ink[\\/]build[\\/]line-update\.js$/ }, async ({ path }) => ({
			contents: mendLineUpdate(await readFile(path, 'utf8')),
		}));
		build.onLoad({ filter: /ink[\\/]build[\\/]log-update\.js$/ }, async ({ path }) => ({
			contents: mendLogUpdate(await readFile(path, 'utf8')),
		}));
	},
};
