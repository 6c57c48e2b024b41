import { type Dag, isActiveRun } from '../model/pipeline.ts';
import { airflowCommand } from '../selectors/airflow-command.ts';
import { airflowAway, airflowOf, counted, listed } from './airflow.ts';
import { once } from './outcomes.ts';
import type { Facts, Outcome, Planned, Tools } from './plan.ts';
import { eachOf } from './several.ts';

/** Pauses or unpauses DAGs: a paused one starts no runs, and its queued runs wait. */
export function planPause({ state }: Facts, wanted: readonly string[], paused: boolean): Planned {
	const dagIds = [...new Set(wanted)];
	const verb = paused ? 'pause' : 'unpause';
	const away = airflowAway(state, `Nothing can be ${verb}d now`);
	if (away) return away;
	const known = state.dags;
	if (dagIds.length === 0) return { refused: `There is no DAG to ${verb}`, kind: 'nothing' };
	const missing = known === null ? [] : dagIds.filter(dagId => !known.some(dag => dag.dagId === dagId));
	if (missing.length > 0) return { refused: `Airflow has no DAG ${listed(missing)}`, kind: 'nothing' };
	const dags = (known ?? []).filter(dag => dagIds.includes(dag.dagId));
	const already = dags.filter(dag => dag.isPaused === paused);
	if (dags.length > 0 && already.length === dagIds.length)
		return {
			refused: `${listed(dagIds)}: ${paused ? 'paused already' : 'not paused, so there is nothing to do'}`,
			kind: 'already',
		};
	const asks = paused
		? [`${listed(dagIds)}: no run is started any more, by hand or by schedule; tasks that run go on.`]
		: [`${listed(dagIds)}: runs are started again.`];
	for (const dag of dags) {
		if (!paused && dag.schedule) asks.push(`The schedule of ${dag.dagId} (${dag.schedule}) may start a run at once.`);
		const active = (state.dagRuns[dag.dagId] ?? []).filter(isActiveRun);
		if (active.length > 0)
			asks.push(
				`${dag.dagId} has ${counted(active.length, 'active run')}: ${paused ? 'what has not begun of it waits' : 'it goes on'}.`,
			);
	}
	return {
		actionId: verb,
		title: `${verb} ${listed(dagIds, 3)}`,
		asks,
		command: dagIds.map(dagId => airflowCommand(state, 'dags', verb, dagId)).join('\n'),
		targets: dagIds.map(dagId => `DAG ${dagId}`),
		perform: tools => eachOf(tools, dagIds, dagId => setPaused(tools, dagId, paused)),
	};
}

/** Pauses or unpauses one DAG; done is what Airflow says to be so. */
export function setPaused(tools: Tools, dagId: string, paused: boolean): Promise<Outcome> {
	const airflow = airflowOf(tools.clients);
	const said = (dag: Pick<Dag, 'dagId' | 'isPaused'>): Outcome => ({
		outcome: dag.isPaused === paused ? 'done' : 'failed',
		message: `${dag.dagId} is ${dag.isPaused ? 'paused' : 'not paused'}`,
	});
	return once(
		tools,
		async () => said(await airflow.setPaused(dagId, paused, tools.signal)),
		async () => {
			const now = said(await airflow.dag(dagId, tools.signal));
			return now.outcome === 'done' ? now : null;
		},
		`${dagId} is as it was`,
	);
}
