import * as z from 'zod/mini';
import { about, count, flag, head, optionalCount, optionalText, optionalTime, text } from './fields.ts';

const figures = {
	median_ms: optionalCount('Median duration of those that succeeded, by linear interpolation, ms'),
	p90_ms: optionalCount('90th percentile of the same'),
	failed: count('Number of DAG runs in which it failed'),
	retries: count('Tries after the first, of all instances'),
	runs: about(
		z.array(
			z.object({
				dag_run_id: text('DAG run'),
				state: optionalText('State; null: unknown, or the DAG run has no such task'),
				elapsed_ms: optionalCount('Duration, or up to now, ms; null before the start'),
				slower_ms: optionalCount('Excess over the median where it is slower than usual, ms; null: it is not'),
			}),
		),
		'Newest first',
	),
};

/** The document of `laketop trend`. */
export const trend = z.object({
	...head('laketop/trend/1'),
	dag_id: text('DAG'),
	total_runs: count('Number of all DAG runs'),
	last_success_at: optionalTime('End of the DAG run that succeeded last; null: none of those known'),
	is_paused: flag('The DAG is paused'),
	next_run_at: optionalTime('When the next DAG run is due; null: none is scheduled'),
	missed_runs: optionalCount(
		'DAG runs that the schedule lacks since the oldest one here; null: no schedule, or one that is not evenly spaced',
	),
	run: about(z.object(figures), 'Durations of the DAG runs'),
	landing: about(z.object(figures), 'Time from when a DAG run was due to its end'),
	tasks: about(z.array(z.object({ task_id: text('Task'), ...figures })), 'Tasks in order'),
});
