import type { AirflowClient } from '../../clients/airflow/airflow.ts';
import { runsListed } from '../../model/settings/list-limits.ts';
import type { StackState } from '../../model/state.ts';
import { isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';
import type { Interest, InterestStore } from '../interest.ts';
import type { FeedContext } from '../schedule.ts';

type Airflow = Pick<AirflowClient, 'findRuns' | 'pageOfRuns' | 'newestRuns' | 'airflow3'>;

export type OpenListDeps = { readonly state: () => StackState; readonly interest: InterestStore };

/** Fetches the runs of an open list of DAGs or DAG runs. */
export class OpenList {
	readonly #observe: FeedContext['observe'];
	readonly #deps: OpenListDeps;
	#shown = '';

	constructor({ observe }: Pick<FeedContext, 'observe'>, deps: OpenListDeps) {
		this.#observe = observe;
		this.#deps = deps;
	}

	/** When the list has been opened, and then if `isTurn`; further pages as soon as they are wanted. Throws ClientError. */
	async fetch(client: Airflow, dagId: string, isTurn: boolean, signal: AbortSignal): Promise<void> {
		const { list } = this.#deps.interest.getState();
		const wanted = list === null ? '' : `${list.kind}\n${list.runState}\n${dagId}`;
		const isNew = wanted !== this.#shown;
		this.#shown = wanted;
		if (list === null) return;
		if (list.kind === 'runs' && !isNew) await this.#fetchFurther(client, dagId, list, signal);
		if (!isNew && !isTurn) return;
		if (list.kind === 'dags') {
			const active = (this.#deps.state().dags ?? []).filter(dag => dag.isActive).map(dag => dag.dagId);
			this.#observe({ type: 'newest runs fetched', runs: await client.newestRuns(active, signal) });
			await this.#fetchCounts(client, signal);
		} else {
			const states = list.runState === null ? undefined : [list.runState];
			const found = await client.findRuns(dagId, { limit: runsListed, states }, signal);
			this.#observe({ type: 'dag runs matched', dagId, runState: list.runState, ...found });
		}
	}

	/** A further page of the list of runs, once the selection gets near the end of what is known. */
	async #fetchFurther(
		client: Airflow,
		dagId: string,
		{ runState, count = 0 }: NonNullable<Interest['list']>,
		signal: AbortSignal,
	): Promise<void> {
		const known = this.#deps.state().matchedRuns;
		if (known?.dagId !== dagId || known.runState !== runState) return;
		if (known.runs.length >= Math.min(count, known.total)) return;
		const offset = nextOffset(known.runs.length);
		const { runs, total } = await client.pageOfRuns(dagId, offset, signal, runState);
		this.#observe({ type: 'dag runs matched', dagId, runState, runs: [...runs], total, offset });
	}

	/** One request for all DAGs; without it the list has no such column. */
	async #fetchCounts(client: Airflow, signal: AbortSignal): Promise<void> {
		if (!isAirflow3(this.#deps.state())) return;
		try {
			const requests = await client.airflow3('counts', signal);
			this.#observe({ type: 'run counts fetched', counts: await requests.runCounts(signal) });
		} catch (error) {
			if (signal.aborted) throw error;
		}
	}
}

/**
 * Offset of the next page. The newest runs are ordered by start, pages by creation. Half a page overlaps, so that cleared
 * runs that started again hide no others.
 * @param known number of runs
 */
function nextOffset(known: number): number {
	const overlap = runsListed / 2;
	return Math.max(0, Math.floor((known - overlap) / runsListed) * runsListed + overlap);
}
