import { failureOf } from '../clients/failure.ts';
import { didYouMean } from '../model/nearest.ts';
import type { Monitor } from '../monitor.ts';
import { nothingSuch } from './failures.ts';

/**
 * Airflow answers the runs of a DAG that does not exist with an empty list: where there is none, it is asked for the DAG
 * itself. Throws CommandFailure where it has no such DAG.
 */
export async function demandDag(
	{ store, clients }: Pick<Monitor, 'store' | 'clients'>,
	dagId: string,
	signal: AbortSignal,
): Promise<void> {
	const { dags, dagRuns } = store.current();
	if ((dagRuns[dagId]?.length ?? 0) > 0 || dags?.some(dag => dag.dagId === dagId)) return;
	const { airflow } = clients;
	// Whatever else is wrong, the feeds tell.
	if (!airflow || dagRuns[dagId] === undefined) return;
	try {
		await airflow.dag(dagId, signal);
	} catch (error) {
		if (failureOf(error).kind !== 'not-found') throw error;
		const all = dags ?? (await airflow.dags(signal));
		const ids = all.map(dag => dag.dagId);
		throw nothingSuch(`Airflow has no DAG ${dagId}${didYouMean(dagId, ids)}`, 'laketop dags lists them');
	}
}
