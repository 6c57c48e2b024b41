import { isDeepStrictEqual } from 'node:util';
import type { Monitor } from '../../app/monitor.ts';
import { isActiveRun } from '../../model/airflow/pipeline.ts';
import type { WantedRuns } from '../../model/mlflow/run-search.ts';
import type { StackState } from '../../model/state.ts';
import { knownRuns } from '../../selectors/dag-runs/run-history.ts';
import { ownProject } from '../../selectors/servers/stack.ts';
import type { Browse, ViewState } from '../conversation.ts';
import { runRows, wantedDagRuns } from '../lists/dag-runs/run-rows.ts';
import { mlflowRunRows } from '../lists/mlflow-runs/mlflow-run-rows.ts';
import { wantedRuns } from '../lists/mlflow-runs/run-query.ts';
import { selectedRow } from '../lists/opened.ts';
import { shownLog } from '../panes/logs/shown-log.ts';
import { shownWindow, showsManyRuns } from '../panes/pipeline/grid-window.ts';
import { selectedContainers } from '../panes/services/service-list.ts';

/** Borders of a pane in full screen, and the spaces beside them. */
const frameWidth = 4;

/**
 * The run whose tasks are kept fresh; null: the newest. With many runs side by side, a run that is over is no reason to
 * ask: the cursor may go over a hundred of them in a second.
 */
function watchedRun(state: StackState, view: ViewState): string | null {
	if (view.dagRunId === null || !showsManyRuns(view)) return view.dagRunId;
	const run = knownRuns(state, view.dagId).find(({ dagRunId }) => dagRunId === view.dagRunId);
	return run && !isActiveRun(run) ? null : view.dagRunId;
}

function shownRuns(state: StackState, view: ViewState, browse: Browse): WantedRuns {
	const rows = mlflowRunRows(state, view, browse);
	const { index } = selectedRow(rows, ({ runId }) => runId, browse);
	return wantedRuns(state, view, browse, { rows: rows.length, index: Math.max(0, index) });
}

/** The open list of the pipeline feed. */
function shownList(state: StackState, view: ViewState) {
	const { browse, dagId } = view;
	if (browse?.kind === 'dags') return { kind: browse.kind, runState: browse.state };
	if (browse?.kind !== 'runs') return null;
	const rows = runRows(state, dagId, browse);
	const { index } = selectedRow(rows, ({ dagRunId }) => dagRunId, browse);
	const count = wantedDagRuns(state, dagId, browse, { rows: rows.length, index });
	return { kind: browse.kind, runState: browse.state, count };
}

/** Fetches what the screen shows. `columns`: cells of a row of the terminal. */
export function updateInterest({ store, config, interest }: Monitor, view: ViewState, columns: number): void {
	const state = store.current();
	const project = ownProject(state, config.discovery.project);
	const selected = view.zoomed && view.focus === 'services' ? selectedContainers(state, view, project) : [];
	// The health probes of one container are shown; of several replicas the states.
	const inspected = selected.length === 1 ? selected[0] : undefined;
	const { browse } = view;
	const history = shownWindow(state, view, columns - frameWidth);
	const now = {
		dagId: view.dagId,
		dagRunId: watchedRun(state, view),
		history: history && { ...history, dagRunId: view.dagRunId },
		logs: shownLog(state, view.logs.selection, project).watches,
		inspectedId: inspected?.container.id ?? null,
		list: shownList(state, view),
		experiment: view.experiment,
		mlflowRuns: browse?.kind === 'mlflow-runs' ? shownRuns(state, view, browse) : null,
	};
	const before = interest.getState();
	if (!isDeepStrictEqual({ ...before, ...now }, before)) interest.setState(now);
}
