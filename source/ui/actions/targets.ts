import type { Dag, DagRun, TaskInstance } from '../../model/airflow/pipeline.ts';
import { taskName } from '../../model/airflow/task-name.ts';
import type { MlflowRun, ModelVersion } from '../../model/mlflow/experiment.ts';
import type { ContainerState } from '../../model/state.ts';
import { servicesInOrder } from '../../selectors/containers/service-groups.ts';
import { containersOf } from '../../selectors/containers/service-units.ts';
import { type Stage, shownPipeline } from '../../selectors/dag-runs/shown-pipeline.ts';
import type { GridRow } from '../../selectors/graph-grid-gantt/grid-rows.ts';
import type { NamedTask } from '../../selectors/links/task-links.ts';
import { knownMlflowRuns } from '../../selectors/mlflow-runs/known-runs.ts';
import type { RunNode } from '../../selectors/mlflow-runs/run-tree.ts';
import type { Text } from '../../words/language.ts';
import type { ViewState } from '../conversation.ts';
import { runRows } from '../lists/dag-runs/run-rows.ts';
import { dagRows } from '../lists/dags/dag-rows.ts';
import { mlflowRunTree } from '../lists/mlflow-runs/mlflow-run-rows.ts';
import { modelVersionRows, versionRowId } from '../lists/model-versions/model-version-rows.ts';
import { selectedRow } from '../lists/opened.ts';
import { instanceRows } from '../lists/task-instances/task-instance-rows.ts';
import { taskOfLog } from '../panes/logs/log-places.ts';
import { selectedGroup } from '../panes/pipeline/grid-window.ts';
import { selectedContainers } from '../panes/services/service-list.ts';
import { placeOf } from '../place.ts';
import { shownLogContainers } from '../view-state.ts';
import type { ActionContext } from './action.ts';

/** The targets of an action in the current place: the marked rows, else the selected one. */

const marksOf = ({ view }: ActionContext, kind: string): readonly string[] =>
	view.marks.filter(mark => mark.startsWith(`${kind} `)).map(mark => mark.slice(kind.length + 1));

/** The containers of the marked services, else of the selected one; in the logs those whose log is shown. */
export function targetServices(context: ActionContext): readonly ContainerState[] {
	const { state, view, ownProject } = context;
	const marked = new Set(marksOf(context, 'service').flatMap(id => containersOf(state, id, ownProject)));
	const chosen = servicesInOrder(state, ownProject).filter(service => marked.has(service));
	if (chosen.length > 0) return chosen;
	return view.focus === 'services' || view.focus === 'logs' || view.browse === null ? targetReplicas(context) : [];
}

export const noService: Text = ['No service selected', '선택한 서비스가 없습니다'];

/** The containers of the selection, regardless of marks: all replicas of a service. */
export function targetReplicas({ state, view, ownProject }: ActionContext): readonly ContainerState[] {
	if (view.focus === 'logs') {
		const { selection } = view.logs;
		const names = shownLogContainers(state, view, ownProject);
		// Of several services that are shown together, the first one.
		const meant = selection.kind === 'container' ? names : names.slice(0, 1);
		return meant.flatMap(name => containersOf(state, name, ownProject));
	}
	return selectedContainers(state, view, ownProject);
}

/** The container of the selection, regardless of marks; the first replica of a service. */
export function targetService(context: ActionContext): ContainerState | undefined {
	return targetReplicas(context)[0];
}

/** The DAG of the selected row, else the shown one. */
export function targetDagId(context: ActionContext): string {
	const { dagId, browse } = context.view;
	if (browse?.kind !== 'dags') return dagId;
	const { row } = selectedRow(dagRows(context.state, browse), ({ dag }) => dag.dagId, browse);
	return row?.dag.dagId ?? dagId;
}

export function targetDagIds(context: ActionContext): string[] {
	const marked = context.view.browse?.kind === 'dags' ? marksOf(context, 'dag') : [];
	return marked.length > 0 ? [...marked] : [targetDagId(context)];
}

export function targetDag(context: ActionContext): Dag | undefined {
	const dagId = targetDagId(context);
	return context.state.dags?.find(dag => dag.dagId === dagId);
}

/** The run of the selected row, else the shown one. */
export function targetRun(context: ActionContext): DagRun | undefined {
	const { state, view } = context;
	if (view.browse?.kind === 'runs')
		return selectedRow(runRows(state, view.dagId, view.browse), ({ dagRunId }) => dagRunId, view.browse).row;
	return shownPipeline(state, view.dagId, view.dagRunId).run;
}

