import type { WatchedTask } from '../../clients/airflow/airflow3-watching.ts';
import { taskName } from '../../model/airflow/task-name.ts';
import { unitsOf } from '../../selectors/containers/service-units.ts';
import { knownRuns } from '../../selectors/dag-runs/run-history.ts';
import type { StepContext } from '../actions/action.ts';
import type { ViewState } from '../conversation.ts';
import { withList } from '../lists/opened.ts';
import { readLog } from '../panes/logs/log-places.ts';
import { withService } from '../panes/services/service-list.ts';

/** The list of the instances of the selected task. */
export const withInstances = (view: ViewState): ViewState => ({
	...withList(view, 'task-instances'),
	// Back to the same view of the pipeline.
	zoomed: view.zoomed,
	...(view.browse?.kind === 'task-instances' ? { browse: view.browse } : {}),
});

/** The task selected in the pipeline, or in the list of its instances where that is open. */
export function atTask({ current }: Pick<StepContext, 'current'>, view: ViewState, task: WatchedTask): ViewState {
	const { dagId, dagRunId, taskId, mapIndex } = task;
	const name = mapIndex < 0 ? null : taskName(task);
	const isHere = view.dagId === dagId && view.taskId === taskId;
	if (isHere && view.browse?.kind === 'task-instances')
		return { ...view, marks: [], browse: { ...view.browse, selected: name } };
	// The newest run is followed.
	const isNewest = knownRuns(current(), dagId)[0]?.dagRunId === dagRunId;
	const run = isNewest && view.dagId === dagId && view.dagRunId === null ? null : dagRunId;
	const graph = { ...view.graph, group: null };
	return { ...view, focus: 'pipeline', browse: null, dagId, dagRunId: run, taskId, instance: name, marks: [], graph };
}

/** The log of the task, of each try as it comes. */
export function atLog(context: Pick<StepContext, 'current'>, view: ViewState, task: WatchedTask): ViewState {
	const { dagId, dagRunId, taskId, mapIndex } = task;
	const request = { dagId, dagRunId, taskId, mapIndex, tryNumber: null, follow: 'task' as const };
	return readLog(atTask(context, view, task), { kind: 'task', request });
}

/** The container selected among the services; the replicas of its service are unfolded. */
export function atContainer({ current }: Pick<StepContext, 'current'>, view: ViewState, name: string): ViewState {
	const all = unitsOf(Object.values(current().containers));
	const unit = all.find(({ replicas }) => replicas.some(({ container }) => container.name === name));
	const there = { ...withService(view, name), zoomed: false, marks: [] };
	if (!unit || unit.id === name) return there;
	return { ...there, services: { ...there.services, unfolded: [...there.services.unfolded, unit.id] } };
}
