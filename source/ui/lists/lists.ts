import { dagRunList } from './dag-runs/dag-run-list.ts';
import { dagList } from './dags/dag-list.ts';
import type { List } from './definition.ts';
import { mlflowRunList } from './mlflow-runs/mlflow-run-list.ts';
import { timelineList } from './timeline/timeline-list.ts';

/** All lists over the whole screen. A new one is a line here. */
export const lists: readonly List[] = [dagList, dagRunList, timelineList, mlflowRunList];

export const listIds = lists.map(({ id }) => id);

/** The list that lies over the panes. */
export function listAt(view: { readonly browse: { readonly kind: string } | null }): List | undefined {
	return lists.find(list => list.id === view.browse?.kind);
}
