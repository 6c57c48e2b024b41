import * as z from 'zod/mini';
import { dagPart, forecast, importErrorPart, runPart, taskPart } from './airflow.ts';
import { assets, backfills, questions } from './airflow3.ts';
import { chart } from './chart.ts';
import { compare } from './compare.ts';
import { diskUsage } from './disk-usage.ts';
import { doctor } from './doctor.ts';
import { about, count, flag, head, optionalCount, optionalText, text } from './fields.ts';
import { gantt } from './gantt.ts';
import { graph } from './graph.ts';
import { grid } from './grid.ts';
import { inspection } from './inspection.ts';
import { logLine } from './log-line.ts';
import {
	artifacts,
	comparisonPart,
	loggedModelPart,
	metricPart,
	mlflowRunPart,
	mlflowRuns,
	modelVersionPart,
	promptPart,
	tracesPart,
} from './mlflow.ts';
import { report } from './report.ts';
import { failurePart, ownProjects } from './servers.ts';
import { servicePart } from './services.ts';
import { status } from './status.ts';
import { task } from './task.ts';
import { trend } from './trend.ts';
import { acknowledgementPart } from './verdict.ts';

/** The documents of `--json` by name. Published as docs/json/NAME.schema.json. */
export const documents = {
	status,
	doctor,
	services: z.object({ ...head('laketop/services/1'), ...ownProjects, services: z.array(servicePart) }),
	dags: z.object({
		...head('laketop/dags/1'),
		dags: z.array(dagPart),
		import_errors: z.array(importErrorPart),
	}),
	runs: z.object({ ...head('laketop/runs/1'), dag_id: text('DAG'), runs: about(z.array(runPart), 'Newest first') }),
	gantt,
	graph,
	grid,
	trend,
	report,
	task,
	tasks: z.object({
		...head('laketop/tasks/1'),
		dag_id: text('DAG'),
		run: about(z.nullable(runPart), 'DAG run; null if the DAG has none yet'),
		forecast,
		tasks: about(z.array(taskPart), 'In the order of execution'),
	}),
	models: z.object({
		...head('laketop/models/1'),
		versions: about(z.array(modelVersionPart), 'Newest first'),
		comparisons: about(
			z.array(comparisonPart),
			'Models whose newest version does not serve, compared with the version that does',
		),
		logged_models: about(
			z.array(loggedModelPart),
			'Models that MLflow runs of the experiment logged, newest first (MLflow 3); empty with MODEL',
		),
		traces: about(
			z.nullable(tracesPart),
			'Traces of the experiment in the last hour; null if MLflow does not count them (older than 3.8), or with MODEL',
		),
		prompts: about(z.array(promptPart), 'Prompts of the registry (MLflow 3); empty with MODEL'),
	}),
	metrics: z.object({
		...head('laketop/metrics/1'),
		experiment: text('MLflow experiment'),
		experiment_id: optionalText('Id of the experiment; null if MLflow has none of this name, or has deleted it'),
		experiment_deleted: about(z.boolean(), 'Whether MLflow has deleted the experiment'),
		other_experiments: about(
			z.array(z.string()),
			'Names of the experiments in MLflow; empty if experiment_id is not null',
		),
		metrics: about(z.array(metricPart), 'Latest value of each metric; empty with --run'),
		runs: about(z.array(mlflowRunPart), 'MLflow runs of --run, oldest first; empty without --run'),
	}),
	'mlflow-runs': mlflowRuns,
	artifacts,
	chart,
	compare,
	'log-line': logLine,
	config: z.object({
		...head('laketop/config/1'),
		values: about(
			z.array(
				z.object({
					key: text('Dotted name in the config file'),
					value: text('Value as text; empty if not set; secrets are masked'),
					source: text(
						'flag, environment, profile, file, Docker context, default, or how it was discovered: published port of a container, guess …',
					),
					problem: optionalText('Why it was not discovered, and what to do; null if it is known'),
					set_with: about(z.array(z.string()), 'Ways to set it: flag, environment variable, key of the file'),
				}),
			),
			'All effective values',
		),
	}),
	acknowledgement: z.object({
		...head('laketop/acknowledgement/1'),
		finding: text('Id of the finding'),
		acknowledgement: about(z.nullable(acknowledgementPart), 'Saved acknowledgement; null: removed'),
	}),
	change: z.object({
		...head('laketop/change/1'),
		command: text('Command'),
		action: text('Action, as in the audit file'),
		title: text('Verb and target'),
		outcome: about(
			z.enum(['done', 'failed', 'unknown', 'planned']),
			'unknown: the response was lost and the state could not be read; planned: a dry run, nothing was changed',
		),
		message: text("Outcome in the server's words; with --wait, the result of the wait"),
		exit_code: count('Exit code of the command'),
		effects: about(z.array(z.string()), 'Effects of the change, one sentence each'),
		equivalent: text('Equivalent command'),
		targets: about(z.array(z.string()), 'Targets; a container of another project as PROJECT/NAME'),
		project: optionalText('Compose project'),
		run: about(z.nullable(runPart), 'DAG run of --wait; null without --wait'),
	}),
	events: z.object({
		...head('laketop/events/1'),
		events: about(
			z.array(
				z.object({
					id: count('Id in the audit log of Airflow'),
					at: text('Time'),
					user: optionalText('User; null: Airflow itself'),
					event: text('Name of the request, such as patch_dag_run'),
					dag_id: optionalText('DAG'),
					dag_run_id: optionalText('DAG run'),
					task_id: optionalText('Task'),
					fields: text('Fields of the request without secrets, such as is_paused=true; empty if none'),
				}),
			),
			'What people did, newest first; changes of task states are left out',
		),
	}),
	source: z.object({
		...head('laketop/source/1'),
		dag_id: text('DAG'),
		file: optionalText('Its file, as the scheduler sees it'),
		source: text('Source of the file as stored by the webserver'),
		dag_version: optionalCount('Version of the DAG that the source is of; null with Airflow 2'),
		newest_version: optionalCount('Newest version of the DAG; null with Airflow 2'),
	}),
	backfills,
	questions,
	assets,
	trial: z.object({
		...head('laketop/trial/1'),
		container: text('Container whose Python imported the file'),
		file: text('Path of the file in that container'),
		program_exit_code: count('Exit code of Python: 0 if the import succeeded'),
		duration_ms: count('Duration, ms'),
		lines: about(z.array(z.string()), 'Output of Python, errors included'),
	}),
	processes: z.object({
		...head('laketop/processes/1'),
		container: text('Name of the container'),
		project: optionalText('Compose project'),
		titles: about(z.array(z.string()), 'Columns of ps, as reported by the engine'),
		processes: about(z.array(z.array(z.string())), 'One row per process'),
	}),
	inspection: inspection,
	'disk-usage': diskUsage,
	error: z.object({
		...head('laketop/error/1'),
		command: text('Command that failed'),
		exit_code: count('Exit code of the command'),
		error: failurePart,
		is_usage: flag('The command line or the configuration is invalid'),
	}),
} as const;

export type DocumentName = keyof typeof documents;
export type Document<Name extends DocumentName> = z.infer<(typeof documents)[Name]>;
