import type { CommandRow } from '../command-row.ts';
import { anyDag, json } from '../shared-options.ts';

export const sourceRow: CommandRow = {
	name: 'source',
	group: 'look',
	summary: "The text of a DAG's file, as Airflow has it",
	arguments: [anyDag],
	options: [json],
	json: 'source',
	examples: [{ line: 'laketop source | diff - dags/ml_pipeline_dag.py', does: 'Does Airflow have my last edit?' }],
	load: () => import('./source.ts'),
};
