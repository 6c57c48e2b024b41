import { newestRun } from '../../../model/pipeline.ts';
import { runAddress } from '../../actions/addresses.ts';
import { runCopyables } from '../../actions/run-copyables.ts';
import { faceOf } from '../../face.ts';
import type { List } from '../definition.ts';
import { listOf } from '../list.ts';
import { nextState } from '../opened.ts';
import { runColumns, runRows, runSort, runStates } from './run-rows.ts';

declare module '../../place.ts' {
	interface ListIds {
		readonly runs: true;
	}
}

/** The runs of the shown DAG. */
export const dagRunList: List = listOf({
	id: 'runs',
	name: ['DAG run list', 'DAG 실행 목록'],
	shortName: ['the DAG run list', 'DAG 실행 목록'],
	title: ({ view, glyphs }) => `DAGs ${glyphs.selected} ${glyphs.fold(view.dagId)} ${glyphs.selected} runs`,
	crumbs: ({ view, say }) => [say(['DAGs', 'DAG']), view.dagId, say(['runs', '실행'])],
	face: (state, view) => faceOf(state, 'pipeline', state.dagRuns[view.dagId] !== undefined),
	asks: 'Airflow',
	seenAt: state => state.listsSeenAt.runs,
	empty: ({ keyOf }) => `No run yet${keyOf('trigger') ? `; ${keyOf('trigger')} starts one` : ''}.`,
	markKind: 'run',
	rows: (state, { dagId }, browse) => runRows(state, dagId, browse),
	idOf: run => run.dagRunId,
	columns: runColumns,
	sort: runSort,
	stateAction: 'run-state',
	filterTitle: 'Only runs with',
	filterHint: 'Words of the id, state, conf or note',
	open: ({ state, view }, id) => ({
		...view,
		browse: null,
		taskId: null,
		focus: 'pipeline',
		marks: [],
		dagRunId: newestRun(state.dagRuns[view.dagId])?.dagRunId === id ? null : id,
	}),
	copy: runCopyables,
	address: runAddress,
	actions: [
		{
			id: 'run-state',
			kind: 'view',
			keys: ['s'],
			label: ['state', '상태'],
			help: [
				'Show DAG runs of one state only: running, queued, failed, success, all',
				'한 상태의 DAG 실행만 보기: 실행 중, 대기 중, 실패, 성공, 전체',
			],
			group: 'look',
			places: ['runs'],
			inKeyBar: true,
			apply: nextState(runStates),
		},
	],
});
