import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { changing, services, timeout, waitExits, whenHealthy } from '../../command-line/rows/shared-options.ts';

export const upRow: CommandRow = {
	name: 'up',
	group: 'stack',
	summary: [
		'Start the stack or some services, and wait until they are healthy',
		'스택 또는 일부 서비스를 시작하고 정상이 될 때까지 대기',
	],
	details: [
		[
			'Runs Docker Compose and shows its output as it arrives.',
			'Docker Compose를 실행하고 그 출력을 그대로 보여 줍니다.',
		],
	],
	arguments: [services],
	options: changing,
	changes: true,
	json: 'change',
	examples: [
		{ line: 'laketop up', does: ['Start the whole stack', '스택 전체 시작'] },
		{
			line: 'laketop up airflow-worker --yes',
			does: ['Start one service from a script', '스크립트에서 서비스 하나 시작'],
		},
	],
	load: () => import('./stack.ts'),
};

export const downRow: CommandRow = {
	name: 'down',
	group: 'stack',
	summary: [
		'Remove the containers and networks of the stack; volumes are kept',
		'스택의 컨테이너와 네트워크 삭제, 볼륨은 유지',
	],
	options: [
		{
			name: 'volumes',
			short: 'v',
			help: [
				'Delete the volumes and all their data too (asks for the project name)',
				'볼륨과 모든 데이터도 삭제(프로젝트 이름을 입력해야 함)',
			],
		},
		{
			name: 'confirm',
			value: { name: 'PROJECT', kind: 'project' },
			help: ['Project name that confirms --volumes with --yes', '--volumes와 --yes를 함께 쓸 때 확인용 프로젝트 이름'],
		},
		...changing,
	],
	changes: true,
	json: 'change',
	examples: [{ line: 'laketop down --dry-run', does: ['Preview what would be removed', '삭제될 항목 미리 보기'] }],
	load: () => import('./stack.ts'),
};

export const restartRow: CommandRow = {
	name: 'restart',
	group: 'stack',
	summary: ['Restart services or the whole stack', '서비스 또는 스택 전체 재시작'],
	details: [
		[
			'The engine restarts named services. Docker Compose restarts the whole stack and waits until it is healthy.',
			'지정한 서비스는 Docker 엔진이 재시작합니다. 스택 전체는 Docker Compose가 재시작하고 정상이 될 때까지 기다립니다.',
		],
	],
	arguments: [services],
	options: [whenHealthy, timeout, ...changing],
	changes: true,
	json: 'change',
	examples: [
		{ line: 'laketop restart airflow-scheduler', does: ['Restart one service', '서비스 하나 재시작'] },
		{
			line: 'laketop restart mlflow --yes --wait --timeout 2m',
			does: [
				'Restart from a script and wait up to 2 minutes until healthy',
				'스크립트에서 재시작하고 정상이 될 때까지 최대 2분 대기',
			],
		},
	],
	exits: [waitExits],
	load: () => import('./stack.ts'),
};

export const stopRow: CommandRow = {
	name: 'stop',
	group: 'stack',
	summary: [
		'Stop services or the whole stack; containers and data are kept',
		'서비스 또는 스택 전체 중지, 컨테이너와 데이터는 유지',
	],
	arguments: [services],
	options: changing,
	changes: true,
	json: 'change',
	examples: [{ line: 'laketop stop airflow-worker', does: ['Stop one service', '서비스 하나 중지'] }],
	load: () => import('./stack.ts'),
};
