import * as z from 'zod/mini';
import {
	about,
	count,
	dagPart,
	failurePart,
	flag,
	head,
	importErrorPart,
	metricPart,
	mlflowRunPart,
	modelVersionPart,
	optionalText,
	optionalTime,
	pagePart,
	runPart,
	servicePart,
	sourcePart,
	taskPart,
	text,
} from './parts.ts';

const project = optionalText('Compose project of the MLOps stack; null where none was found');

/** What `--json` prints, by the name of the document. Published as docs/json/NAME.schema.json. */
export const documents = {
	status: z.object({
		...head('laketop/status/1'),
		state: about(z.enum(['healthy', 'degraded', 'unreachable', 'unauthorised']), 'The verdict'),
		exit_code: count('Of the command: 0, 1, 3 or 4, as the verdict'),
		problems: about(z.array(z.string()), 'What is wrong, a sentence each; empty when healthy'),
		project,
		sources: z.array(sourcePart),
		scheduler: z.object({
			state: optionalText('healthy or unhealthy, as Airflow says; null when it did not answer'),
			heartbeat_at: optionalTime('Last sign of life'),
		}),
		services: about(z.array(servicePart), 'The containers of the project, by name; without figures of their use'),
		pages: z.array(pagePart),
		pipeline: z.object({
			dag_id: text('The DAG that is watched'),
			exists: about(z.nullable(z.boolean()), 'Whether Airflow knows it; null when it did not answer'),
			is_paused: about(z.nullable(z.boolean()), 'Whether it is paused'),
			next_run_at: optionalTime('When its schedule starts the next run'),
			run: about(z.nullable(runPart), 'The newest run'),
			tasks: z.array(taskPart),
		}),
		experiment: text('MLflow experiment that is watched'),
		metrics: z.array(metricPart),
		import_errors: z.array(importErrorPart),
	}),
	services: z.object({ ...head('laketop/services/1'), project, services: z.array(servicePart) }),
	dags: z.object({
		...head('laketop/dags/1'),
		dags: z.array(dagPart),
		import_errors: z.array(importErrorPart),
	}),
	runs: z.object({ ...head('laketop/runs/1'), dag_id: text('DAG'), runs: about(z.array(runPart), 'Newest first') }),
	tasks: z.object({
		...head('laketop/tasks/1'),
		dag_id: text('DAG'),
		run: about(z.nullable(runPart), 'The run; null when the DAG has none yet'),
		tasks: about(z.array(taskPart), 'In the order in which they run'),
	}),
	models: z.object({
		...head('laketop/models/1'),
		versions: about(z.array(modelVersionPart), 'Newest first'),
	}),
	metrics: z.object({
		...head('laketop/metrics/1'),
		experiment: text('MLflow experiment'),
		experiment_id: optionalText('Its id; null when MLflow has none of that name'),
		metrics: about(z.array(metricPart), 'The latest value of each; empty with --run'),
		runs: about(z.array(mlflowRunPart), 'The runs asked for with --run, oldest first; empty without'),
	}),
	'log-line': z.object({
		schema: about(z.literal('laketop/log-line/1'), 'Name and version of this schema; one document a line'),
		container: optionalText('Name of the container; null for a task'),
		service: optionalText('By which people know it; null for a task'),
		task: about(
			z.nullable(
				z.object({ dag_id: text('DAG'), dag_run_id: text('Run'), task_id: text('Task'), try_number: count('Try') }),
			),
			'The task; null for a container',
		),
		time: optionalText("The engine's own time, RFC 3339 with nanoseconds; null for a task"),
		channel: about(z.enum(['stdout', 'stderr']), 'Where the container wrote it; stdout for a task'),
		text: text('The line, without control sequences'),
	}),
	config: z.object({
		...head('laketop/config/1'),
		values: about(
			z.array(
				z.object({
					key: text('Its name in the config file, dotted'),
					value: text('As text; empty where there is none; secrets are masked'),
					source: text('flag, environment, profile, file, Docker context, default, or discovered at run time'),
				}),
			),
			'Every value in force',
		),
	}),
	error: z.object({
		...head('laketop/error/1'),
		command: text('The command that failed'),
		exit_code: count('Of the command'),
		error: failurePart,
		is_usage: flag('The command line or the configuration is wrong'),
	}),
} as const;

export type DocumentName = keyof typeof documents;
export type Document<Name extends DocumentName> = z.infer<(typeof documents)[Name]>;
