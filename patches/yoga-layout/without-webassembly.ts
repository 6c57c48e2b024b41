/** Puts `patches/yoga-layout/plain-layout.ts` in the place of yoga-layout, which Ink lays out with. */
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { root } from '../../scripts/root.ts';

export const plainLayout: Plugin = {
	name: 'plain-layout',
	setup(build) {
		build.onResolve({ filter: /^yoga-layout$/ }, () => ({ path: join(root, 'patches/yoga-layout/plain-layout.ts') }));
	},
};
