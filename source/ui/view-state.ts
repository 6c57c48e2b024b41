import type { StackState } from '../model/state.ts';
import type { ViewState } from './conversation.ts';
import { initialLogs } from './panes/logs/logs-state.ts';
import { shownLog } from './panes/logs/shown-log.ts';
import { allServices } from './panes/services/service-rows.ts';

export { ownProject } from '../selectors/stack.ts';

export function initialView(dagId: string): ViewState {
	return {
		focus: 'services',
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

/** The container of the logs pane, or the first of several; null for the log of a task. */
export function shownLogContainer(state: StackState, view: ViewState, project: string | null): string | null {
	const [watch] = shownLog(state, view.logs.selection, project).watches;
	return watch?.kind === 'container' ? watch.name : null;
}
