import type { ContainerState, StackState } from '../model/state.ts';
import { rootFindings, selectedFinding } from '../selectors/findings.ts';
import { selectedOf, servicesInOrder } from '../selectors/service-groups.ts';
import { shownPipeline } from '../selectors/shown-pipeline.ts';
import type { ViewState } from './conversation.ts';
import { initialLogs } from './panes/logs/logs-state.ts';
import { shownLog } from './panes/logs/shown-log.ts';

export { ownProject } from '../selectors/stack.ts';

export function initialView(dagId: string): ViewState {
	return {
		focus: 'services',
		zoomed: false,
		frozen: false,
		selectedService: null,
		dagId,
		dagRunId: null,
		taskId: null,
		instance: null,
		marks: [],
		browse: null,
		experiment: null,
		logs: initialLogs,
		selectedFinding: null,
		findingScroll: 0,
		mlflowScroll: 0,
		hint: '',
	};
}

export function selectedService(
	state: StackState,
	view: ViewState,
	project: string | null,
): ContainerState | undefined {
	return selectedOf(servicesInOrder(state, project), view.selectedService, project);
}

/** The container that the logs pane is about: the shown one, of several the first; null for the log of a task. */
export function shownLogContainer(state: StackState, view: ViewState, project: string | null): string | null {
	const [watch] = shownLog(state, view.logs.selection, project).watches;
	return watch?.kind === 'container' ? watch.name : null;
}

/** Moves a selection within a list, stopping at its ends. */
function moved(index: number, by: number, count: number): number {
	return Math.max(0, Math.min(count - 1, index + by));
}

export type Movement = {
	readonly state: StackState;
	readonly project: string | null;
};

/**
 * The view after the selection of the focused pane moved by so many rows (±Infinity: to the end). In the
 * pipeline a row is a run and the top follows the newest. The logs move by themselves (`panes/logs/logs-window.ts`).
 */
export function moveSelection(view: ViewState, by: number, movement: Movement): ViewState {
	const { state, project } = movement;
	switch (view.focus) {
		case 'services': {
			const all = servicesInOrder(state, project);
			const current = selectedService(state, view, project);
			const next = all[moved(current ? all.indexOf(current) : -1, by, all.length)];
			return next ? { ...view, selectedService: next.container.name } : view;
		}
		case 'pipeline': {
			const { runs, run } = shownPipeline(state, view.dagId, view.dagRunId);
			const index = moved(Math.max(0, run ? runs.indexOf(run) : 0), by, runs.length);
			return { ...view, dagRunId: index === 0 ? null : (runs[index]?.dagRunId ?? null) };
		}
		case 'logs':
			return view;
		case 'mlflow':
			return { ...view, mlflowScroll: Math.max(0, Math.min(1000, view.mlflowScroll + by)) };
		case 'findings': {
			const roots = rootFindings(state.findings);
			const current = selectedFinding(state.findings, view.selectedFinding);
			// Opened, its text is what a page goes through; a single finding has nothing else to move over.
			if (view.zoomed && (Math.abs(by) > 1 || roots.length < 2))
				return { ...view, findingScroll: Math.max(0, Math.min(500, view.findingScroll + by)) };
			const next = roots[moved(current ? roots.indexOf(current) : 0, by, roots.length)];
			return next ? { ...view, selectedFinding: next.id, findingScroll: 0 } : view;
		}
	}
}
