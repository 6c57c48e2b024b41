import * as z from 'zod/mini';
import { logLevels } from '../../model/logs/log-level.ts';
import { about, count, optionalText, text } from './fields.ts';

/** A line of `laketop logs --json`. */
export const logLine = z.object({
	schema: about(z.literal('laketop/log-line/1'), 'Name and version of this schema; one document per line'),
	container: optionalText('Name of the container; null for a task'),
	service: optionalText('Compose service, `service-2` for one of several replicas; null for a task'),
	project: optionalText('Compose project of the container; null for a task'),
	task: about(
		z.nullable(
			z.object({
				dag_id: text('DAG'),
				dag_run_id: text('Id of the DAG run'),
				task_id: text('Task'),
				map_index: count('Index of a mapped task; -1 if not mapped'),
				try_number: count('Number of the try'),
			}),
		),
		'Task; null for a container',
	),
	time: optionalText('Time from the engine, RFC 3339 with nanoseconds; for a task the time in the line, or null'),
	channel: about(z.enum(['stdout', 'stderr']), 'Stream of the container; stdout for a task'),
	level: about(z.nullable(z.enum(logLevels)), 'Level of the log record of the line; null if it has none'),
	text: text('Line without control sequences'),
});
