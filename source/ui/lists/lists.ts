import { dagRunList } from './dag-runs/dag-run-list.ts';
import { dagList } from './dags/dag-list.ts';
import type { List } from './definition.ts';
import { mlflowRunList } from './mlflow-runs/mlflow-run-list.ts';
import { modelVersionList } from './model-versions/model-version-list.ts';
import { taskInstanceList } from './task-instances/task-instance-list.ts';
import { timelineList } from './timeline/timeline-list.ts';

/** A new list is a line here. */
export const lists: readonly List[] = [
	dagList,
	dagRunList,
	timelineList,
	mlflowRunList,
	modelVersionList,
	taskInstanceList,
];

export const listIds = lists.map(({ id }) => id);

export function listAt(view: { readonly browse: { readonly kind: string } | null }): List | undefined {
	return lists.find(list => list.id === view.browse?.kind);
}
