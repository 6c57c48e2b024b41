import type { Monitor } from '../app/monitor.ts';
import { RunHistoryReader } from '../feeds/run-history.ts';
import { addressUnknown } from './failures.ts';

/** DAG runs that are shown unless a number is given. */
export const runsShownByDefault = 25;

/**
 * Fetches this number of a DAG's newest runs with their tasks; called again, what has changed since. Throws ClientError.
 */
export function runHistoryOf({
	store,
	clients,
	observe,
	clock,
}: Monitor): (dagId: string, runs: number, signal: AbortSignal) => Promise<void> {
	const reader = new RunHistoryReader({ observe, clock }, store.current);
	return async (dagId, runs, signal) => {
		const { airflow } = clients;
		if (!airflow) throw addressUnknown();
		while (!signal.aborted && (await reader.next(airflow, dagId, { from: 0, to: runs, dagRunId: null }, signal)));
	};
}
