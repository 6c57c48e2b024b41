import * as z from 'zod/mini';
import { runPart } from './airflow.ts';
import { about, count, head, optionalCount, optionalText, optionalTime, text } from './fields.ts';

/** The document of `laketop grid --json`. */
export const grid = z.object({
	...head('laketop/grid/1'),
	dag_id: text('DAG'),
	total_runs: count('Number of all DAG runs'),
	tasks: about(z.array(z.string()), 'Tasks of the DAG in order'),
	runs: about(
		z.array(
			z.object({
				run: runPart,
				tasks: about(
					z.nullable(
						z.array(
							z.object({
								task_id: text('Task'),
								state: optionalText('Airflow task state, of a mapped task that of its instance that matters most'),
								instances: count('Instances of a mapped task; 1 for any other'),
								failed_instances: count('Instances in state failed'),
								try_number: count('The most tries that an instance took'),
								started_at: optionalTime('First start'),
								elapsed_ms: optionalCount('Time from the first start to the last end, or to now, ms'),
							}),
						),
					),
					'null: not fetched, because the DAG runs have too many tasks',
				),
			}),
		),
		'Newest first',
	),
});
