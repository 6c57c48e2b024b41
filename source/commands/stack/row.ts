import type { CommandRow } from '../command-row.ts';
import { changing, services, timeout, waitExits, whenHealthy } from '../shared-options.ts';

export const upRow: CommandRow = {
	name: 'up',
	group: 'stack',
	summary: 'Bring the stack up, or services of it, and wait until they are healthy',
	details: ['Docker Compose does it, as a process of its own; what it says is shown as it comes.'],
	arguments: [services],
	options: changing,
	changes: true,
	json: 'change',
	examples: [
		{ line: 'laketop up', does: 'All of it' },
		{ line: 'laketop up airflow-worker --yes', does: 'One, from a script' },
	],
	load: () => import('./stack.ts'),
};

export const downRow: CommandRow = {
	name: 'down',
	group: 'stack',
	summary: 'Take the stack down: containers and networks are removed, volumes stay',
	options: [
		{
			name: 'volumes',
			short: 'v',
			help: 'Delete the volumes too, and with them all data: asks for the name of the project',
		},
		{
			name: 'confirm',
			value: { name: 'PROJECT', kind: 'text' },
			help: 'With --volumes and --yes: the name of the project, as it would be asked for',
		},
		...changing,
	],
	changes: true,
	json: 'change',
	examples: [{ line: 'laketop down --dry-run', does: 'What would be removed' }],
	load: () => import('./stack.ts'),
};

export const restartRow: CommandRow = {
	name: 'restart',
	group: 'stack',
	summary: 'Restart services, or the whole stack',
	details: [
		'Named services are restarted by the engine; the whole stack by Docker Compose, which then waits for its health.',
	],
	arguments: [services],
	options: [whenHealthy, timeout, ...changing],
	changes: true,
	json: 'change',
	examples: [
		{ line: 'laketop restart airflow-scheduler', does: 'One' },
		{ line: 'laketop restart mlflow --yes --wait --timeout 2m', does: 'From a script, until it is healthy' },
	],
	exits: [waitExits],
	load: () => import('./stack.ts'),
};

export const stopRow: CommandRow = {
	name: 'stop',
	group: 'stack',
	summary: 'Stop services, or the whole stack; containers and data stay',
	arguments: [services],
	options: changing,
	changes: true,
	json: 'change',
	examples: [{ line: 'laketop stop airflow-worker', does: 'One' }],
	load: () => import('./stack.ts'),
};
