import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { anyDag, json } from '../../command-line/rows/shared-options.ts';

export const sourceRow: CommandRow = {
	name: 'source',
	group: 'look',
	summary: ['Print the source of a DAG file as Airflow stores it', 'Airflow에 저장된 DAG 파일의 소스 출력'],
	arguments: [anyDag],
	details: [
		[
			'Airflow 3 keeps the versions of a DAG. With --run, standard error says whether the DAG has changed since that run.',
			'Airflow 3은 DAG의 버전을 보관합니다. --run을 지정하면 그 실행 이후 DAG가 변경되었는지 표준 오류에 출력합니다.',
		],
	],
	options: [
		{
			name: 'dag-version',
			value: { name: 'N', kind: 'count', range: [1, 999_999_999] },
			help: ['Version of the DAG (Airflow 3; default: the newest)', 'DAG의 버전(Airflow 3, 기본값: 최신)'],
		},
		{
			name: 'run',
			short: 'r',
			value: { name: 'ID', kind: 'run' },
			help: [
				'Version that this DAG run ran with (Airflow 3); ID, or newest',
				'이 DAG 실행에 쓰인 버전(Airflow 3), ID 또는 newest(가장 최근)',
			],
		},
		json,
	],
	json: 'source',
	examples: [
		{
			line: 'laketop source | diff - dags/ml_pipeline_dag.py',
			does: ['Check whether Airflow has the latest edit', 'Airflow에 최신 수정이 반영되었는지 확인'],
		},
		{
			line: 'laketop source --run newest',
			does: ['Print the version that the newest DAG run ran with', '가장 최근 DAG 실행에 쓰인 버전 출력'],
		},
	],
	load: () => import('./source.ts'),
};
