import * as z from 'zod/mini';
import { runPart } from './airflow.ts';
import { about, count, flag, head, optionalCount, optionalText, text } from './fields.ts';

/** The document of `laketop graph`. */
export const graph = z.object({
	...head('laketop/graph/1'),
	dag_id: text('DAG'),
	run: about(z.nullable(runPart), 'The DAG run; null if there is none'),
	has_edges: flag('False if Airflow has no definition of the DAG, so that the order of its tasks is unknown'),
	groups: about(
		z.array(
			z.object({
				group_id: text('Task group'),
				parent_group_id: optionalText('The task group around it; null if there is none'),
			}),
		),
		'Task groups, each after the one around it',
	),
	tasks: about(
		z.array(
			z.object({
				task_id: text('Task'),
				group_id: optionalText('The innermost task group around it; null if there is none'),
				state: optionalText('Airflow task state, of a mapped task that of its instance that matters most'),
				states: about(
					z.array(z.object({ state: optionalText('Airflow task state'), instances: count('Instances in this state') })),
					'The instances by state; empty before the DAG run has created any',
				),
				is_mapped: flag('Expands into instances at run time, by itself or with its task group'),
				try_number: count('Number of the last try; 0 before the first, and for several instances'),
				duration_ms: optionalCount('Duration so far, or in all, ms; null before the start'),
				operator: optionalText('Class of the operator'),
				trigger_rule: optionalText('Trigger rule; null if it is unknown'),
				role: about(z.nullable(z.enum(['setup', 'teardown'])), 'Setup or teardown; null for any other task'),
				downstream_task_ids: about(z.array(z.string()), 'Tasks that follow directly'),
			}),
		),
		'In the order of execution',
	),
});
