import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { json } from '../../command-line/rows/shared-options.ts';

export const tryRow: CommandRow = {
	name: 'try',
	group: 'look',
	summary: [
		"Import a DAG file with the scheduler's Python and show its output",
		'스케줄러의 Python으로 DAG 파일을 임포트하고 출력 보기',
	],
	details: [
		[
			'Schedules and changes nothing. It imports the file as the scheduler does. The output of Python goes to standard output, the result to standard error.',
			'아무것도 예약하거나 변경하지 않습니다. 스케줄러와 같은 방식으로 파일을 임포트합니다. Python의 출력은 표준 출력으로, 결과는 표준 오류로 출력합니다.',
		],
	],
	arguments: [
		{
			name: 'DAG|FILE',
			kind: 'dag',
			help: [
				'DAG, or a Python file in dags/ (default: the DAG of --dag)',
				'DAG 또는 dags/의 Python 파일(기본값: --dag의 DAG)',
			],
		},
	],
	options: [json],
	json: 'trial',
	examples: [
		{
			line: 'laketop try',
			does: ['Check an edit before the scheduler reads it', '스케줄러가 읽기 전에 수정 내용 확인'],
		},
		{
			line: 'laketop try dags/new_dag.py',
			does: ['Check a file that Airflow does not show yet', '아직 Airflow에 나타나지 않는 파일 확인'],
		},
	],
	exits: [['0 the file was imported without an error, 1 it was not.', '0 오류 없이 임포트됨, 1 임포트 실패.']],
	load: () => import('./try.ts'),
};
