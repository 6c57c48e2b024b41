import type { CommandRow } from '../command-row.ts';

export const trustRow: CommandRow = {
	name: 'trust',
	group: 'laketop',
	summary: 'Allow what a laketop.yaml of the current folder says, until it changes',
	details: [
		'A laketop.yaml in the current folder may have come with it from somewhere else. Until you trust it, it may not send your credentials to an address that it names, name files outside its folder, run commands, choose the engine, or notify an address. Files named by --config and ~/.config/laketop/laketop.yaml are always trusted.',
		'Lists what the file would do, and asks. The trust ends when the file changes.',
	],
	offline: true,
	arguments: [{ name: 'FILE', kind: 'file', help: 'Config file; without it ./laketop.yaml' }],
	options: [
		{ name: 'yes', short: 'y', help: 'Do it without asking' },
		{ name: 'remove', help: 'End the trust' },
		{ name: 'list', help: 'List the trusted files' },
	],
	examples: [
		{ line: 'laketop trust', does: 'Shows what ./laketop.yaml would do, and asks' },
		{ line: 'laketop trust --list', does: 'The files that are trusted, and those that changed since' },
		{ line: 'laketop trust --remove ../laketop.yaml', does: 'Ends the trust' },
	],
	load: () => import('./trust.ts'),
};
