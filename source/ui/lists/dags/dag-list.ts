import { dagAddress } from '../../actions/addresses.ts';
import { targetDagId } from '../../actions/targets.ts';
import { faceOf } from '../../face.ts';
import { copyableTexts } from '../../panes/pane.ts';
import type { List } from '../definition.ts';
import { listOf } from '../list.ts';
import { dagColumns, dagRows, dagSort } from './dag-rows.ts';

declare module '../../place.ts' {
	interface ListIds {
		readonly dags: true;
	}
}

export const dagList: List = listOf({
	id: 'dags',
	name: ['DAG list', 'DAG 목록'],
	shortName: ['the DAG list', 'DAG 목록'],
	title: () => 'DAGs',
	crumbs: ({ say }) => [say(['DAGs', 'DAG'])],
	face: state => faceOf(state, 'dags', state.dags !== null),
	asks: 'Airflow',
	seenAt: state => state.listsSeenAt.dags,
	empty: () => 'Airflow knows no DAG: is the dags folder mounted, and the scheduler running?',
	markKind: 'dag',
	rows: (state, _, browse) => dagRows(state, browse),
	idOf: row => row.dag.dagId,
	columns: dagColumns,
	sort: dagSort,
	filterTitle: 'Only DAGs with',
	filterHint: 'Words of the name, a tag, an owner, or paused',
	open: ({ view }, id) => ({
		...view,
		browse: null,
		taskId: null,
		focus: 'pipeline',
		marks: [],
		dagId: id,
		dagRunId: null,
	}),
	copy: context => copyableTexts(['the DAG id', targetDagId(context)]),
	address: dagAddress,
	actions: [],
});
