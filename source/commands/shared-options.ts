import type { Argument, Option } from './command.ts';

export const json: Option = { name: 'json', help: 'Print a JSON document (docs/json describes it)' };
export const watch: Option = {
	name: 'watch',
	short: 'w',
	value: { name: 'SECONDS', kind: 'duration', otherwise: '2' },
	help: 'Print again every SECONDS seconds, 2 if left out: in place on a terminal, one below the other elsewhere; with --json one document a line',
};
export const anyDag: Argument = { name: 'DAG', kind: 'dag', help: 'The DAG; without it the one of --dag' };
export const inRun: Option = {
	name: 'run',
	short: 'r',
	value: { name: 'ID', kind: 'run' },
	help: 'The DAG run; without it the newest',
};

export const ofRun: Option = {
	name: 'run',
	short: 'r',
	value: { name: 'ID', kind: 'run' },
	required: true,
	help: 'The DAG run, or newest',
};
export const tasks: Option = {
	name: 'task',
	value: { name: 'TASK', kind: 'task' },
	many: true,
	help: 'This task (several: all of them); TASK[INDEX] for one instance of a mapped task',
};
/** Of every command that changes something. */
export const changing: readonly Option[] = [
	{ name: 'yes', short: 'y', help: 'Do it without asking' },
	{ name: 'dry-run', help: 'Only say what it would do, and the command that does the same' },
	json,
];
export const services: Argument = {
	name: 'SERVICE',
	kind: 'service',
	many: true,
	help: 'Only these services (all replicas); without any, the stack',
};
export const namedServices: Argument = {
	...services,
	required: true,
	help: 'All replicas of these services, or single containers',
};
export const oneService: Argument = {
	name: 'SERVICE',
	kind: 'service',
	required: true,
	help: 'One container: a service, api-2 of several replicas, or PROJECT/NAME',
};
export const whenHealthy: Option = { name: 'wait', help: 'Wait until they are healthy' };
export const timeout: Option = {
	name: 'timeout',
	value: { name: 'TIME', kind: 'duration' },
	help: 'Wait no longer than this: 90, 5m',
};
export const waitExits = '1 when what was waited for failed, 3 when it was not there in time.';
