import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { json, watch } from '../../command-line/rows/shared-options.ts';

export const servicesRow: CommandRow = {
	name: 'services',
	group: 'look',
	summary: [
		'List services: state, health, age, CPU, memory, restarts',
		'서비스 목록: 상태, 헬스, 경과 시간, CPU, 메모리, 재시작 횟수',
	],
	arguments: [
		{
			name: 'SERVICE',
			kind: 'service',
			many: true,
			help: ['Services to list (default: the stack)', '표시할 서비스(기본값: 스택 전체)'],
		},
	],
	options: [
		{
			name: 'all',
			short: 'a',
			help: [
				'Include containers of other Compose projects and of none',
				'다른 Compose 프로젝트나 프로젝트에 속하지 않은 컨테이너도 포함',
			],
		},
		{
			name: 'containers',
			help: [
				'One row per container instead of one per service; --json always lists containers',
				'서비스 대신 컨테이너마다 한 행 표시, --json은 항상 컨테이너 목록 출력',
			],
		},
		json,
		watch,
	],
	json: 'services',
	examples: [
		{ line: 'laketop services', does: ['List the stack', '스택의 서비스 목록'] },
		{
			line: 'laketop services airflow-worker --containers',
			does: ['List the replicas of a service', '서비스의 복제본 목록'],
		},
		{
			line: 'laketop services --all --watch 5',
			does: ['List all services of the host every 5 seconds', '호스트의 모든 서비스를 5초마다 표시'],
		},
		{
			line: 'laketop services airflow-worker --json',
			does: ['Print one service as JSON', '서비스 하나를 JSON으로 출력'],
		},
	],
	exits: [['0 all are up, 1 at least one is not.', '0 모두 가동 중, 1 가동 중이 아닌 서비스가 있음.']],
	load: () => import('./services.ts'),
};
