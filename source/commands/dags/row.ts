import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { json, watch, zoneOfTimes } from '../../command-line/rows/shared-options.ts';

export const dagsRow: CommandRow = {
	name: 'dags',
	group: 'look',
	summary: [
		'List DAGs: paused or not, schedule, next and last DAG run, tags, file',
		'DAG 목록: 일시 중지 여부, 스케줄, 다음과 최근 DAG 실행, 태그, 파일',
	],
	details: [zoneOfTimes],
	arguments: [
		{
			name: 'FILTER',
			kind: 'dag',
			help: ['Only DAGs whose ID or tag contains this text', 'ID나 태그에 이 문자열이 있는 DAG만 표시'],
		},
	],
	options: [
		{
			name: 'sort',
			value: { name: 'BY', kind: 'choice', choices: ['id', 'next', 'last'] },
			help: [
				'Sort by ID, next DAG run (soonest first) or last DAG run (newest first)',
				'id, next(다음 DAG 실행이 빠른 순), last(최근에 실행된 순)로 정렬',
			],
		},
		json,
		watch,
	],
	json: 'dags',
	examples: [
		{ line: 'laketop dags', does: ['List all DAGs', '모든 DAG 목록'] },
		{
			line: 'laketop dags lakehouse',
			does: ['List DAGs with this text in their ID or a tag', 'ID나 태그에 이 문자열이 있는 DAG 목록'],
		},
	],
	exits: [
		[
			'0 no import errors, 1 at least one DAG file has an import error.',
			'0 임포트 오류 없음, 1 임포트 오류가 있는 DAG 파일이 있음.',
		],
	],
	load: () => import('./dags.ts'),
};
