import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { changing } from '../../command-line/rows/shared-options.ts';

export const initRow: CommandRow = {
	name: 'init',
	group: 'stack',
	summary: [
		"Initialise the stack: migrate Airflow's database and create its first user",
		'스택 초기화: Airflow 데이터베이스 마이그레이션과 첫 사용자 생성',
	],
	details: [
		[
			'The user comes from LAKETOP_AIRFLOW_USERNAME and LAKETOP_AIRFLOW_PASSWORD or the config file. Otherwise laketop uses _AIRFLOW_WWW_USER_USERNAME from the containers or the Compose file of the stack, or admin/admin. It is safe to run init again.',
			'사용자는 LAKETOP_AIRFLOW_USERNAME과 LAKETOP_AIRFLOW_PASSWORD 또는 설정 파일에서 가져옵니다. 없으면 스택의 컨테이너나 Compose 파일에 지정된 사용자(_AIRFLOW_WWW_USER_USERNAME), 그것도 없으면 admin/admin을 사용합니다. 다시 실행해도 안전합니다.',
		],
	],
	options: changing,
	changes: true,
	json: 'change',
	examples: [
		{ line: 'laketop init', does: ['Prepare Airflow before the first start', '처음 시작하기 전에 Airflow 준비'] },
	],
	load: () => import('./init.ts'),
};
