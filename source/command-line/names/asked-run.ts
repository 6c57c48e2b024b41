import type { Monitor } from '../../app/monitor.ts';
import type { Interest } from '../../feeds/interest.ts';
import type { StackState } from '../../model/state.ts';
import type { CommandContext } from '../context/context.ts';
import { demandDag } from './dag-names.ts';
import { runCalled } from './run-names.ts';

/** The DAG run that a command shows: `[DAG] --run ID`, without them the newest run of the default DAG. */
export type AskedRun = {
	/** The context in which a DAG that was named explicitly is meant, even if it is the default one. */
	readonly context: CommandContext;
	readonly interest: Partial<Interest>;
	/** null: the newest. */
	readonly dagRunId: string | null;
	readonly dagOf: (state: StackState) => string;
	/** After the feeds have answered: an unknown DAG or run is reported as every other command does. */
	readonly demand: (monitor: Monitor, signal: AbortSignal) => Promise<void>;
};

/** @param words of the command line, the DAG first */
export function askedRun(context: CommandContext, words: readonly string[] = context.given.words): AskedRun {
	const { given, config } = context;
	const [word] = words;
	const { leftToStack = [] } = config;
	const wanted = given.text('run');
	const dagRunId = wanted === 'newest' ? null : (wanted ?? null);
	const dagOf = ({ defaultDag }: StackState) => word ?? defaultDag ?? config.dag;
	return {
		context:
			word === undefined
				? context
				: { ...context, config: { ...config, leftToStack: leftToStack.filter(what => what !== 'dag') } },
		interest: { dagId: word ?? config.dag, dagRunId },
		dagRunId,
		dagOf,
		demand: async (monitor, signal) => {
			const { store, clients } = monitor;
			const { feeds, dagRuns } = store.current();
			const dagId = dagOf(store.current());
			if (feeds.pipeline.status === 'failed' && feeds.pipeline.failure.kind === 'not-found')
				await runCalled(context, monitor, dagId);
			// Airflow answers an unknown DAG with an empty list of DAG runs.
			if (feeds.pipeline.status === 'live' && (dagRuns[dagId] ?? []).length === 0 && clients.airflow) {
				await demandDag(clients.airflow, dagId, signal);
			}
			await defineTasks(monitor, dagId, signal);
		},
	};
}

/**
 * Fetches the tasks of a DAG that was found while the feed fetched those of another one. Without them, which Airflow may
 * have lost, the run is shown without its order.
 */
async function defineTasks({ store, clients, observe }: Monitor, dagId: string, signal: AbortSignal): Promise<void> {
	const { dags, dagTasks } = store.current();
	if (!clients.airflow || dagTasks[dagId] !== undefined || !dags?.some(dag => dag.dagId === dagId)) return;
	try {
		observe({ type: 'dag tasks fetched', dagId, tasks: await clients.airflow.tasks(dagId, signal) });
	} catch (error) {
		if (signal.aborted) throw error;
	}
}
