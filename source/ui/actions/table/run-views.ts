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
];
