import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { anyDag, inRun, json, svg, toFile, watch } from '../../command-line/rows/shared-options.ts';

export const ganttRow: CommandRow = {
	name: 'gantt',
	group: 'look',
	summary: [
		'Show the tasks of a DAG run on a time axis: waiting, queued, running, critical path',
		'DAG 실행의 작업을 시간 축에 표시: 대기, 대기열, 실행, 임계 경로',
	],
	arguments: [anyDag],
	options: [inRun, svg, ...toFile, json, watch],
	json: 'gantt',
	examples: [
		{
			line: 'laketop gantt',
			does: ['Show where the newest DAG run spent its time', '가장 최근 DAG 실행이 시간을 쓴 곳 표시'],
		},
		{
			line: 'laketop gantt my_dag --run manual__2026-01-01T00:00:00+00:00 --json',
			does: ['Print the times of one DAG run as JSON', '특정 DAG 실행의 시각을 JSON으로 출력'],
		},
	],
	exits: [
		['0 the DAG run succeeded or is active, 1 it failed.', '0 DAG 실행이 성공했거나 진행 중, 1 DAG 실행이 실패함.'],
	],
	load: () => import('./gantt.ts'),
};
