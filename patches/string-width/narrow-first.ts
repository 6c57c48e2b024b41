/**
 * `string-width` with a short cut for the text that screens are mostly made of (`patches/string-width/narrow-width.ts`). Ink and
 * the packages that it stands on measure all of the screen with each frame, which is a third of what a frame costs. What it knows of emoji takes a tenth of the
 * start to build: only the first text that needs it pays for that.
 */
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { root } from '../../scripts/root.ts';

const namespace = 'fast-string-width';

export const fastStringWidth: Plugin = {
	name: namespace,
	setup(build) {
		build.onResolve({ filter: /^string-width$/ }, async ({ resolveDir, kind, importer, pluginData }) => {
			// CommonJS packages have the old one of theirs, which is called as a function.
			if (pluginData === namespace || kind !== 'import-statement') return undefined;
			const found = await build.resolve('string-width', { resolveDir, kind, importer, pluginData: namespace });
			return found.errors.length > 0 ? { errors: found.errors } : { path: found.path, namespace };
		});
		build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
			contents: `
				import { narrowWidth } from ${JSON.stringify(join(root, 'patches/string-width/narrow-width.ts'))};
				let stringWidth;
				export default function fastStringWidth(text, options) {
					const width = options === undefined && typeof text === 'string' ? narrowWidth(text) : null;
					if (width !== null) return width;
					stringWidth ??= require(${JSON.stringify(path)}).default;
					return stringWidth(text, options);
				}
			`,
			resolveDir: root,
			loader: 'js',
		}));
	},
};
