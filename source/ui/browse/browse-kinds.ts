import { timelineKinds } from '../../model/timeline-entry.ts';
import type { Browse } from '../conversation.ts';
import { dagColumns, runColumns, runStates } from './browse-rows.ts';
import { mlflowRunColumns, mlflowStatuses } from './mlflow-run-rows.ts';

/** What a list can be sorted and narrowed by. */
export type BrowseKind = {
	/** The column that it is sorted by at first. */
	readonly sort: string;
	/** None: its order is its own. */
	readonly columns: readonly { readonly id: string; readonly heading: string }[];
	/** What `state` goes through; the first shows all. */
	readonly states: readonly (string | null)[];
	/** The action whose key does that; none where there are no states. */
	readonly stateAction: string | null;
	readonly filterTitle: string;
	readonly filterHint: string;
};

export const browseKinds: Readonly<Record<Browse['kind'], BrowseKind>> = {
	dags: {
		sort: 'dag',
		columns: dagColumns,
		states: [null],
		stateAction: null,
		filterTitle: 'Only DAGs with',
		filterHint: 'Words of the name, a tag, an owner, or paused',
	},
	runs: {
		sort: 'run',
		columns: runColumns,
		states: runStates,
		stateAction: 'run-state',
		filterTitle: 'Only runs with',
		filterHint: 'Words of the id, state, conf or note',
	},
	timeline: {
		sort: 'time',
		columns: [],
		states: [null, ...timelineKinds],
		stateAction: 'timeline-kind',
		filterTitle: 'Only what happened with',
		filterHint: 'Words of what it was, of whom, and of what was said',
	},
	'mlflow-runs': {
		sort: 'began',
		columns: mlflowRunColumns,
		states: mlflowStatuses,
		stateAction: 'mlflow-run-status',
		filterTitle: 'Only MLflow runs with',
		filterHint: 'Words of the name, id, status, a metric, a param or tag (layer=gold), the DAG run',
	},
};
