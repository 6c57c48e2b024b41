import type { Monitor } from '../../app/monitor.ts';
import { RunHistoryReader } from '../../feeds/airflow/run-history.ts';
import type { CommandContext } from '../context/context.ts';
import { addressUnknown, demandLive } from '../exit/failures.ts';
import { askedRun } from '../names/asked-run.ts';

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

/** What the views over many runs ask for: `[DAG] --runs N`. */
export function manyRuns(context: CommandContext, usualRuns: number) {
	const asked = askedRun(context);
	const wanted = context.given.count('runs') ?? usualRuns;
	let ask: ReturnType<typeof runHistoryOf> | undefined;
	return {
		asked,
		wanted,
		/** The part of a view that fetches them. */
		fetches: {
			watch: ['pipeline', 'dags'],
			requires: ['pipeline', 'dags'],
			interest: asked.interest,
			ask: async (monitor: Monitor, signal: AbortSignal) => {
				await asked.demand(monitor, signal);
				demandLive(monitor.store.current(), 'pipeline');
				ask ??= runHistoryOf(monitor);
				await ask(asked.dagOf(monitor.store.current()), wanted, signal);
			},
		},
	} as const;
}
