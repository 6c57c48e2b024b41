import type { CommandRow } from '../command-row.ts';
import { json, watch } from '../shared-options.ts';

export const statusRow: CommandRow = {
	name: 'status',
	group: 'look',
	summary: 'Everything at a glance: services, servers, newest run, metrics, import errors',
	details: [
		'Healthy means: everything that the diagnosis rests on could be asked, and there is no finding that nobody acknowledged. status, doctor and the screen give the same verdict. What looks wrong at first sight is confirmed before it is reported: usually within a second, up to 10 seconds for a page that does not answer, and never more than 20 seconds.',
	],
	options: [json, watch],
	json: 'status',
	examples: [
		{ line: 'laketop status', does: 'One screenful' },
		{ line: 'laketop status >/dev/null || echo "look at the stack"', does: 'For cron: the exit code tells' },
		{ line: 'laketop status --json | jq -r ".problems[]"', does: 'What is wrong, a line each' },
	],
	exits: [
		'0 healthy, 1 findings, 3 something could not be checked, 4 a server refuses these credentials; the highest holds.',
	],
	load: () => import('./status.ts'),
};
