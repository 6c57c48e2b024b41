import type { AirflowClient } from '../clients/airflow/airflow.ts';
import { failureOf } from '../model/failure.ts';
import { phrase } from '../words/message.ts';
import { type CommandFailure, nothingSuch } from './failures.ts';
import { didYouMean } from './guess.ts';

/**
 * Airflow answers a request for the DAG runs of an unknown DAG with an empty list, so that the DAG itself has to be asked
 * for. Throws CommandFailure if there is no such DAG.
 */
export async function demandDag(airflow: AirflowClient, dagId: string, signal: AbortSignal): Promise<void> {
	try {
		await airflow.dag(dagId, signal);
	} catch (error) {
		if (failureOf(error).kind !== 'not-found') throw error;
		const ids = (await airflow.dags(signal)).map(dag => dag.dagId);
		throw unknownDag(dagId, ids);
	}
}

export function unknownDag(
	dag: string,
	ids: readonly string[],
	fix = phrase(['Run laketop dags to list the DAGs', 'laketop dags로 DAG 목록을 확인하세요']),
): CommandFailure {
	return nothingSuch(
		phrase(['Airflow has no DAG {dag}{guess}', 'Airflow에 {dag} DAG가 없습니다{guess}'], {
			dag,
			guess: didYouMean(dag, ids),
		}),
		fix,
	);
}
