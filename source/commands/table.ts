import { logLevels } from '../model/log-level.ts';
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

const ofRun: Option = {
	name: 'run',
	short: 'r',
	value: { name: 'ID', kind: 'run' },
	required: true,
	help: 'The DAG run, or newest',
};
const tasks: Option = {
	name: 'task',
	value: { name: 'TASK', kind: 'task' },
	many: true,
	help: 'This task (several: all of them); TASK[INDEX] for one instance of a mapped task',
};
/** Of every command that changes something. */
const changing: readonly Option[] = [
	{ name: 'yes', short: 'y', help: 'Do it without asking' },
	{ name: 'dry-run', help: 'Only say what it would do, and the command that does the same' },
	json,
];
const services: Argument = {
	name: 'SERVICE',
	kind: 'service',
	many: true,
	help: 'Only these services (all replicas); without any, the stack',
};
const namedServices: Argument = {
	...services,
	required: true,
	help: 'All replicas of these services, or single containers',
};
const oneService: Argument = {
	name: 'SERVICE',
	kind: 'service',
	required: true,
	help: 'One container: a service, api-2 of several replicas, or PROJECT/NAME',
};
const whenHealthy: Option = { name: 'wait', help: 'Wait until they are healthy' };
const timeout: Option = {
	name: 'timeout',
	value: { name: 'TIME', kind: 'duration' },
	help: 'Wait no longer than this: 90, 5m',
};
const waitExits = '1 when what was waited for failed, 3 when it was not there in time.';

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
	},
	{
		name: 'doctor',
		group: 'look',
		summary: 'What is wrong, why, what it will hurt, and what to do about it',
		details: [
			'Containers, Airflow, MLflow, logs and disks are looked at together: what follows from something else is told with its cause. Where something looks wrong at first sight, it is looked at for some seconds more before it is believed.',
			'The last line counts the checks that passed, failed and were skipped; findings that nobody acknowledged count as one failed check. With --deep also what costs something is checked: a Celery ping, the road from the worker to MLflow, the database, the broker, the DAG files as the scheduler sees them.',
		],
		options: [
			{ name: 'deep', help: 'Also check what costs something: some seconds of CPU in the containers' },
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
		summary: 'The DAGs: paused or not, schedule, next and last run, tags, file',
		arguments: [{ name: 'FILTER', kind: 'text', help: 'Only DAGs with this in their id or a tag' }],
		options: [
			{
				name: 'sort',
				value: { name: 'BY', kind: 'choice', choices: ['id', 'next', 'last'] },
				help: 'By id; by the next run, soonest first; by the last run, newest first',
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
			{
				name: 'since',
				value: { name: 'TIME', kind: 'moment' },
				help: 'Logical date from then on: 7d (ago), 2026-01-31',
			},
			{ name: 'until', value: { name: 'TIME', kind: 'moment' }, help: 'Logical date until then' },
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
			'With --task it is the log of a task, from its file where that can be read here, else by way of Airflow, also where its container is gone; with --follow until the task has ended, its retries included (with --try, that try). With --run alone it is that of all stages of a run, one after the other.',
			'What laketop says itself, of restarts and gaps for example, goes to the standard error. A slow reader is waited for; nothing is lost meanwhile.',
		],
		arguments: [{ name: 'SERVICE', kind: 'service', many: true, help: 'Their logs; without any, those of the stack' }],
		options: [
			{ name: 'follow', short: 'f', help: 'Go on with what comes' },
			{
				name: 'tail',
				short: 'n',
				value: { name: 'N', kind: 'lines' },
				help: 'The last so many lines of each, or all (200; all with --since or where lines are looked for, of which the last are counted)',
			},
			{
				name: 'since',
				value: { name: 'TIME', kind: 'moment' },
				help: 'From this time on: 5m (ago), 2026-01-31T14:03:00Z',
			},
			{ name: 'grep', short: 'g', value: { name: 'RE', kind: 'pattern' }, help: 'Only lines that match (RE2 syntax)' },
			{ name: 'exclude', value: { name: 'RE', kind: 'pattern' }, help: 'Without lines that match' },
			{
				name: 'level',
				short: 'l',
				value: { name: 'LEVEL', kind: 'choice', choices: [...logLevels] },
				help: 'Only what is of this level or graver, tracebacks included',
			},
			{ name: 'after', short: 'A', value: { name: 'N', kind: 'count' }, help: 'And so many lines after each' },
			{
				name: 'before',
				short: 'B',
				value: { name: 'N', kind: 'count' },
				help: 'And so many lines before each',
			},
			{ name: 'context', short: 'C', value: { name: 'N', kind: 'count' }, help: 'And so many lines around each' },
			{ name: 'timestamps', short: 't', help: 'Each line behind its time' },
			{
				name: 'task',
				value: { name: 'TASK', kind: 'task' },
				help: 'The log of this task of a DAG run; TASK[INDEX] for one instance of a mapped task',
			},
			{
				name: 'run',
				short: 'r',
				value: { name: 'ID', kind: 'run' },
				help: 'Of this DAG run (newest); without --task those of all its stages',
			},
			{ name: 'try', value: { name: 'N', kind: 'count' }, help: 'Of this try; without it the newest' },
			json,
		],
		json: 'log-line',
		examples: [
			{ line: 'laketop logs -f', does: 'All containers, as it comes' },
			{ line: 'laketop logs airflow-scheduler --since 10m --grep ml_pipeline', does: 'Instead of logs | grep' },
			{ line: 'laketop logs mlflow airflow-worker -l error -C 3', does: 'What went wrong, with what was around it' },
			{ line: 'laketop logs --run newest -f', does: 'The pipeline, stage after stage, as it runs' },
			{ line: 'laketop logs --task raw_to_bronze', does: "A task's log, of the newest run and try" },
		],
		exits: ['With --task or --run and --follow: 1 when the last try failed.'],
	},
	{
		name: 'df',
		group: 'look',
		summary: "What images, containers, volumes and build cache take on the engine's disk, and the stack's share",
		options: [json, watch],
		json: 'disk-usage',
		examples: [{ line: 'laketop df', does: 'Instead of docker system df -v | grep' }],
	},
	{
		name: 'top',
		group: 'look',
		summary: "A container's processes",
		arguments: [oneService],
		options: [json, watch],
		json: 'processes',
		examples: [{ line: 'laketop top airflow-worker', does: 'What the worker runs' }],
	},
	{
		name: 'inspect',
		group: 'look',
		summary: 'A container in detail: mounts, environment (secrets masked), ports, health probes, restart policy',
		arguments: [oneService],
		options: [json],
		json: 'inspection',
		examples: [{ line: 'laketop inspect airflow-scheduler', does: 'Where its DAG folder is mounted from, and more' }],
	},
	{
		name: 'source',
		group: 'look',
		summary: "The text of a DAG's file, as Airflow has it",
		arguments: [anyDag],
		options: [json],
		json: 'source',
		examples: [{ line: 'laketop source | diff - dags/ml_pipeline_dag.py', does: 'Does Airflow have my last edit?' }],
	},
	{
		name: 'try',
		group: 'look',
		summary: "Run a DAG's file with the scheduler's Python: does it import, and what does it print",
		details: [
			'Nothing is scheduled or changed by that: the scheduler itself does it whenever it reads the file. What Python prints goes to the standard output, the verdict to the standard error.',
		],
		arguments: [
			{ name: 'DAG|FILE', kind: 'dag', help: 'The DAG, or a Python file of dags/; without it the DAG of --dag' },
		],
		options: [json],
		json: 'trial',
		examples: [
			{ line: 'laketop try', does: 'Before the scheduler reads it: is my edit in order?' },
			{ line: 'laketop try dags/new_dag.py', does: 'A file that Airflow does not show' },
		],
		exits: ['0 Python ran the file without an error, 1 it did not.'],
	},
	{
		name: 'trigger',
		group: 'pipeline',
		summary: 'Start a run of a DAG; unpauses it if it is paused',
		details: [
			"The conf is checked against the DAG's declared params before it is sent. The run has an id of laketop's own: a repeat of the request cannot start a second run.",
			'With --wait the exit code is that of the run. Ctrl-C ends the waiting, not the run.',
		],
		arguments: [anyDag],
		options: [
			{
				name: 'conf',
				value: { name: 'JSON', kind: 'text' },
				help: 'Conf of the run: a JSON object, @FILE, or - for the standard input',
			},
			{ name: 'run-id', value: { name: 'ID', kind: 'text' }, help: 'Its id; refused when there is one of that id' },
			{ name: 'wait', help: 'Wait until the run has ended' },
			timeout,
			...changing,
		],
		changes: true,
		json: 'change',
		examples: [
			{ line: 'laketop trigger --yes --wait', does: 'For cron: run the pipeline, and fail when it fails' },
			{ line: `laketop trigger --conf '{"rows": 5000}'`, does: 'With a conf, after a question' },
			{ line: 'laketop trigger --conf @conf.json --dry-run', does: 'What would be done' },
		],
		exits: [
			'With --wait: 0 the run succeeded, 1 it failed, 3 it had not ended in time. 4 also where the params of the DAG refuse the conf.',
		],
	},
	{
		name: 'pause',
		group: 'pipeline',
		summary: 'Pause DAGs: no run of them is started any more',
		arguments: [{ name: 'DAG', kind: 'dag', required: true, many: true, help: 'These' }],
		options: changing,
		changes: true,
		json: 'change',
		examples: [{ line: 'laketop pause ml_pipeline_end_to_end', does: 'Before a maintenance' }],
	},
	{
		name: 'unpause',
		group: 'pipeline',
		summary: 'Let paused DAGs run again',
		arguments: [{ name: 'DAG', kind: 'dag', required: true, many: true, help: 'These' }],
		options: changing,
		changes: true,
		json: 'change',
		examples: [{ line: 'laketop unpause ml_pipeline_end_to_end --yes', does: 'And after it' }],
	},
	{
		name: 'clear',
		group: 'pipeline',
		summary: 'Let tasks of a run run again (retry)',
		details: [
			'Without --task: those that failed; with --all: all tasks of the run. With --task: the named ones, however they ended. Airflow is asked first what that would touch, and the list is in the question.',
		],
		arguments: [anyDag],
		options: [
			ofRun,
			tasks,
			{ name: 'downstream', short: 'd', help: 'Also what follows them' },
			{ name: 'all', short: 'a', help: 'Also those that succeeded' },
			{ name: 'wait', help: 'Wait until the run has ended' },
			timeout,
			...changing,
		],
		changes: true,
		json: 'change',
		examples: [
			{ line: 'laketop clear --run newest', does: 'What failed in the newest run' },
			{ line: 'laketop clear --run newest --task silver_to_gold --downstream', does: 'A task and what follows' },
			{ line: `laketop clear my_dag --run newest --task 'divide[7]'`, does: 'One instance of a mapped task' },
		],
		exits: ['With --wait: 0 the run succeeded, 1 it failed, 3 it had not ended in time.'],
	},
	{
		name: 'mark',
		group: 'pipeline',
		summary: 'Mark a run, or tasks of it, success or failed without running anything',
		arguments: [anyDag],
		options: [
			ofRun,
			tasks,
			{
				name: 'state',
				short: 's',
				value: { name: 'STATE', kind: 'choice', choices: ['success', 'failed', 'skipped'] },
				required: true,
				help: 'success or failed; tasks also skipped',
			},
			...changing,
		],
		changes: true,
		json: 'change',
		examples: [{ line: 'laketop mark --run newest --task silver_to_gold --state success', does: 'Go on without it' }],
	},
	{
		name: 'stop-run',
		group: 'pipeline',
		summary: 'Stop a run that is under way: Airflow marks it failed',
		arguments: [anyDag],
		options: [ofRun, ...changing],
		changes: true,
		json: 'change',
		examples: [{ line: 'laketop stop-run --run newest', does: 'The one that runs now' }],
	},
	{
		name: 'note',
		group: 'pipeline',
		summary: 'Set the note on a run, or take it away',
		arguments: [anyDag],
		options: [
			ofRun,
			{ name: 'text', short: 't', value: { name: 'TEXT', kind: 'text' }, help: 'The note' },
			{ name: 'remove', help: 'Take it away' },
			...changing,
		],
		changes: true,
		json: 'change',
		examples: [{ line: 'laketop note --run newest --text "disk was full"', does: 'For those who come after' }],
	},
	{
		name: 'reparse',
		group: 'pipeline',
		summary: "Have a DAG's file read at once: restarts the scheduler, and waits until it has read it",
		arguments: [anyDag],
		options: changing,
		changes: true,
		json: 'change',
		examples: [{ line: 'laketop reparse', does: 'After an edit, instead of waiting half a minute' }],
		exits: ['4 also when the file has an import error.'],
	},
	{
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
	},
	{
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
	},
	{
		name: 'init',
		group: 'stack',
		summary: "First-time initialisation: migrate Airflow's database and create its first user",
		details: [
			'The user is that of LAKETOP_AIRFLOW_USERNAME and LAKETOP_AIRFLOW_PASSWORD, or of the config file (admin/admin). Harmless when it was done before.',
		],
		options: changing,
		changes: true,
		json: 'change',
		examples: [{ line: 'laketop init', does: 'Before the first start' }],
	},
	{
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
	},
	{
		name: 'stop',
		group: 'stack',
		summary: 'Stop services, or the whole stack; containers and data stay',
		arguments: [services],
		options: changing,
		changes: true,
		json: 'change',
		examples: [{ line: 'laketop stop airflow-worker', does: 'One' }],
	},
	{
		name: 'start',
		group: 'stack',
		summary: 'Start stopped containers',
		arguments: [namedServices],
		options: [whenHealthy, timeout, ...changing],
		changes: true,
		json: 'change',
		examples: [{ line: 'laketop start airflow-worker', does: 'One that was stopped' }],
		exits: [waitExits],
	},
	{
		name: 'kill',
		group: 'stack',
		summary: 'Kill containers at once (SIGKILL)',
		arguments: [namedServices],
		options: changing,
		changes: true,
		json: 'change',
		examples: [{ line: 'laketop kill airflow-worker', does: 'When it does not stop' }],
	},
	{
		name: 'exec',
		group: 'stack',
		summary: 'Run a command in a container; without one, a shell',
		details: [
			'On a terminal the command has one too. Else its input, output and errors are those of laketop, and may be piped. The command need not ask first, but it is recorded, and refused in read-only mode. Options of laketop stand before SERVICE: what follows is the command.',
		],
		arguments: [
			oneService,
			{ name: 'COMMAND', kind: 'text', verbatim: true, help: 'And its arguments, as they stand' },
		],
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
	},
	{
		name: 'mend',
		group: 'stack',
		summary: 'Run the remedy of a finding, as laketop doctor names it',
		details: [
			'Without --remedy the first that laketop can run by itself. It is the same as the key or command for it: it asks first, and is recorded.',
		],
		arguments: [{ name: 'FINDING', kind: 'text', help: 'Its id, its rule, or what it is about; without it the first' }],
		options: [{ name: 'remedy', value: { name: 'N', kind: 'count' }, help: 'The remedy of this number' }, ...changing],
		changes: true,
		json: 'change',
		examples: [
			{ line: 'laketop mend', does: 'What is worst, after a question' },
			{ line: 'laketop mend airflow-redis --dry-run', does: 'What would be done about it' },
		],
		exits: ['2 there is no such finding, 4 laketop has no remedy that it could run.'],
	},
	{
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
