import { newestRun } from '../../../model/airflow/pipeline.ts';
import { dagRunStateLook } from '../../../model/airflow/task-state.ts';
import { runsReached } from '../../../model/settings/list-limits.ts';
import { moreBelow, newestOnly } from '../../../presentation/cut-words.ts';
import { phrase } from '../../../words/message.ts';
import { runAddress } from '../../actions/addresses.ts';
import { runCopyables } from '../../actions/run-copyables.ts';
import { faceOf } from '../../face.ts';
import type { List } from '../definition.ts';
import { listOf } from '../list.ts';
import { nextState } from '../opened.ts';
import { matchingRuns, runColumns, runRows, runSort, runStates, runsInAll } from './run-rows.ts';

declare module '../../place.ts' {
	interface ListIds {
		readonly runs: true;
	}
}

export const dagRunList: List = listOf({
	id: 'runs',
	name: ['DAG run list', 'DAG 실행 목록'],
	shortName: ['the DAG run list', 'DAG 실행 목록'],
	title: ({ view, glyphs, say }) =>
		say(['DAGs {mark} {dagId} {mark} DAG runs', 'DAG {mark} {dagId} {mark} DAG 실행'], {
			mark: glyphs.selected,
			dagId: glyphs.fold(view.dagId),
		}),
	crumbs: ({ view, say }) => [say(['DAGs', 'DAG']), view.dagId, say(['DAG runs', 'DAG 실행'])],
	face: (state, view) => faceOf(state, 'pipeline', state.dagRuns[view.dagId] !== undefined),
	cut: (state, { dagId, browse }) => {
		const found = browse && matchingRuns(state, dagId, browse);
		if (!found || found.runs.length >= found.total) return null;
		return newestOnly(found.runs.length, runsReached) ?? phrase(moreBelow);
	},
	server: 'Airflow',
	seenAt: state => state.listsSeenAt.runs,
	empty: ({ keyOf, say }) => {
		const key = keyOf('trigger');
		return key === null
			? say(['No DAG runs yet.', '아직 DAG 실행이 없습니다.'])
			: say(
					['No DAG runs yet. Press {key} to trigger one.', '아직 DAG 실행이 없습니다. {key} 키를 눌러 트리거하세요.'],
					{
						key,
					},
				);
	},
	markKind: 'run',
	rows: (state, { dagId }, browse) => runRows(state, dagId, browse),
	total: (state, { dagId }, browse) => runsInAll(state, dagId, browse),
	idOf: run => run.dagRunId,
	columns: runColumns,
	sort: runSort,
	stateAction: 'run-state',
	stateWord: state => dagRunStateLook(state).word,
	filterTitle: ['Filter DAG runs', 'DAG 실행 필터'],
	filterHint: ['Words of the ID, state, conf or note', 'ID, 상태, conf, 메모의 단어'],
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
			verb: 'show only',
			keys: ['&'],
			label: ['state', '상태'],
			help: [
				'Show DAG runs of one state only: failed, running, queued, success, all',
				'한 상태의 DAG 실행만 보기: 실패, 실행 중, 대기 중, 성공, 전체',
			],
			group: 'look',
			places: ['runs'],
			inKeyBar: true,
			apply: nextState(runStates),
		},
	],
});
