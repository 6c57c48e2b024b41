import type { ContainerState, StackState } from '../model/state.ts';
import { rootFindings, selectedFinding } from '../selectors/findings.ts';
import { selectedOf, servicesInOrder } from '../selectors/service-groups.ts';
import { shownPipeline } from '../selectors/shown-pipeline.ts';
import type { PaneId } from './layout.ts';
import type { Overlay } from './overlay.ts';
import { initialLogs, type LogsViewState } from './panes/logs/logs-state.ts';
import { shownLog } from './panes/logs/shown-log.ts';

export { ownProject } from '../selectors/stack.ts';

/** A list over the whole screen: all DAGs, the runs of the shown one, those of the experiment, or what happened. */
export type Browse = {
	readonly kind: 'dags' | 'runs' | 'timeline' | 'mlflow-runs';
	/** What the names must hold. */
	readonly filter: string;
	/** Name of the column that it is sorted by, `-` before it for the other way round. */
	readonly sort: string;
	/** Runs: the state wanted; the timeline: the kind of thing; null for all. See `browse-kinds.ts`. */
	readonly state: string | null;
	/** Id of the selected row; null: the first. */
	readonly selected: string | null;
	/** The list that it was opened from. */
	readonly back: Browse | null;
};

/** Where the user is: everything about the screen that the servers know nothing of. */
export type ViewState = {
	readonly focus: PaneId;
	readonly zoomed: boolean;
	/** The screen stands still, to be read or copied; facts are gathered on. */
	readonly frozen: boolean;
	/** Name of the selected container; null: the first of the own project. */
	readonly selectedService: string | null;
	readonly dagId: string;
	/** The run picked by hand; null follows the newest. */
	readonly dagRunId: string | null;
	/** The stage picked in the pipeline; null: none, the run is meant. */
	readonly taskId: string | null;
	/** The instance of that stage, where it is mapped and one was chosen: `divide[7]`. Of any other stage it means nothing. */
	readonly instance: string | null;
	/** What is marked to be acted on together: `service airflow-worker`, `run manual__1`, `task x`, `dag y`. */
	readonly marks: readonly string[];
	readonly browse: Browse | null;
	/** The experiment that is shown; null: the configured one. */
	readonly experiment: string | null;
	readonly logs: LogsViewState;
	/** Id of the selected finding; null: the first. */
	readonly selectedFinding: string | null;
	/** How far the text of the opened finding is scrolled, rows. */
	readonly findingScroll: number;
	readonly mlflowScroll: number;
	readonly overlay: Overlay | null;
	/** A word to the user that no action's outcome gives, for example why a key does nothing here. */
	readonly hint: string;
};

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
		overlay: null,
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
