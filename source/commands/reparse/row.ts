import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { anyDag, changing } from '../../command-line/rows/shared-options.ts';

export const reparseRow: CommandRow = {
	name: 'reparse',
	group: 'pipeline',
	summary: [
		'Re-parse a DAG file now and wait (with Airflow 2, restarts the scheduler)',
		'DAG 파일을 지금 다시 파싱하고 대기(Airflow 2에서는 스케줄러 재시작)',
	],
	arguments: [anyDag],
	options: changing,
	changes: true,
	json: 'change',
	examples: [
		{
			line: 'laketop reparse',
			does: ['Load an edited file without waiting for the next parse', '다음 파싱을 기다리지 않고 수정한 파일 읽기'],
		},
	],
	exits: [['4 also if the file has an import error.', '파일에 임포트 오류가 있을 때도 4입니다.']],
	load: () => import('./reparse.ts'),
};
