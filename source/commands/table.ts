import type { Argument, Command, Option } from './command.ts';

const json: Option = { name: 'json', help: 'Print a JSON document (docs/json describes it)' };
const watch: Option = {
	name: 'watch',
	short: 'w',
	value: { name: 'SECONDS', kind: 'duration', otherwise: '2' },
	help: 'Print again every so many seconds (2): in place on a terminal, one below the other elsewhere; with --json one document a line',
};
const anyDag: Argument = { name: 'DAG', kind: 'dag', help: 'The DAG; without it the one of --dag' };
const inRun: Option = {
	name: 'run',
	short: 'r',
	value: { name: 'ID', kind: 'run' },
	help: 'The DAG run; without it the newest',
};

const shells = ['bash', 'zsh', 'fish'];

/**
 * All commands, in one table: parsing, help, completion, man page and reference are made from it. A new command is one
 * entry here, and its module in `modules.ts`.
 */
export const commands: readonly Command[] = [
	{
		name: 'status',
		group: 'look',
		summary: 'Everything at a glance: services, servers, newest run, metrics, import errors',
		details: [
			'Healthy is: every service of the stack is up, all three servers answer, the scheduler is alive, the newest run has not failed, and no DAG file has an import error.',
		],
		options: [json, watch],
		json: 'status',
		examples: [
			{ line: 'laketop status', does: 'One screenful' },
			{ line: 'laketop status >/dev/null || echo "look at the stack"', does: 'For cron: the exit code tells' },
			{ line: 'laketop status --json | jq -r ".problems[]"', does: 'What is wrong, a line each' },
		],
		exits: [
			'0 healthy, 1 degraded, 3 a server is unreachable, 4 a server refuses these credentials; the highest holds.',
		],
	},
	{
		name: 'services',
		group: 'look',
		summary: 'The containers: state, health, since when, CPU, memory, restarts',
		arguments: [{ name: 'SERVICE', kind: 'service', many: true, help: 'Only these; without any, those of the stack' }],
		options: [{ name: 'all', short: 'a', help: 'Also containers of other Compose projects, and of none' }, json, watch],
		json: 'services',
		examples: [
			{ line: 'laketop services', does: 'The stack' },
			{ line: 'laketop services --all --watch 5', does: 'All containers of the host, every five seconds' },
			{ line: 'laketop services airflow-worker --json', does: 'One, for a program' },
		],
		exits: ['0 all of them are up, 1 one is not.'],
	},
	{
		name: 'dags',
		group: 'look',
		summary: 'The DAGs: paused or not, schedule, next run, tags, file',
		arguments: [{ name: 'FILTER', kind: 'text', help: 'Only DAGs with this in their id or a tag' }],
		options: [
			{
				name: 'sort',
				value: { name: 'BY', kind: 'choice', choices: ['id', 'next'] },
				help: 'By id, or by the next run, soonest first',
			},
			json,
			watch,
		],
		json: 'dags',
		examples: [
			{ line: 'laketop dags', does: 'All of them' },
			{ line: 'laketop dags lakehouse', does: 'Those whose id or tag has that in it' },
		],
		exits: ['0 all files can be imported, 1 one has an import error.'],
	},
	{
		name: 'runs',
		group: 'look',
		summary: "A DAG's runs, newest first",
		arguments: [anyDag],
		options: [
			{
				name: 'state',
				short: 's',
				value: { name: 'STATE', kind: 'choice', choices: ['queued', 'running', 'success', 'failed'] },
				many: true,
				help: 'Only runs in this state (several: any of them)',
			},
			{ name: 'limit', short: 'n', value: { name: 'N', kind: 'count' }, help: 'So many at the most (20)' },
			json,
			watch,
		],
		json: 'runs',
		examples: [
			{ line: 'laketop runs', does: 'Runs of the pipeline' },
			{ line: 'laketop runs --state running --state queued', does: 'Those under way' },
		],
		exits: ['0 also when runs have failed: a list of them is no verdict.'],
	},
	{
		name: 'tasks',
		group: 'look',
		summary: "A run's tasks in their order: state, time, tries, why one failed",
		arguments: [anyDag],
		options: [inRun, json, watch],
		json: 'tasks',
		examples: [
			{ line: 'laketop tasks', does: 'Of the newest run' },
			{ line: 'laketop tasks my_dag --run manual__2026-01-01T00:00:00+00:00', does: 'Of a certain one' },
		],
		exits: ['0 the run succeeded or is under way, 1 it failed.'],
	},
	{
		name: 'models',
		group: 'look',
		summary: 'Registered model versions, newest first: aliases, stage, state',
		arguments: [{ name: 'MODEL', kind: 'text', help: 'Only this model' }],
		options: [json, watch],
		json: 'models',
		examples: [{ line: 'laketop models', does: 'All models' }],
	},
	{
		name: 'metrics',
		group: 'look',
		summary: 'Newest metrics of the experiment and how they changed; or all of one run',
		options: [
			{
				name: 'run',
				short: 'r',
				value: { name: 'ID', kind: 'run' },
				help: 'Parameters and metrics of this MLflow run (id or name), or of a DAG run',
			},
			json,
			watch,
		],
		json: 'metrics',
		examples: [
			{ line: 'laketop metrics', does: 'The latest value of each metric' },
			{ line: 'laketop metrics --run model_training', does: 'The newest MLflow run of that name' },
		],
	},
	{
		name: 'logs',
		group: 'look',
		summary: 'Logs of containers, one or several together, or of a task',
		details: [
			'Lines of several containers are put in the order of their time, each behind the name of its container. With --follow a container that is restarted or recreated is followed on, and no line comes twice.',
			'With --task it is the log of a task by way of Airflow, also where its container is gone; with --follow until that try has ended.',
		],
		arguments: [{ name: 'SERVICE', kind: 'service', many: true, help: 'Their logs; without any, those of the stack' }],
		options: [
			{ name: 'follow', short: 'f', help: 'Go on with what comes' },
			{
				name: 'tail',
				short: 'n',
				value: { name: 'N', kind: 'lines' },
				help: 'The last so many lines of each, or all (200; all with --since)',
			},
			{
				name: 'since',
				value: { name: 'TIME', kind: 'moment' },
				help: 'From this time on: 5m (ago), 2026-01-31T14:03:00Z',
			},
			{ name: 'grep', short: 'g', value: { name: 'RE', kind: 'pattern' }, help: 'Only lines that this matches' },
			{ name: 'timestamps', short: 't', help: "Each line behind the engine's time" },
			{ name: 'task', value: { name: 'TASK', kind: 'task' }, help: 'The log of this task of a DAG run' },
			inRun,
			{ name: 'try', value: { name: 'N', kind: 'count' }, help: 'Of this try; without it the newest' },
			json,
		],
		json: 'log-line',
		examples: [
			{ line: 'laketop logs -f', does: 'All containers, as it comes' },
			{ line: 'laketop logs airflow-scheduler --since 10m --grep ml_pipeline', does: 'Instead of logs | grep' },
			{ line: 'laketop logs --task raw_to_bronze', does: "A task's log, of the newest run and try" },
		],
		exits: ['With --task and --follow: 1 when the try failed.'],
	},
	{
		name: 'config',
		group: 'laketop',
		summary: 'The configuration in force, and where each value came from; secrets masked',
		options: [json],
		json: 'config',
		examples: [
			{ line: 'laketop config', does: 'What is in force here' },
			{ line: 'laketop config --profile prod', does: 'What would be with another profile' },
		],
	},
	{
		name: 'completion',
		group: 'laketop',
		summary: 'A script that completes commands, options, DAGs and services in a shell',
		offline: true,
		arguments: [{ name: 'SHELL', kind: 'choice', choices: shells, required: true, help: 'bash, zsh or fish' }],
		examples: [
			{ line: 'laketop completion bash > ~/.local/share/bash-completion/completions/laketop', does: 'bash' },
			{ line: 'laketop completion zsh > ~/.zfunc/_laketop', does: 'zsh' },
			{ line: 'laketop completion fish > ~/.config/fish/completions/laketop.fish', does: 'fish' },
		],
	},
	{
		name: 'man',
		group: 'laketop',
		summary: 'The man page',
		details: ['On a terminal it is shown by man; elsewhere it is written out, in roff.'],
		offline: true,
		examples: [{ line: 'laketop man > ~/.local/share/man/man1/laketop.1', does: 'Where npm did not install it' }],
	},
	{
		name: '__complete',
		group: 'laketop',
		summary: 'Candidates for a completion script',
		hidden: true,
		offline: true,
		arguments: [
			{
				name: 'KIND',
				kind: 'text',
				required: true,
				help: 'What is completed: dag, run, task, service, project, profile',
			},
			{ name: 'WORDS', kind: 'text', verbatim: true, help: 'The words typed so far' },
		],
		examples: [],
	},
];

/** Those that the help names. */
export const shownCommands: readonly Command[] = commands.filter(command => !command.hidden);

export function findCommand(name: string): Command | undefined {
	return commands.find(command => command.name === name);
}
