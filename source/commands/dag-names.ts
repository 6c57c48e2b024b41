import type { AirflowClient } from '../clients/airflow/airflow.ts';
import { failureOf } from '../model/failure.ts';
import { didYouMean } from '../model/nearest.ts';
import { nothingSuch } from './failures.ts';

/**
 * Airflow answers the runs of a DAG that does not exist with an empty list: where there is none, it is asked for the DAG
 * itself. Throws CommandFailure where it has no such DAG.
 */
export async function demandDag(airflow: AirflowClient, dagId: string, signal: AbortSignal): Promise<void> {
	try {
		await airflow.dag(dagId, signal);
	} catch (error) {
		if (failureOf(error).kind !== 'not-found') throw error;
		const ids = (await airflow.dags(signal)).map(dag => dag.dagId);
		throw nothingSuch(`Airflow has no DAG ${dagId}${didYouMean(dagId, ids)}`, 'laketop dags lists them');
	}
}
