import { join } from 'node:path';
import type { Patch } from '../patch.ts';

export const withoutWebAssembly: Patch = {
	file: 'yoga-layout/without-webassembly.ts',
	package: 'yoga-layout',
	version: '3.2.1',
	reason:
		'Ink lays out with Yoga, a WebAssembly program that is loaded with an `await` at the top of a module. laketop uses rows, columns, places and sizes: plain-layout.ts has these.',
	figure: 'saves 25 MB of memory and a tenth of the start',
	upstream: 'https://github.com/vadimdemedes/ink/issues/787',
	standIns: [{ specifier: /^yoga-layout$/, path: join(import.meta.dirname, 'plain-layout.ts') }],
};
