import { isActiveRun } from '../../../model/airflow/pipeline.ts';
import { layoutWork } from '../../../presentation/graph/sizes.ts';
import { runName } from '../../../presentation/run-name.ts';
import { shownPipeline } from '../../../selectors/dag-runs/shown-pipeline.ts';
import { runAddress } from '../../actions/addresses.ts';
import { runCopyables } from '../../actions/run-copyables.ts';
import { targetStage } from '../../actions/targets.ts';
import type { Pane } from '../pane.ts';
import { isGraph, movedInGraph } from './graph-moves.ts';
import { otherRow, otherRun, showsManyRuns } from './grid-window.ts';
import { pipelineActions } from './pipeline-actions.ts';
import { pipelineNoticeRows } from './pipeline-notices.ts';
import { pipelineRowCount, pipelineView } from './pipeline-view.ts';

declare module '../../place.ts' {
	interface PaneIds {
		readonly pipeline: true;
	}
}

/** The shown DAG: the tasks of a run, and its runs. */
export const pipelinePane: Pane = {
	id: 'pipeline',
	title: ['Pipeline', '파이프라인'],
	name: ['pipeline pane', '파이프라인 패널'],
	shortName: ['pipeline', '파이프라인'],
	area: 'upper',
	rows: ({ state, view, now, ownProject, columns }) => {
		const pipeline = shownPipeline(state, view.dagId, view.dagRunId);
		return (
			pipelineRowCount(pipeline.stages.length, columns - 4) +
			pipelineNoticeRows(state, pipeline, { now, project: ownProject })
		);
	},
	view: input => {
		const { dagId, dagRunId, taskId, instance, marks, graph, pipelineView: shows } = input.view;
		return pipelineView({
			...input,
			dagId,
			dagRunId,
			taskId,
			instance,
			marks,
			graph,
			pipelineView: shows,
			project: input.ownProject,
		});
	},
	drawsFrom: ({ state, view }) => {
		const { dagId, dagRunId, taskId, instance, marks, graph, pipelineView } = view;
		const { run } = shownPipeline(state, dagId, dagRunId);
		// The reason why an active run waits may be any fact.
		const facts =
			run && isActiveRun(run)
				? [state]
				: [
						...[state.dags, state.dagRuns, state.dagTasks, state.taskInstances, state.taskFailures, state.importErrors],
						...[
							state.clears,
							state.questions,
							state.runsSeenAt,
							state.tasksSeenAt,
							state.feeds.pipeline,
							state.runHistory,
							state.cutLists,
							view.zoomed && state.containers,
						],
					];
		return [
			...facts,
			dagId,
			dagRunId,
			taskId,
			instance,
			marks,
			graph,
			pipelineView,
			pipelineView === 'graph' && layoutWork.made,
		];
	},
	crumbs: ({ state, view, now }) => {
		if (!view.zoomed && view.taskId === null && view.dagRunId === null) return [];
		const { run, runs } = shownPipeline(state, view.dagId, view.dagRunId);
		return [view.dagId, ...(run ? [runName(run, now, runs)] : []), ...(view.taskId === null ? [] : [view.taskId])];
	},
	// A row is a run, and the first row follows the newest run; in the graph and in the grid it is a task.
	move: (context, by) => {
		if (isGraph(context.view)) return movedInGraph(context, by);
		return showsManyRuns(context.view) ? otherRow(context, by) : otherRun(context, -by);
	},
	mark: context => {
		const stage = targetStage(context);
		return stage
			? { name: `task ${stage.taskId}`, view: context.view }
			: { hint: context.say(['Select a task first', '먼저 작업을 선택하세요']) };
	},
	back: ({ view }) => {
		if (view.taskId !== null) return { ...view, taskId: null };
		if ((isGraph(view) || showsManyRuns(view)) && view.graph.group !== null)
			return { ...view, graph: { ...view.graph, group: null } };
		return view.dagRunId !== null && !view.zoomed ? { ...view, dagRunId: null } : null;
	},
	copy: runCopyables,
	address: runAddress,
	actions: pipelineActions,
};
