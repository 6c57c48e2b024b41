import type { StackState } from '../../model/state.ts';
import { findingsPane } from './findings/findings-pane.ts';
import { logsPane } from './logs/logs-pane.ts';
import { mlflowPane } from './mlflow/mlflow-pane.ts';
import type { Pane } from './pane.ts';
import { pipelinePane } from './pipeline/pipeline-pane.ts';
import { servicesPane } from './services/services-pane.ts';

/** All panes in the order of their numbers, of Tab and of the screen. A new pane is a line here. */
export const panes: readonly Pane[] = [servicesPane, pipelinePane, logsPane, mlflowPane, findingsPane];

export const paneIds = panes.map(({ id }) => id);

/** The panes of a stack: those about containers are absent if it has no engine. */
export function panesOf({ hasEngine }: Pick<StackState, 'hasEngine'>): readonly Pane[] {
	return hasEngine ? panes : panes.filter(({ needsEngine }) => !needsEngine);
}
