import { isDeepStrictEqual } from 'node:util';
import type { Monitor } from '../../app/monitor.ts';
import { ownProject } from '../../selectors/stack.ts';
import type { ViewState } from '../conversation.ts';
import { shownLog } from '../panes/logs/shown-log.ts';
import { selectedContainers } from '../panes/services/service-rows.ts';

/** Fetches what the screen shows. */
export function updateInterest({ store, config, interest }: Monitor, view: ViewState): void {
	const state = store.current();
	const project = ownProject(state, config.discovery.project);
	const selected = view.zoomed && view.focus === 'services' ? selectedContainers(state, view, project) : [];
	// The health probes of one container are shown; of several replicas the states.
	const inspected = selected.length === 1 ? selected[0] : undefined;
	const { browse } = view;
	const now = {
		dagId: view.dagId,
		dagRunId: view.dagRunId,
		logs: shownLog(state, view.logs.selection, project).watches,
		inspectedId: inspected?.container.id ?? null,
		list: browse?.kind === 'dags' || browse?.kind === 'runs' ? { kind: browse.kind, runState: browse.state } : null,
		experiment: view.experiment,
	};
	const before = interest.getState();
	if (!isDeepStrictEqual({ ...before, ...now }, before)) interest.setState(now);
}
