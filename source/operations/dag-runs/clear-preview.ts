import type { ClearedTask } from '../../clients/airflow/airflow.ts';
import type { Clients } from '../../clients/clients.ts';
import type { DagRun, TaskInstance } from '../../model/airflow/pipeline.ts';
import { failureOf, messageAndFix } from '../../model/failures/failure.ts';
import { tasksNamed } from '../../selectors/names/tasks.ts';
import { airflowOf } from '../airflow.ts';
import type { Refusal } from '../plan/plan.ts';
import { refusalKind } from '../plan/run-plan.ts';
import { refusalOfName } from '../plan/unresolved.ts';

/** Which tasks of which DAG run to clear. */
export type ClearRequest = {
	readonly dagId: string;
	readonly dagRunId: string;
	/** Names: `divide`, or `divide[7]` for one instance of a mapped task. null: all of the run. */
	readonly taskIds: readonly string[] | null;
	/** Also the tasks downstream of the named ones. */
	readonly withDownstream: boolean;
	/** Of these, only the tasks in state `failed` or `upstream_failed`. */
	readonly onlyFailed: boolean;
};

/** The DAG run before a clear, and the task instances that Airflow would clear (`would`). */
export type ClearPreview = {
	readonly run: DagRun;
	readonly before: readonly TaskInstance[];
	readonly isPaused: boolean;
	readonly would: readonly ClearedTask[];
};

/** Asks Airflow for its dry run. Refused if a name fits no task, or if Airflow does not answer. */
export async function previewClear(
	clients: Clients,
	request: ClearRequest,
	signal: AbortSignal,
): Promise<ClearPreview | Refusal> {
	const { dagId, dagRunId, taskIds } = request;
	try {
		const airflow = airflowOf(clients);
		const [run, before, { isPaused }] = await Promise.all([
			airflow.dagRun(dagId, dagRunId, signal),
			airflow.taskInstances(dagId, dagRunId, signal),
			airflow.dag(dagId, signal),
		]);
		for (const name of taskIds ?? []) {
			const named = tasksNamed(name, before);
			if (named.kind !== 'found') return refusalOfName(named);
		}
		return { run, before, isPaused, would: await airflow.clearTasks({ ...request, dryRun: true }, signal) };
	} catch (error) {
		const failure = failureOf(error);
		return { refused: messageAndFix(failure), kind: refusalKind(failure.kind) };
	}
}
