import type { CommandRow } from '../command-row.ts';

export const manRow: CommandRow = {
	name: 'man',
	group: 'laketop',
	summary: 'The man page',
	details: ['On a terminal it is shown by man; elsewhere it is written out, in roff.'],
	offline: true,
	examples: [{ line: 'laketop man > ~/.local/share/man/man1/laketop.1', does: 'Where npm did not install it' }],
	load: () => import('./man.ts'),
};
