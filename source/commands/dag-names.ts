import type { AirflowClient } from '../clients/airflow/airflow.ts';
import { defaultDagOf } from '../feeds/default-dag.ts';
import { failureOf } from '../model/failure.ts';
import { resolveDag } from '../selectors/names/dags.ts';
import type { CommandContext } from './context.ts';
import { demandFound } from './failures.ts';

/**
 * The DAG that a command reads: the one it names, else the configured one, else the one that the stack gives. Throws
 * ClientError.
 */
export async function dagToRead(
	{ given, config, signal }: Pick<CommandContext, 'given' | 'config' | 'signal'>,
	airflow: AirflowClient,
	[word]: readonly string[] = given.words,
): Promise<string> {
	if (word !== undefined || !config.leftToStack?.includes('dag')) return word ?? config.dag;
	return (await defaultDagOf(airflow, config.dag, signal)) ?? config.dag;
}

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
