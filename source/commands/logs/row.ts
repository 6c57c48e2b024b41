import { logLevels } from '../../model/log-level.ts';
import type { CommandRow } from '../command-row.ts';
import { json } from '../shared-options.ts';

export const logsRow: CommandRow = {
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
	load: () => import('./logs.ts'),
};
