import type { CommandRow } from '../command-row.ts';
import { json, watch } from '../shared-options.ts';

export const servicesRow: CommandRow = {
	name: 'services',
	group: 'look',
	summary: [
		'List containers: state, health, age, CPU, memory, restarts',
		'컨테이너 목록: 상태, 헬스, 경과 시간, CPU, 메모리, 재시작 횟수',
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
		json,
		watch,
	],
	json: 'services',
	examples: [
		{ line: 'laketop services', does: ['List the stack', '스택의 컨테이너 목록'] },
		{
			line: 'laketop services --all --watch 5',
			does: ['List all containers of the host every 5 seconds', '호스트의 모든 컨테이너를 5초마다 표시'],
		},
		{
			line: 'laketop services airflow-worker --json',
			does: ['Print one service as JSON', '서비스 하나를 JSON으로 출력'],
		},
	],
	exits: [['0 all are up, 1 at least one is not.', '0 모두 실행 중, 1 실행 중이 아닌 것이 있음.']],
	load: () => import('./services.ts'),
};
