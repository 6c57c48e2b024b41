/**
 * What a frame costs in Ink is mostly that it reads the same texts again: once for control sequences, once for their
 * width, once for the colour of each cell. Here `patches/ink/plain-output.ts` takes the place of its `Output`; a text that
 * is nothing but narrow characters and colours needs no cleaning; and its width is the one that was measured for the
 * layout.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { root } from '../../scripts/root.ts';

const ours = JSON.stringify(join(root, 'patches/ink/plain-output.ts'));
const plainText = JSON.stringify(join(root, 'patches/string-width/narrow-width.ts'));
const widthPlace = "import widestLine from 'widest-line';";
const squashPlace = "text = sanitizeAnsi(text.replaceAll('\\r\\n', '\\n'));";

/** Throws when Ink's render-node-to-output.js is no longer what this was written for. */
export function mendRenderNode(source: string): string {
	if (source.split(widthPlace).length !== 2)
		throw new Error("ink/build's render-node-to-output.js has changed: see patches/ink/rows-of-text.ts");
	return source.replace(
		widthPlace,
		"import measureText from './measure-text.js';\nconst widestLine = text => measureText(text).width;",
	);
}

/** Throws when Ink's squash-text-nodes.js is no longer what this was written for. */
export function mendSquash(source: string): string {
	if (source.split(squashPlace).length !== 2)
		throw new Error("ink/build's squash-text-nodes.js has changed: see patches/ink/rows-of-text.ts");
	return `import { isNarrowText } from ${plainText};\n${source.replace(
		squashPlace,
		`if (isNarrowText(text)) return text;\n${squashPlace}`,
	)}`;
}

export const plainOutput: Plugin = {
	name: 'plain-output',
	setup(build) {
		build.onLoad({ filter: /ink[\\/]build[\\/]output\.js$/ }, () => ({
			contents: `export { PlainOutput as default } from ${ours};`,
		}));
		build.onLoad({ filter: /ink[\\/]build[\\/]render-node-to-output\.js$/ }, async ({ path }) => ({
			contents: mendRenderNode(await readFile(path, 'utf8')),
		}));
		build.onLoad({ filter: /ink[\\/]build[\\/]squash-text-nodes\.js$/ }, async ({ path }) => ({
			contents: mendSquash(await readFile(path, 'utf8')),
		}));
	},
};
