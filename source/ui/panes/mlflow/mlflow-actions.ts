import type { Action } from '../../actions/action.ts';
import { withList } from '../../lists/opened.ts';

export const mlflowActions: readonly Action[] = [
	{
		id: 'browse-mlflow-runs',
		kind: 'view',
		verb: 'all',
		keys: ['a'],
		label: ['MLflow runs', 'MLflow 실행'],
		help: ['List all MLflow runs of the experiment', '실험의 모든 MLflow 실행 목록'],
		group: 'look',
		places: ['mlflow'],
		inKeyBar: true,
		apply: ({ view }) => withList(view, 'mlflow-runs'),
	},
];
