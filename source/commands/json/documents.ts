import * as z from 'zod/mini';
import { logLevels } from '../../model/log-level.ts';
import { assets, backfills, questions } from './airflow3.ts';
import { diskUsage } from './disk-usage.ts';
import { inspection } from './inspection.ts';
import {
	about,
	acknowledgementPart,
	count,
	dagPart,
	failurePart,
	flag,
	forecastPart,
	head,
	importErrorPart,
	loggedModelPart,
	metricPart,
	mlflowRunPart,
	modelVersionPart,
	notCheckedPart,
	optionalCount,
	optionalText,
	optionalTime,
	ownProjects,
	pagePart,
	promptPart,
	runPart,
	servicePart,
	sourcePart,
	taskPart,
	text,
	tracesPart,
} from './parts.ts';

const forecast = about(
	z.nullable(forecastPart),
	'Expected end of the DAG run; null if it is not active or too few have finished',
);
const verdict = about(
	z.enum(['healthy', 'degraded', 'unreachable', 'unauthorised']),
	'Verdict, the same in status and doctor. unreachable: a check was not possible; unauthorised: a server refuses the credentials',
);
const acknowledgementsProblem = optionalText('Why acknowledgements of this host were not read; null: all were read');

/** The documents of `--json` by name. Published as docs/json/NAME.schema.json. */
export const documents = {
	status: z.object({
		...head('laketop/status/1'),
		state: verdict,
		exit_code: count('Exit code of the command: 0, 1, 3 or 4'),
		problems: about(
			z.array(z.string()),
			'Problems, one sentence each: root findings, then failed requests; empty if healthy',
		),
		acknowledged: count('Number of acknowledged findings, which are not problems'),
		acknowledgements_problem: acknowledgementsProblem,
		not_checked: z.array(notCheckedPart),
		...ownProjects,
		sources: z.array(sourcePart),
		scheduler: z.object({
			state: optionalText('healthy or unhealthy, as reported by Airflow; null without an answer'),
			heartbeat_at: optionalTime('Last heartbeat'),
		}),
		services: about(z.array(servicePart), 'Containers of the project by name, without statistics'),
		pages: z.array(pagePart),
		pipeline: z.object({
			dag_id: text('DAG'),
			exists: about(z.nullable(z.boolean()), 'Whether Airflow has it; null without an answer'),
			is_paused: about(z.nullable(z.boolean()), 'Whether it is paused; null without an answer'),
			next_run_at: optionalTime('Start of the next scheduled DAG run'),
			run: about(z.nullable(runPart), 'Newest DAG run'),
			forecast,
			tasks: z.array(taskPart),
		}),
		experiment: text('MLflow experiment'),
		metrics: z.array(metricPart),
		import_errors: z.array(importErrorPart),
	}),
	doctor: z.object({
		...head('laketop/doctor/1'),
		state: verdict,
		exit_code: count('Exit code of the command: 0, 1, 3 or 4'),
		...ownProjects,
		deep: flag('Whether the expensive checks were made too'),
		summary: z.object({
			passed: count('Number of passed checks'),
			failed: count('Number of failed checks'),
			skipped: count('Number of skipped checks; see checks for the reasons'),
		}),
		acknowledgements_problem: acknowledgementsProblem,
		not_checked: about(
			z.array(notCheckedPart),
			'Servers that did not answer; everything that depends on them is unknown',
		),
		findings: about(
			z.array(
				z.object({
					id: text('Rule and subject; stable while the problem lasts'),
					rule: text('Rule that found it'),
					subject: text('Subject: a container, a DAG, a file'),
					severity: about(
						z.enum(['bad', 'warning', 'notice']),
						'bad: something does not work; warning: it may soon stop working; notice: intended by somebody, does not set exit code 1',
					),
					since: optionalTime('Start of the problem; null if unknown'),
					title: text('What is wrong, in one line'),
					cause: text('Most likely cause'),
					cause_key: text('Cause as a stable key, for programs'),
					reason: text('Why this cause is the most likely one'),
					evidence: z.array(
						z.object({ text: text('Fact'), lines: about(z.array(z.string()), 'Quoted lines, such as log lines') }),
					),
					impact: about(z.array(z.string()), 'Impact'),
					fixes: about(
						z.array(
							z.object({
								text: text('What to do'),
								kind: text('Kind of action: container, compose, exec …; laketop does not run type, look and advice'),
								command: optionalText('Equivalent command; null if there is none'),
								can_fix: flag('Whether laketop fix can run it'),
								interrupts: about(
									z.array(z.string()),
									'What it interrupts: running tasks by name, services; empty if nothing',
								),
							}),
						),
						'Fixes without interruption first, then the best first',
					),
					explained_by: optionalText('Id of the finding that causes it; null: a root finding'),
					acknowledgement: about(z.nullable(acknowledgementPart), 'Acknowledgement; null: the finding counts'),
				}),
			),
			'Root findings, the most severe first, each followed by its consequences',
		),
		checks: about(
			z.array(
				z.object({
					id: text('Check, with its subject if there are several; stable'),
					verdict: about(z.enum(['passed', 'failed', 'skipped']), 'skipped: not made; result has the reason'),
					name: text('Name of the check'),
					result: text('Result'),
					lines: about(z.array(z.string()), 'Details: files with their modes, output of a program'),
					checked_at: optionalTime('Time of the check; null if skipped'),
				}),
			),
			'All checks, passed ones included; some are only made with --deep',
		),
	}),
	services: z.object({ ...head('laketop/services/1'), ...ownProjects, services: z.array(servicePart) }),
	dags: z.object({
		...head('laketop/dags/1'),
		dags: z.array(dagPart),
		import_errors: z.array(importErrorPart),
	}),
	runs: z.object({ ...head('laketop/runs/1'), dag_id: text('DAG'), runs: about(z.array(runPart), 'Newest first') }),
	gantt: z.object({
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
	}),
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
	'log-line': z.object({
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
	}),
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
