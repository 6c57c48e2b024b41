import type { CommandRow } from '../command-row.ts';
import { anyDag, json } from '../shared-options.ts';

export const sourceRow: CommandRow = {
	name: 'source',
	group: 'look',
	summary: ['Print the source of a DAG file as Airflow stores it', 'Airflow에 저장된 DAG 파일의 소스 출력'],
	arguments: [anyDag],
	options: [json],
	json: 'source',
	examples: [
		{
			line: 'laketop source | diff - dags/ml_pipeline_dag.py',
			does: ['Check whether Airflow has the latest edit', 'Airflow에 최신 수정이 반영되었는지 확인'],
		},
	],
	load: () => import('./source.ts'),
};
