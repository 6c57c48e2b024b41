import type { CommandRow } from '../command-row.ts';
import { json, watch } from '../shared-options.ts';

export const doctorRow: CommandRow = {
	name: 'doctor',
	group: 'look',
	summary: 'What is wrong, why, its impact, and the fix',
	details: [
		'Checks containers, Airflow, MLflow, logs and disks together, and shows what follows from something else under its cause. What looks wrong at first sight is watched for some seconds more before it is reported.',
		'The last line counts the checks that passed, failed and were skipped; findings that nobody acknowledged count as one failed check. It makes the same checks as the screen. With --deep the worker answers a Celery ping as well, which takes it some seconds of CPU, and a queue is watched until it is clear whether tasks are taken from it.',
	],
	options: [
		{ name: 'deep', help: 'Also send the worker a Celery ping (some seconds of CPU), and watch queues for a while' },
		{ name: 'all', short: 'a', help: 'Count acknowledged findings too' },
		json,
		watch,
	],
	json: 'doctor',
	examples: [
		{ line: 'laketop doctor', does: 'Instead of the page of troubleshooting' },
		{ line: 'laketop doctor --deep --lang ko', does: 'Everything, in Korean' },
		{
			line: `laketop doctor --json | jq -r '.findings[] | select(.explained_by == null) | .title'`,
			does: 'For scripts',
		},
	],
	exits: [
		'0 nothing is wrong, 1 findings, 3 something could not be checked (named under "Not checked"), 4 a server refuses these credentials; the highest holds. Acknowledged findings do not count, except with --all.',
	],
	load: () => import('./doctor.ts'),
};
