import { cutListOf, dagListName } from '../../../model/cut-list.ts';
import { cutCount } from '../../../presentation/cut-words.ts';
import { dagAddress } from '../../actions/addresses.ts';
import { targetDagId } from '../../actions/targets.ts';
import { faceOf } from '../../face.ts';
import { copyableTexts } from '../../panes/pane.ts';
import type { List } from '../definition.ts';
import { listOf } from '../list.ts';
import { nextState } from '../opened.ts';
import { dagColumns, dagRows, dagSort, dagStates } from './dag-rows.ts';

declare module '../../place.ts' {
	interface ListIds {
		readonly dags: true;
	}
}

export const dagList: List = listOf({
	id: 'dags',
	name: ['DAG list', 'DAG 목록'],
	shortName: ['the DAG list', 'DAG 목록'],
	title: ({ say }) => say(['DAGs', 'DAG 목록']),
	crumbs: ({ say }) => [say(['DAGs', 'DAG'])],
	face: state => faceOf(state, 'dags', state.dags !== null),
	cut: ({ cutLists }) => {
		const cut = cutListOf(cutLists, 'airflow', dagListName);
		return cut ? cutCount(cut) : null;
	},
	server: 'Airflow',
	seenAt: state => state.listsSeenAt.dags,
	empty: ({ say }) =>
		say([
			'Airflow has no DAGs. Check that the DAG folder is mounted and that the scheduler (Airflow 3: the DAG processor) is running.',
			'Airflow에 DAG가 없습니다. DAG 폴더가 마운트되었고 이를 읽는 스케줄러나 DAG 프로세서가 실행 중인지 확인하세요.',
		]),
	markKind: 'dag',
	rows: (state, _, browse) => dagRows(state, browse),
	idOf: row => row.dag.dagId,
	columns: dagColumns,
	sort: dagSort,
	filterTitle: ['Filter DAGs', 'DAG 필터'],
	filterHint: ['Words of the name, a tag, an owner, or "paused"', '이름, 태그, 소유자의 단어 또는 "일시 중지됨"'],
	open: ({ view }, id) => ({
		...view,
		browse: null,
		taskId: null,
		focus: 'pipeline',
		marks: [],
		dagId: id,
		dagRunId: null,
	}),
	copy: context => copyableTexts([context.say(['DAG ID', 'DAG ID']), targetDagId(context)]),
	address: dagAddress,
	stateAction: 'dag-state',
	stateWord: state => dagStates[state]?.word ?? [state, state],
	actions: [
		{
			id: 'dag-state',
			kind: 'view',
			verb: 'show only',
			keys: ['&'],
			label: ['state', '상태'],
			help: [
				'Show DAGs of one state only: last run failed, running, paused, active, all',
				'한 상태의 DAG만 보기: 최근 실행 실패, 실행 중, 일시 중지됨, 활성, 전체',
			],
			group: 'look',
			places: ['dags'],
			inKeyBar: true,
			apply: nextState([null, ...Object.keys(dagStates)]),
		},
	],
});
