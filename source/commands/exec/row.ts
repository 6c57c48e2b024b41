import type { CommandRow } from '../command-row.ts';
import { oneService } from '../shared-options.ts';

export const execRow: CommandRow = {
	name: 'exec',
	group: 'stack',
	summary: 'Run a command in a container; without one, a shell',
	details: [
		'On a terminal the command has one too. Else its input, output and errors are those of laketop, and may be piped. The command need not ask first, but it is recorded, and refused in read-only mode. Options of laketop stand before SERVICE: what follows is the command.',
	],
	arguments: [oneService, { name: 'COMMAND', kind: 'text', verbatim: true, help: 'And its arguments, as they stand' }],
	options: [
		{
			name: 'user',
			short: 'u',
			value: { name: 'USER', kind: 'text' },
			help: "Name or UID; without it the container's own",
		},
	],
	examples: [
		{ line: 'laketop exec airflow-worker', does: 'A shell' },
		{ line: 'laketop exec airflow-worker curl -f http://mlflow:5000/health', does: "The worker's road to MLflow" },
	],
	exits: ['That of the command, where it ran.'],
	load: () => import('./exec.ts'),
};