/** The marked runs, else the selected one. */
export function targetRuns(context: ActionContext): DagRun[] {
	const { state, view } = context;
	const marked = view.browse?.kind === 'runs' ? marksOf(context, 'run') : [];
	if (marked.length === 0) {
		const one = targetRun(context);
		return one ? [one] : [];
	}
	const found = state.matchedRuns?.dagId === view.dagId ? state.matchedRuns.runs : [];
	const known = new Map([...found, ...(state.dagRuns[view.dagId] ?? [])].map(run => [run.dagRunId, run]));
	return marked.flatMap(id => known.get(id) ?? []);
}

export function targetMlflowRun({ state, view }: ActionContext): RunNode | undefined {
	if (view.browse?.kind !== 'mlflow-runs') return undefined;
	return selectedRow(mlflowRunTree(state, view, view.browse), ({ runId }) => runId, view.browse).row;
}

/** The marked MLflow runs, in the order of the list, else the selected one. */
export function targetMlflowRuns(context: ActionContext): readonly MlflowRun[] {
	const marked = new Set(marksOf(context, 'mlflow-run'));
	const chosen = knownMlflowRuns(context.state).filter(({ runId }) => marked.has(runId));
	return chosen.length > 0 ? chosen : [targetMlflowRun(context)].filter(run => run !== undefined);
}

/** The version of the selected row of the list of versions. */
export function targetVersion({ state, view }: ActionContext): ModelVersion | undefined {
	if (view.browse?.kind !== 'model-versions') return undefined;
	return selectedRow(modelVersionRows(state, view.browse), versionRowId, view.browse).row;
}

/** The marked versions, in the order of the list, else the selected one. */
export function targetVersions(context: ActionContext): readonly ModelVersion[] {
	const marked = new Set(marksOf(context, 'model-version'));
	const chosen = (context.state.modelVersions ?? []).filter(version => marked.has(versionRowId(version)));
	return chosen.length > 0 ? chosen : [targetVersion(context)].filter(version => version !== undefined);
}

export function shownStages({ state, view }: ActionContext): readonly Stage[] {
	return shownPipeline(state, view.dagId, view.dagRunId).stages;
}

/** Whether tasks of the shown DAG run are selected here: in the pipeline, or in the list of the instances of one. */
export const isAtTasks = (view: ViewState): boolean => ['pipeline', 'task-instances'].includes(placeOf(view));

/** The task whose log is shown, if the keys are those of the logs; null: it is the log of a container. */
export function targetLogTask(context: ActionContext): NamedTask | null {
	if (placeOf(context.view) !== 'logs') return null;
	const task = taskOfLog(context);
	// Before the first task of a DAG run has a log there is none.
	return task?.taskId ? task : null;
}

/** The selected task of the pipeline. */
export function targetStage(context: ActionContext): Stage | undefined {
	if (!isAtTasks(context.view)) return undefined;
	return shownStages(context).find(stage => stage.taskId === context.view.taskId);
}

/** The chosen instance of the selected task; in the list of its instances that of the row. */
export function targetInstance(context: ActionContext): TaskInstance | undefined {
	const { state, view } = context;
	if (view.browse?.kind === 'task-instances')
		return selectedRow(instanceRows(state, view, view.browse), taskName, view.browse).row;
	const { instance } = view;
	return targetStage(context)?.instances.find(task => task.mapIndex >= 0 && taskName(task) === instance);
}

/** The marked tasks, else the selected one or its chosen instance, or those of the selected group. */
export function targetTaskIds(context: ActionContext): string[] {
	const { browse } = context.view;
	if (browse?.kind === 'task-instances') {
		const all = new Set(targetStage(context)?.instances.map(taskName));
		const markedOnes = marksOf(context, 'instance').filter(name => all.has(name));
		if (markedOnes.length > 0) return markedOnes;
	}
	const stages = shownStages(context).map(stage => stage.taskId);
	const marked = marksOf(context, 'task').filter(id => stages.includes(id));
	if (marked.length > 0) return marked;
	const group = selectedGroup(context);
	if (group) return group.taskIds.filter(id => stages.includes(id));
	const one = targetStage(context);
	if (!one) return [];
	const instance = targetInstance(context);
	return [instance ? taskName(instance) : one.taskId];
}

/** The selected group of tasks, unless tasks are marked. */
export function targetGroup(context: ActionContext): GridRow | null {
	return marksOf(context, 'task').length > 0 ? null : selectedGroup(context);
}
