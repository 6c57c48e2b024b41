import type { WatchedTask } from '../clients/airflow/airflow3-watching.ts';
import { fetchTaskFacts } from '../clients/airflow/task-facts.ts';
import { needsKeptTries } from '../clients/airflow/task-tries.ts';
import type { Clients } from '../clients/clients.ts';
import { fetchRunsOfTask } from '../clients/mlflow/runs-of-task.ts';
import type { DagRun, TaskInstance } from '../model/airflow/pipeline.ts';
import type { TaskFacts } from '../model/airflow/task-facts.ts';
import { addressPending, ClientError } from '../model/failures/failure.ts';
import type { MlflowRun } from '../model/mlflow/experiment.ts';
import type { StackState } from '../model/state.ts';
import { knownRuns, tasksOfRun } from '../selectors/dag-runs/run-history.ts';
import { mlflowRunOf } from '../selectors/links/task-links.ts';
import { hasEarlierTries } from '../selectors/printed-commands/airflow-command.ts';
import type { Message } from '../words/message.ts';

/** What the servers say of one task instance. */
export type GatheredTask = {
	/** As it is now. */
	readonly task: TaskInstance;
	/** Its DAG run, if that is known. */
	readonly run: DagRun | undefined;
	/** Known instances of the same task in the run, itself included. */
	readonly instances: number;
	readonly facts: TaskFacts;
	/** MLflow runs that were asked for because of it. */
	readonly found: readonly MlflowRun[];
	/** Why earlier tries are missing; null: none are. */
	readonly hiddenTries: Message | null;
};

/**
 * Asks for everything about a task instance.
 * @param before the answer of an earlier call; what cannot have changed since is not asked for again
 * Throws ClientError if it is unknown and cannot be fetched; a part of the rest that fails has its failure.
 */
export async function gatherTask(
	{ airflow, mlflow }: Pick<Clients, 'airflow' | 'mlflow'>,
	state: StackState,
	named: WatchedTask,
	signal: AbortSignal,
	before?: GatheredTask,
): Promise<GatheredTask> {
	if (!airflow) throw addressPending('Airflow');
	const { dagId, dagRunId, taskId } = named;
	const instances = (tasksOfRun(state, dagId, dagRunId) ?? []).filter(one => one.taskId === taskId);
	const known = instances.find(one => one.mapIndex === named.mapIndex);
	const runs = knownRuns(state, dagId);
	const facts = await fetchTaskFacts(
		airflow,
		{
			...{ task: known ?? unknownTask(named), instances: instances.length, runs },
			...{ keepsTries: hasEarlierTries(state), before: before?.facts },
		},
		signal,
	);
	if (facts.detail.failure && !known) throw ClientError.of(facts.detail.failure);
	const task = facts.detail.value ?? known ?? unknownTask(named);
	const isCut = !hasEarlierTries(state) && task.tryNumber > 1;
	return {
		...{ task, facts, instances: instances.length, run: runs.find(run => run.dagRunId === dagRunId) },
		found: before?.found ?? (await mlflowRunsOf(mlflow, state, task, signal)),
		hiddenTries: isCut ? needsKeptTries(state.sources.airflow?.version ?? null) : null,
	};
}

/** The MLflow runs whose tags name the task; asked for unless one of the known ones does. */
async function mlflowRunsOf(
	mlflow: Clients['mlflow'],
	{ experiment, mlflowRuns }: StackState,
	task: TaskInstance,
	signal: AbortSignal,
): Promise<readonly MlflowRun[]> {
	const known = mlflowRunOf(mlflowRuns ?? [], task, task.endedAt ?? task.startedAt ?? 0);
	if (!mlflow || !experiment || task.startedAt === null || known?.isGuess === false) return [];
	try {
		return await fetchRunsOfTask(mlflow, experiment.experimentId, task, signal);
	} catch (error) {
		if (signal.aborted) throw error;
		// The MLflow pane says why; this is about the task.
		return [];
	}
}

/** A task of a DAG run that was never fetched, as of an old MLflow run. */
const unknownTask = (named: WatchedTask): TaskInstance => ({
	...{ dagId: named.dagId, dagRunId: named.dagRunId, taskId: named.taskId, mapIndex: named.mapIndex },
	...{ state: null, tryNumber: 0, maxTries: 0, queuedAt: null, startedAt: null, endedAt: null },
	...{ durationSeconds: null, hostname: '', pool: 'default_pool', note: null },
});
