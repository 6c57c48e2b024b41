import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { anyDag, inRun, json, watch, zoneOfTimes } from '../../command-line/rows/shared-options.ts';

export const tasksRow: CommandRow = {
	name: 'tasks',
	group: 'look',
	summary: [
		'List the tasks of a DAG run in order: state, duration, tries, error',
		'DAG 실행의 작업을 순서대로 표시: 상태, 소요 시간, 시도 횟수, 오류',
	],
	details: [zoneOfTimes],
	arguments: [anyDag],
	options: [
		inRun,
		{
			name: 'tries',
			help: [
				'Also list the tries with their times and hosts (Airflow before 2.10 reports the last try only)',
				'시도별 시각과 호스트도 표시(2.10 이전 Airflow는 마지막 시도만 제공)',
			],
		},
		json,
		watch,
	],
	json: 'tasks',
	examples: [
		{ line: 'laketop tasks', does: ['List the tasks of the newest DAG run', '가장 최근 DAG 실행의 작업 목록'] },
		{
			line: 'laketop tasks my_dag --run manual__2026-01-01T00:00:00+00:00',
			does: ['List the tasks of one DAG run', '특정 DAG 실행의 작업 목록'],
		},
	],
	exits: [
		['0 the DAG run succeeded or is active, 1 it failed.', '0 DAG 실행이 성공했거나 진행 중, 1 DAG 실행이 실패함.'],
	],
	load: () => import('./tasks.ts'),
};
