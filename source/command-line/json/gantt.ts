import * as z from 'zod/mini';
import { runPart } from './airflow.ts';
import { about, count, flag, head, optionalCount, optionalText, optionalTime, text } from './fields.ts';

/** The document of `laketop gantt`. */
export const gantt = z.object({
	...head('laketop/gantt/1'),
	dag_id: text('DAG'),
	run: about(z.nullable(runPart), 'The DAG run; null if there is none'),
	from: optionalTime('Start of the DAG run; null before it has started'),
	to: optionalTime('Its end, or the time of this document'),
	waiting_ms: optionalCount('Time on the critical path before the last try of its tasks started, ms'),
	running_ms: optionalCount('Time on the critical path in these tries, ms'),
	tasks: about(
		z.array(
			z.object({
				task_id: text('Task'),
				state: optionalText('Airflow task state, of a mapped task that of its instance that matters most'),
				instances: count('Instances of a mapped task; 1 for any other, 0 before the DAG run has created it'),
				try_number: count('Number of the last try; 0 before the first, and for a mapped task'),
				ready_at: optionalTime('End of the last task before it, at the earliest the start of the DAG run'),
				queued_at: optionalTime('Time of queueing'),
				started_at: optionalTime('Start of the last try; of a mapped task the first start'),
				ended_at: optionalTime('End of the last try; of a mapped task the last end; null while it runs'),
				is_critical: flag('On the critical path'),
				ran_before_clear: flag('It ended before the DAG run was cleared and started again'),
			}),
		),
		'In the order of execution',
	),
});
