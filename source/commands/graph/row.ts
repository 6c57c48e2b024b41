import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { anyDag, inRun, json, svg, toFile, watch } from '../../command-line/rows/shared-options.ts';

export const graphRow: CommandRow = {
	name: 'graph',
	group: 'look',
	summary: [
		'Show a DAG as a graph: branches, joins, task groups, states of a DAG run',
		'DAG를 그래프로 표시: 분기, 합류, 작업 그룹, DAG 실행의 상태',
	],
	arguments: [anyDag],
	options: [
		inRun,
		{
			name: 'folded',
			help: ['Draw each task group as one box', '작업 그룹을 각각 상자 하나로 표시'],
		},
		svg,
		...toFile,
		json,
		watch,
	],
	json: 'graph',
	examples: [
		{
			line: 'laketop graph',
			does: ['Show the default DAG in the state of its newest DAG run', '기본 DAG를 가장 최근 DAG 실행의 상태로 표시'],
		},
		{
			line: 'laketop graph my_dag --svg --output my_dag.svg',
			does: ['Save the graph as an image', '그래프를 이미지로 저장'],
		},
	],
	exits: [
		['0 the DAG run succeeded or is active, 1 it failed.', '0 DAG 실행이 성공했거나 진행 중, 1 DAG 실행이 실패함.'],
	],
	load: () => import('./graph.ts'),
};
