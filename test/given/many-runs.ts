import type { DagRun, DagTask, TaskInstance } from '../../source/model/airflow/pipeline.ts';
import type { Observation } from '../../source/model/observation.ts';
import { dagId, run, task } from '../diagnosis/stack.ts';

const hour = 3_600_000;
const second = 1000;

/** A DAG with many runs, one an hour, the newest first. Each task takes a minute more than the one before it. */
export function manyRuns({ runs, tasks }: { readonly runs: number; readonly tasks: readonly string[] }) {
	const made = Array.from({ length: runs }, (_, index): DagRun => {
		const failed = index % 7 === 3;
		return run(
			`scheduled__${String(runs - index).padStart(4, '0')}`,
			failed ? 'failed' : 'success',
			(index + 1) * hour,
			{
				runType: 'scheduled',
				endedAt: null,
			},
		);
	}).map(
		(one, index): DagRun => ({
			...one,
			dueAt: (one.startedAt ?? 0) - 2 * second,
			endedAt: (one.startedAt ?? 0) + (60 + (index % 9) * 10) * second,
		}),
	);
	const definition = tasks.map(
		(taskId, index): DagTask => ({
			taskId,
			operator: 'PythonOperator',
			downstreamTaskIds: tasks.slice(index + 1, index + 2),
			retries: 1,
		}),
	);
	const instancesOf = (one: DagRun): TaskInstance[] =>
		tasks.map((taskId, index) => {
			const isLast = index === tasks.length - 1;
			const state = isLast && one.state === 'failed' ? 'failed' : 'success';
			const startedAt = (one.startedAt ?? 0) + index * second;
			const took = 1 + (index % 5);
			return task(taskId, state, {
				dagId,
				dagRunId: one.dagRunId,
				tryNumber: state === 'failed' ? 2 : 1,
				queuedAt: startedAt - second,
				startedAt,
				endedAt: startedAt + took * second,
				durationSeconds: took,
			});
		});
	return { runs: made, definition, instancesOf };
}

/** The newest thirty runs as the pipeline feed has them, and all of them as the history has them. */
export function historySeen(
	{ runs, definition, instancesOf }: ReturnType<typeof manyRuns>,
	at: number,
	{ loaded = runs.length, total = runs.length }: { readonly loaded?: number; readonly total?: number } = {},
): Observation[] {
	return [
		{ type: 'dag tasks fetched', at, dagId, tasks: definition },
		{ type: 'dag runs fetched', at, dagId, runs: runs.slice(0, 30) },
		{ type: 'feed live', at, feed: 'pipeline' },
		{ type: 'run history fetched', at, dagId, offset: 0, runs: [...runs], total },
		{
			type: 'run history tasks fetched',
			at,
			dagId,
			runs: runs.slice(0, loaded).map(run => ({ run, taskInstances: instancesOf(run) })),
		},
	];
}
