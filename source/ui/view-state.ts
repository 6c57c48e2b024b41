import type { StackState } from '../model/state.ts';
import type { ViewState } from './conversation.ts';
import { allFindings } from './panes/findings/finding-rows.ts';
import { initialLogs } from './panes/logs/logs-state.ts';
import { shownLog } from './panes/logs/shown-log.ts';
import { allServices } from './panes/services/service-list.ts';
import type { PaneId } from './place.ts';

export { ownProject } from '../selectors/servers/stack.ts';

export function initialView(dagId: string, focus: PaneId = 'services'): ViewState {
	return {
		focus,
		zoomed: false,
		mouse: false,
		theme: null,
		frozen: false,
		selectedService: null,
		services: allServices,
		dagId,
		dagRunId: null,
		taskId: null,
		instance: null,
		pipelineView: 'tasks',
		graph: { folded: [], group: null },
		marks: [],
		browse: null,
		experiment: null,
		runFilters: {},
		runColumns: {},
		foldedRuns: [],
		logs: initialLogs,
		selectedFinding: null,
		findings: allFindings,
		findingScroll: 0,
		mlflowScroll: 0,
		hint: '',
	};
}

/** Names of the containers of the logs pane; none for the log of a task. */
export function shownLogContainers(state: StackState, view: ViewState, project: string | null): readonly string[] {
	const { watches } = shownLog(state, view.logs.selection, project);
	return watches.flatMap(watch => (watch.kind === 'container' ? [watch.name] : []));
}

/** The container of the logs pane; of several the first; null for the log of a task. */
export function shownLogContainer(state: StackState, view: ViewState, project: string | null): string | null {
	return shownLogContainers(state, view, project)[0] ?? null;
}
