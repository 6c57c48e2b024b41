import { previousRunToFetch } from '../../diagnosis/waiting/past.ts';
import { type FeedContext, keepAsking } from '../schedule.ts';
import { type AirflowDeps, clientOf } from './pipeline.ts';
import { fetchQuestions } from './questions.ts';

const dagsIntervalMs = 30_000;

/** Keeps the list of DAGs, the shown DAG's structure and the import errors fresh. */
export async function watchDags(context: FeedContext, deps: AirflowDeps): Promise<void> {
	const { observe } = context;
	const stop = deps.interest.subscribe((now, before) => {
		if (now.dagId !== before.dagId) deps.dagsWake.fire();
	});
	try {
		await keepAsking(context, {
			feed: 'dags',
			wake: deps.dagsWake,
			isNeverLate: true,
			ask: async signal => {
				const client = clientOf(deps);
				const version = await client.version(signal);
				observe({ type: 'source connected', source: 'airflow', version, address: client.address });
				const { dagId } = deps.interest.getState();
				const dags = await client.dags(signal);
				observe({ type: 'dags fetched', dags });
				if (dags.some(dag => dag.dagId === dagId)) {
					observe({ type: 'dag tasks fetched', dagId, tasks: await client.tasks(dagId, signal) });
					// Only now is it known which tasks depend on the previous run.
					if (previousRunToFetch(deps.state(), dagId)) deps.wake.fire();
				}
				observe({ type: 'import errors fetched', errors: await client.importErrors(signal) });
				await fetchQuestions(client, deps.state(), observe, signal);
				return deps.interest.getState().focused ? dagsIntervalMs : 2 * dagsIntervalMs;
			},
		});
	} finally {
		stop();
	}
}
