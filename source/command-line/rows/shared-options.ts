import { runsReached } from '../../model/settings/list-limits.ts';
import type { Text } from '../../words/language.ts';
import type { Argument, Option } from './command.ts';

export const json: Option = {
	name: 'json',
	help: ['Print a JSON document (schemas in docs/json)', 'JSON 문서 출력(스키마는 docs/json)'],
};
export const watch: Option = {
	name: 'watch',
	short: 'w',
	value: { name: 'SECONDS', kind: 'duration', otherwise: '2' },
	help: [
		'Repeat every SECONDS seconds (default: 2). A terminal is updated in place; with --json, one document per line',
		'SECONDS초마다 반복(기본값: 2). 터미널에서는 제자리에서 갱신하고 --json이면 한 줄에 문서 하나 출력',
	],
};
/** Of commands whose tables have columns of times. */
export const zoneOfTimes: Text = [
	'Times are local on a terminal, as on the screen. In piped output and in JSON they are UTC (2026-01-31T02:00:00Z).',
	'시각은 터미널에서 화면과 같이 현지 시각입니다. 파이프 출력과 JSON에서는 UTC입니다(2026-01-31T02:00:00Z).',
];
export const anyDag: Argument = {
	name: 'DAG',
	kind: 'dag',
	help: ['DAG (default: the DAG of --dag)', 'DAG(기본값: --dag의 DAG)'],
};
export const inRun: Option = {
	name: 'run',
	short: 'r',
	value: { name: 'ID', kind: 'run' },
	help: ['DAG run (default: the newest)', 'DAG 실행(기본값: 가장 최근)'],
};

/** Of commands that can draw a picture. */
export const svg: Option = {
	name: 'svg',
	help: ['Print an SVG image (for light and dark pages)', 'SVG 이미지 출력(밝은 문서와 어두운 문서 모두에 맞음)'],
};
/** Of commands whose output is for others to keep. */
export const toFile: readonly Option[] = [
	{
		name: 'output',
		short: 'o',
		value: { name: 'FILE', kind: 'file' },
		help: ['Write to FILE instead of standard output', '표준 출력 대신 FILE에 쓰기'],
	},
	{ name: 'force', help: ['Replace FILE if it exists', 'FILE이 있으면 바꾸기'] },
];

export const runsShown: Option = {
	name: 'runs',
	short: 'n',
	value: { name: 'N', kind: 'count', range: [1, runsReached] },
	help: ['Number of DAG runs, the newest, up to 1000 (default: 25)', '표시할 최근 DAG 실행 수, 1000까지(기본값: 25)'],
};

export const ofRun: Option = {
	name: 'run',
	short: 'r',
	value: { name: 'ID', kind: 'run' },
	required: true,
	help: ['DAG run, or newest', 'DAG 실행 또는 newest(가장 최근)'],
};
export const tasks: Option = {
	name: 'task',
	value: { name: 'TASK', kind: 'task' },
	many: true,
	help: [
		'Task (repeatable); TASK[INDEX] for one instance of a mapped task',
		'작업(여러 번 지정 가능), 매핑된 작업의 인스턴스 하나는 TASK[INDEX]',
	],
};
export const finding: Argument = {
	name: 'FINDING',
	kind: 'finding',
	help: ['ID, rule or subject of the finding', '문제의 ID, 규칙 또는 대상'],
};
export const yes: Option = { name: 'yes', short: 'y', help: ['Do not ask for confirmation', '확인하지 않고 실행'] };
/** Of every command that changes something. */
export const changing: readonly Option[] = [
	yes,
	{
		name: 'dry-run',
		help: ['Preview the change and the equivalent command', '변경 내용과 동등한 명령 미리 보기'],
	},
	json,
];
export const services: Argument = {
	name: 'SERVICE',
	kind: 'service',
	many: true,
	help: ['Services, with all replicas (default: the stack)', '서비스와 그 모든 복제본(기본값: 스택 전체)'],
};
export const namedServices: Argument = {
	...services,
	required: true,
	help: ['Services with all replicas, or single containers', '서비스와 그 모든 복제본, 또는 컨테이너 하나'],
};
export const oneService: Argument = {
	name: 'SERVICE',
	kind: 'service',
	required: true,
	help: [
		'One container: a service, one of its replicas (api-2), or PROJECT/NAME',
		'컨테이너 하나: 서비스, 복제본 하나(api-2) 또는 PROJECT/NAME',
	],
};
export const whenHealthy: Option = {
	name: 'wait',
	help: ['Wait until the services are healthy', '서비스가 정상이 될 때까지 대기'],
};
export const untilRunEnds: Option = {
	name: 'wait',
	help: ['Wait until the DAG run has finished', 'DAG 실행이 끝날 때까지 대기'],
};
export const timeout: Option = {
	name: 'timeout',
	value: { name: 'TIME', kind: 'duration' },
	help: ['Maximum time to wait: 90 (seconds), 5m', '최대 대기 시간: 90(초), 5m'],
};
export const waitExits: Text = [
	'With --wait: 1 a service failed, 3 a service was not healthy in time.',
	'--wait를 지정하면: 1 서비스 실패, 3 제시간에 정상이 되지 않음.',
];
export const waitRunExits: Text = [
	'With --wait: 0 the DAG run succeeded, 1 it failed, 3 it did not finish in time.',
	'--wait를 지정하면: 0 DAG 실행 성공, 1 DAG 실행 실패, 3 제시간에 끝나지 않음.',
];
