import { join } from 'node:path';
import type { Patch } from '../patch.ts';

export const namedExports: Patch = {
	file: 'yaml/named-exports.ts',
	package: 'yaml',
	version: '2.9.1',
	reason: "Node's condition picks the CommonJS build, which a bundle cannot take named exports from.",
	figure: 'without it the build fails',
	standIns: [
		{
			specifier: /^yaml$/,
			path: join(import.meta.dirname, '../../node_modules/yaml/browser/index.js'),
		},
	],
};
