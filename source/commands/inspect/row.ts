import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { json, oneService, zoneOfTimes } from '../../command-line/rows/shared-options.ts';

export const inspectRow: CommandRow = {
	name: 'inspect',
	group: 'look',
	summary: [
		'Show a container in detail: mounts, environment (secrets masked), ports, health checks, restart policy',
		'컨테이너 상세 정보: 마운트, 환경 변수(비밀 값은 가림), 포트, 헬스 체크, 재시작 정책',
	],
	details: [zoneOfTimes],
	arguments: [oneService],
	options: [json],
	json: 'inspection',
	examples: [
		{
			line: 'laketop inspect airflow-scheduler',
			does: ['Show where the DAG folder is mounted from, and more', 'DAG 폴더의 마운트 위치 등 확인'],
		},
	],
	load: () => import('./inspect.ts'),
};
