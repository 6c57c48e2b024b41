import type { AirflowClient } from '../clients/airflow.ts';
import { failureOf } from '../clients/failure.ts';
import { isActiveRun } from '../model/pipeline.ts';
import type { ActionContext } from './action.ts';
import type { Outcome, Planned } from './plan.ts';

/** Starts a run of the shown DAG, unpausing it first where it is paused. */
export function triggerPlan({ state, view, now }: ActionContext): Planned {
	const { dagId } = view;
	const pipeline = state.feeds.pipeline;
	if (
		pipeline.status === 'failed' &&
		(pipeline.failure.kind === 'unreachable' || pipeline.failure.kind === 'unauthorised')
	) {
		return {
			refused: `Nothing can be triggered now. ${pipeline.failure.message}`,
			kind: pipeline.failure.kind === 'unreachable' ? 'unreachable' : 'unauthorised',
		};
	}
	if (state.dags === null)
		return { refused: 'Airflow has not answered yet: its DAGs are not known', kind: 'unreachable' };
	const dag = state.dags.find(one => one.dagId === dagId);
	if (!dag) return { refused: `Airflow has no DAG ${dagId}: d chooses another`, kind: 'nothing' };
	const active = (state.dagRuns[dagId] ?? []).filter(isActiveRun);
	const dagRunId = newRunId(now);
	const asks = [`A run of ${dagId} is started, with no conf. Its id: ${dagRunId}`];
	if (dag.isPaused) {
		asks.push(
			`The DAG is paused: it is unpaused first${dag.schedule ? `, which also lets its schedule (${dag.schedule}) start runs` : ''}.`,
		);
	}
	if (active.length > 0) {
		asks.push(
			`${active.length === 1 ? 'A run is' : `${active.length} runs are`} active already (${active[0]?.state}): this one comes beside it.`,
		);
	}
	if (dag.hasImportErrors)
		asks.push('Its file has an import error now: Airflow will refuse, or run what it knew before.');
	const unpause = dag.isPaused ? `airflow dags unpause ${dagId} && ` : '';
	return {
		actionId: 'trigger',
		title: `trigger ${dagId}`,
		asks,
		command: `docker exec airflow-scheduler bash -c '${unpause}airflow dags trigger --run-id ${dagRunId} ${dagId}'`,
		targets: [`DAG run ${dagId}/${dagRunId}`],
		perform: async ({ clients, signal }): Promise<Outcome> => {
			const { airflow } = clients;
			if (!airflow) return { outcome: 'failed', message: 'Airflow: its address is not known' };
			try {
				if (dag.isPaused) await airflow.setPaused(dagId, false, signal);
				const run = await airflow.trigger({ dagId, dagRunId }, signal);
				return {
					outcome: 'done',
					message: `${run.dagRunId} is ${run.state}${dag.isPaused ? ', the DAG unpaused' : ''}`,
				};
			} catch (error) {
				const failure = failureOf(error);
				// Ours alone has this id: it was started by the request whose answer got lost.
				if (failure.kind === 'conflict') return { outcome: 'done', message: `${dagRunId} was started already` };
				if (failure.kind !== 'timeout' && failure.kind !== 'lost')
					return { outcome: 'failed', message: failure.message };
				return whatHappened(airflow, dagId, dagRunId, failure.message);
			}
		},
	};
}

/** The answer was lost: the run of our id is there, or it is not. Never sent a second time. */
async function whatHappened(airflow: AirflowClient, dagId: string, dagRunId: string, why: string): Promise<Outcome> {
	try {
		const run = await airflow.dagRun(dagId, dagRunId);
		return { outcome: 'done', message: `${dagRunId} is ${run.state} (its answer was lost)` };
	} catch (error) {
		if (failureOf(error).kind === 'not-found') return { outcome: 'failed', message: `${why}; no run was started` };
		return { outcome: 'unknown', message: `${why}; check whether ${dagRunId} was started` };
	}
}

/**
 * An id in Airflow's own manner for runs started by hand (`manual__` and the time), ours alone by the milliseconds and
 * three random letters.
 */
export function newRunId(now: number, random: () => number = Math.random): string {
	const letters = Array.from({ length: 3 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
	return `manual__${new Date(now).toISOString().replace('Z', '+00:00')}_${letters}`;
}
