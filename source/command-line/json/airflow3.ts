import * as z from 'zod/mini';
import { about, count, flag, head, optionalTime, text, time } from './fields.ts';

/** Documents of what only Airflow 3 has. */

export const backfills = z.object({
	...head('laketop/backfills/1'),
	dag_id: text('DAG'),
	backfills: about(
		z.array(
			z.object({
				id: count('Id of the backfill'),
				state: about(
					z.enum(['active', 'paused', 'completed']),
					'completed: all runs have finished, or it was cancelled',
				),
				from_date: about(time(), 'First logical date'),
				to_date: about(time(), 'Last logical date'),
				reprocess_behavior: text('none, failed or completed'),
				max_active_runs: count('DAG runs at a time'),
				created_at: time(),
				completed_at: optionalTime('End or cancellation; null while active'),
				runs: about(
					z.object({
						total: z.number(),
						success: z.number(),
						failed: z.number(),
						running: z.number(),
						queued: z.number(),
					}),
					'Number of its DAG runs by state',
				),
			}),
		),
		'Newest first, at most 20',
	),
});

export const questions = z.object({
	...head('laketop/questions/1'),
	questions: about(
		z.array(
			z.object({
				dag_id: text('DAG'),
				dag_run_id: text('DAG run'),
				task_id: text('Task that waits'),
				map_index: count('-1 for a task that is not mapped'),
				subject: text('The question, one line'),
				body: text('Details in Markdown; empty if none'),
				options: z.array(z.string()),
				defaults: about(z.array(z.string()), 'Options that are chosen when it times out; empty: the task fails then'),
				multiple: flag('Several options may be chosen'),
				params: about(
					z.array(
						z.object({
							name: z.string(),
							value: about(z.unknown(), 'Default'),
							description: z.nullable(z.string()),
							schema: about(z.unknown(), 'JSON Schema of the value'),
						}),
					),
					'Params to answer with',
				),
				assigned_users: about(z.array(z.string()), 'Users who may answer; empty: everybody with the permission'),
				created_at: optionalTime('Time of the question'),
			}),
		),
		'Unanswered questions, oldest first',
	),
});

export const assets = z.object({
	...head('laketop/assets/1'),
	assets: about(
		z.array(
			z.object({
				id: count('Id of the asset'),
				name: text('Name'),
				uri: text('URI'),
				group: text('Group'),
				last_event_at: optionalTime('Last event; null: none yet'),
				producing_tasks: z.array(z.object({ dag_id: z.string(), task_id: z.string() })),
				scheduled_dags: about(z.array(z.string()), 'DAGs that its events start'),
			}),
		),
		'By name',
	),
	events: about(
		z.nullable(
			z.array(
				z.object({
					asset: text('Name of the asset'),
					at: optionalTime('Time of the event'),
					source: about(
						z.nullable(z.object({ dag_id: z.string(), dag_run_id: z.string(), task_id: z.string() })),
						'Task that made it; null: reported by a user or program',
					),
					started_runs: about(
						z.array(z.object({ dag_id: z.string(), dag_run_id: z.string(), state: z.string() })),
						'DAG runs that it started',
					),
				}),
			),
		),
		'Newest first; null without --events',
	),
});
