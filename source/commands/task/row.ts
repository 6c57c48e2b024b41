import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { anyDag, inRun, json, watch, zoneOfTimes } from '../../command-line/rows/shared-options.ts';

export const taskRow: CommandRow = {
	name: 'task',
	group: 'look',
	summary: [
		'Show everything about a task: state, tries, host, rendered fields, XCom, errors, MLflow run',
		'작업의 모든 정보 표시: 상태, 시도, 호스트, 렌더링된 필드, XCom, 오류, MLflow 실행',
	],
	details: [
		[
			'Of a mapped task without an index, its instances are listed. Values of XCom are fetched only with --xcom; long values are cut, secrets masked.',
			'인덱스 없는 매핑된 작업은 인스턴스 목록을 표시합니다. XCom 값은 --xcom을 지정할 때만 가져옵니다. 긴 값은 자르고 비밀 값은 가립니다.',
		],
		[
			'The MLflow run and the container are found by tags and IDs. A guess by name and time is marked as one.',
			'MLflow 실행과 컨테이너는 태그와 id로 찾습니다. 이름과 시각으로 추정한 것은 추정이라고 표시합니다.',
		],
		zoneOfTimes,
	],
	arguments: [
		{
			name: 'TASK',
			kind: 'task',
			required: true,
			help: ['Task; TASK[INDEX] for one instance of a mapped task', '작업, 매핑된 작업의 인스턴스 하나는 TASK[INDEX]'],
		},
		anyDag,
	],
	options: [
		inRun,
		{
			name: 'xcom',
			value: { name: 'KEY', kind: 'xcom' },
			help: ['Also show the value of an XCom', 'XCom 값도 표시'],
		},
		json,
		watch,
	],
	json: 'task',
	examples: [
		{
			line: 'laketop task model_training',
			does: ['Show a task of the newest DAG run', '가장 최근 DAG 실행의 작업 보기'],
		},
		{
			line: 'laketop task raw_to_bronze --xcom return_value',
			does: ['Show what the task returned', '작업이 반환한 값 보기'],
		},
	],
	exits: [['0 the task has not failed, 1 it has.', '0 작업이 실패하지 않음, 1 작업이 실패함.']],
	load: () => import('./task.ts'),
};
