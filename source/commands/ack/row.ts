import type { CommandRow } from '../command-row.ts';
import { json } from '../shared-options.ts';

export const ackRow: CommandRow = {
	name: 'ack',
	group: 'look',
	summary: 'Acknowledge a finding, until it clears or for a while',
	details: [
		'An acknowledged finding is still listed, with who acknowledged it and why. It is not counted in the header, sends no notification and does not fail laketop status or laketop doctor. When the finding clears, the acknowledgement ends; if it returns, it counts again.',
		'Other laketops on this host see it within seconds. Acknowledgements are kept in $XDG_STATE_HOME/laketop/acknowledgements.jsonl (~/.local/state), or in /var/lib/laketop for all users of the host where an administrator has made that folder writable. Nothing is changed on any server, so that read-only mode allows it.',
	],
	arguments: [{ name: 'FINDING', kind: 'text', required: true, help: 'Its id, its rule, or what it is about' }],
	options: [
		{ name: 'note', value: { name: 'TEXT', kind: 'text' }, help: 'Why, for others: at most 200 characters' },
		{
			name: 'for',
			value: { name: 'TIME', kind: 'duration' },
			help: 'Only for this time (2h); without it, until the finding clears',
		},
		{ name: 'remove', help: 'Remove the acknowledgement' },
		json,
	],
	json: 'acknowledgement',
	examples: [
		{ line: "laketop ack airflow-redis --note 'moving hosts' --for 2h", does: 'Known for two hours' },
		{ line: "laketop ack 'container exited airflow-redis'", does: 'Until it clears' },
		{ line: 'laketop ack airflow-redis --remove', does: 'Count it again' },
	],
	exits: ['0 kept, 1 it could not be kept, 2 there is no such finding or acknowledgement.'],
	load: () => import('./ack.ts'),
};
