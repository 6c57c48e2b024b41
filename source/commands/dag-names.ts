import type { AirflowClient } from '../clients/airflow/airflow.ts';
import { failureOf } from '../model/failure.ts';
import { resolveDag } from '../selectors/names/dags.ts';
import { demandFound } from './failures.ts';

/**
 * Airflow answers a request for the DAG runs of an unknown DAG with an empty list, so that the DAG itself has to be asked
 * for. Throws CommandFailure if there is no such DAG.
 */
export async function demandDag(airflow: AirflowClient, dagId: string, signal: AbortSignal): Promise<void> {
	try {
		await airflow.dag(dagId, signal);
	} catch (error) {
		if (failureOf(error).kind !== 'not-found') throw error;
		demandFound(resolveDag(dagId, await airflow.dags(signal)));
	}
}
