import type { AirflowClient } from '../../clients/airflow/airflow.ts';
import { type ConfNumbers, confNumbers, defaultNumbers } from '../../model/airflow/conf-numbers.ts';
import type { DagRun, DagTask, TaskInstance } from '../../model/airflow/pipeline.ts';
import { earlierRun, type Span, type TaskHistory, taskHistory } from '../../model/airflow/task-history.ts';

/** Earlier runs that are compared: one request each, once. */
const runsCompared = 10;

type Ended = { readonly run: DagRun; readonly span: Span };

/** The successful runs that a history is made of, newest first. */
export function comparedRuns(dagRuns: readonly DagRun[]): Ended[] {
	return dagRuns
		.flatMap(run =>
			run.state === 'success' && run.startedAt !== null && run.endedAt !== null
				? [{ run, span: { from: run.startedAt, until: run.endedAt } }]
				: [],
		)
		.slice(0, runsCompared);
}

/** Reads the durations of the tasks of DAGs in their last successful runs. Runs that have ended are read once. */
export class TaskHistoryReader {
	/** By the DAG's id. */
	readonly #known = new Map<string, ReadonlyMap<string, TaskInstance[]>>();
	/** A DAG's params hardly ever change. */
	readonly #defaults = new Map<string, ConfNumbers>();

	/** Throws ClientError. */
	async read(
		client: Pick<AirflowClient, 'taskInstances' | 'dagParams'>,
		dagId: string,
		facts: { readonly dagRuns: readonly DagRun[]; readonly definitions: readonly DagTask[] },
		signal: AbortSignal,
	): Promise<TaskHistory> {
		const ended = comparedRuns(facts.dagRuns);
		const before = this.#known.get(dagId);
		const known = new Map<string, TaskInstance[]>();
		for (const { run } of ended) {
			const key = keyOf(run);
			known.set(key, before?.get(key) ?? (await client.taskInstances(dagId, run.dagRunId, signal)));
		}
		this.#known.set(dagId, known);
		const defaults = await this.#defaultsOf(client, dagId, facts.dagRuns, signal);
		return taskHistory(
			ended.map(({ run, span }) =>
				earlierRun(
					{ dagRunId: run.dagRunId, conf: confNumbers(run.conf, defaults), span },
					known.get(keyOf(run)) ?? [],
					facts.definitions,
				),
			),
			defaults,
		);
	}

	/** The values of runs without a conf count only beside runs with one. */
	async #defaultsOf(
		client: Pick<AirflowClient, 'dagParams'>,
		dagId: string,
		dagRuns: readonly DagRun[],
		signal: AbortSignal,
	): Promise<ConfNumbers> {
		const known = this.#defaults.get(dagId);
		if (known || dagRuns.every(({ conf }) => conf === null)) return known ?? {};
		const params = await client.dagParams(dagId, signal).catch(() => null);
		if (params === null) return {};
		const defaults = defaultNumbers(params);
		this.#defaults.set(dagId, defaults);
		return defaults;
	}
}

/** A run that is cleared has another start or end afterwards. */
function keyOf({ dagRunId, startedAt, endedAt }: DagRun): string {
	return `${dagRunId}\n${startedAt}\n${endedAt}`;
}
