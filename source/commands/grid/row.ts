import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { anyDag, json, runsShown, svg, toFile, watch } from '../../command-line/rows/shared-options.ts';

export const gridRow: CommandRow = {
	name: 'grid',
	group: 'look',
	summary: [
		'Show the states of all tasks in many DAG runs: runs as columns, tasks as rows',
		'여러 DAG 실행의 모든 작업 상태 표시: 실행은 열, 작업은 행',
	],
	details: [
		[
			'A terminal shows as many of the newest DAG runs as fit. Bars show durations, digits the number of tries.',
			'터미널에는 폭에 맞는 만큼 최근 DAG 실행을 표시합니다. 막대는 소요 시간, 숫자는 시도 횟수입니다.',
		],
	],
	arguments: [anyDag],
	options: [runsShown, svg, ...toFile, json, watch],
	json: 'grid',
	examples: [
		{ line: 'laketop grid', does: ['Show the newest DAG runs', '최근 DAG 실행 표시'] },
		{
			line: 'laketop grid my_dag --runs 100 --json',
			does: ['Print the tasks of a hundred DAG runs as JSON', 'DAG 실행 100개의 작업을 JSON으로 출력'],
		},
	],
	exits: [['0 even if DAG runs have failed.', '실패한 DAG 실행이 있어도 0입니다.']],
	load: () => import('./grid.ts'),
};
