import type { Action } from '../../actions/action.ts';
import { withList } from '../../lists/opened.ts';

export const mlflowActions: readonly Action[] = [
	{
		id: 'browse-mlflow-runs',
		kind: 'view',
		keys: ['a'],
		label: 'runs',
		help: 'All MLflow runs of the experiment: Enter shows params, metrics and tags of one, / filters, S sorts',
		group: 'look',
		places: ['mlflow'],
		inKeyBar: true,
		apply: ({ view }) => withList(view, 'mlflow-runs'),
	},
];
