import type { CommandRow } from '../command-row.ts';
import { json } from '../shared-options.ts';

export const tryRow: CommandRow = {
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
	load: () => import('./try.ts'),
};
