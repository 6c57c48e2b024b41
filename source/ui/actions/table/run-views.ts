import { shownAs } from '../../panes/pipeline/pipeline-actions.ts';
import type { Action } from '../action.ts';

/** Views over many runs of a DAG, from everywhere. */
export const runViewActions: readonly Action[] = [
	{
		id: 'grid',
		kind: 'view',
		verb: 'grid',
		keys: [],
		label: ['grid', '그리드'],
		help: [
			'Show the states of all tasks in many DAG runs side by side',
			'여러 DAG 실행의 모든 작업 상태를 나란히 표시',
		],
		group: 'look',
		apply: ({ view }) => shownAs(view, 'grid'),
	},
	{
		id: 'trend',
		kind: 'view',
		verb: 'trend',
		keys: [],
		label: ['trend', '추이'],
		help: [
			'Show durations over many DAG runs: what is slower than usual, failures, retries, missing runs',
			'여러 DAG 실행의 소요 시간 추이 표시: 평소보다 느린 작업, 실패, 재시도, 누락된 실행',
		],
		group: 'look',
		apply: ({ view }) => shownAs(view, 'trend'),
	},
];
