import { displayName } from '../model/container.ts';
import { isActiveRun, newestRun } from '../model/pipeline.ts';
import { servicesInOrder } from '../ui/panes/services/services-view.ts';
import { shownLogContainer, type ViewState } from '../ui/view-state.ts';
import type { ActionContext } from './action.ts';

/** Asks which container's log to show. */
export function chooseLog({ state, view, ownProject }: ActionContext): ViewState {
	const current = shownLogContainer(state, view, ownProject);
	const choices = servicesInOrder(state, ownProject).map(({ container }) => ({
		id: `log ${container.name}`,
		label: displayName(container),
		hint: container.project === ownProject ? container.state : `${container.project ?? ''} ${container.state}`.trim(),
	}));
	const index = Math.max(
		0,
		choices.findIndex(choice => choice.id === `log ${current}`),
	);
	return { ...view, overlay: { kind: 'choose', title: 'Show the log of', choices, index } };
}

/** Asks which DAG to show. */
export function chooseDag({ state, view }: ActionContext): ViewState {
	if (!state.dags) return { ...view, hint: 'Airflow has not told its DAGs yet' };
	const choices = state.dags
		.filter(dag => dag.isActive)
		.map(dag => {
			const newest = newestRun(state.dagRuns[dag.dagId]);
			const facts = [
				dag.isPaused ? 'paused' : (dag.schedule ?? 'only by hand'),
				newest ? (isActiveRun(newest) ? newest.state : `last ${newest.state}`) : '',
			];
			return { id: `dag ${dag.dagId}`, label: dag.dagId, hint: facts.filter(Boolean).join(', ') };
		});
	if (choices.length === 0) return { ...view, hint: 'Airflow knows no DAG' };
	const index = Math.max(
		0,
		choices.findIndex(choice => choice.id === `dag ${view.dagId}`),
	);
	return { ...view, overlay: { kind: 'choose', title: 'Show the DAG', choices, index } };
}

/** The view after a choice was taken: ids begin with what is chosen. */
export function viewAfterChoice(view: ViewState, id: string): ViewState {
	const [what, ...rest] = id.split(' ');
	const name = rest.join(' ');
	const closed = { ...view, overlay: null };
	return what === 'dag'
		? { ...closed, dagId: name, dagRunId: null, focus: 'pipeline' }
		: { ...closed, logContainer: name, logEnd: null, focus: 'logs' };
}
