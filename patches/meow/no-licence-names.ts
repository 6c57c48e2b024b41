import { type Patch, replaceOnce } from '../patch.ts';

export const noLicenceNames: Patch = {
	file: 'meow/no-licence-names.ts',
	package: 'meow',
	version: '14.1.0',
	reason:
		'meow normalises a package.json, and has the names of all licences for it. laketop passes name and version itself.',
	figure: 'saves 89 kB of the bundle',
	upstream: 'https://github.com/sindresorhus/meow/issues/177',
	edits: [
		{
			file: 'build/dependencies.js',
			change: source =>
				replaceOnce(source, 'var normalizeExports = requireNormalize();', 'var normalizeExports = () => undefined;'),
		},
	],
};
