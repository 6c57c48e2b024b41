import type { AirflowClient } from '../../clients/airflow/airflow.ts';
import { type Dag, newestRun } from '../../model/airflow/pipeline.ts';
import { failureOf } from '../../model/failures/failure.ts';

/**
 * The DAG to show if none is named: the usual one if Airflow has it, else the DAG with the newest run, else the first
 * one that is not paused. null if Airflow has no DAGs yet. Throws ClientError.
 */
export async function defaultDagOf(
	airflow: Pick<AirflowClient, 'dag' | 'dags' | 'newestRuns'>,
	usual: string,
	signal: AbortSignal,
): Promise<string | null> {
	// One small request, because the list of all DAGs may be long.
	if ((await dagOf(airflow, usual, signal))?.isActive) return usual;
	const active = (await airflow.dags(signal)).filter(dag => dag.isActive);
	if (active.length === 0) return null;
	const newest = newestRun(
		await airflow.newestRuns(
			active.map(({ dagId }) => dagId),
			signal,
		),
	);
	return newest?.dagId ?? (active.find(dag => !dag.isPaused) ?? active[0])?.dagId ?? null;
}

async function dagOf(airflow: Pick<AirflowClient, 'dag'>, dagId: string, signal: AbortSignal): Promise<Dag | null> {
	try {
		return await airflow.dag(dagId, signal);
	} catch (error) {
		if (failureOf(error).kind === 'not-found') return null;
		throw error;
	}
}
