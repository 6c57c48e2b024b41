import * as z from 'zod/mini';
import { logLevels } from '../../model/log-level.ts';
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
	metricPart,
	mlflowRunPart,
	modelVersionPart,
	notCheckedPart,
	optionalCount,
	optionalText,
	optionalTime,
	pagePart,
	portPart,
	runPart,
	servicePart,
	sourcePart,
	taskPart,
	text,
	time,
} from './parts.ts';

const forecast = about(
	z.nullable(forecastPart),
	'When the run will most likely end; null when it is not under way, or too few have ended',
);
const verdict = about(
	z.enum(['healthy', 'degraded', 'unreachable', 'unauthorised']),
	'The verdict, the same in status and doctor. unreachable: something could not be checked; unauthorised: a server refuses these credentials',
);
const acknowledgementsProblem = optionalText(
	'Why the acknowledgements of this host, or some of them, were not read; null: all were',
);
const ownProjects = {
	project: optionalText('Compose project of the MLOps stack; null where none was found'),
	folder_project: optionalText(
		'The Compose project of the current folder where it has no containers and another is shown in its place; else null',
	),
};

/** What `--json` prints, by the name of the document. Published as docs/json/NAME.schema.json. */
export const documents = {
	status: z.object({
		...head('laketop/status/1'),
		state: verdict,
		exit_code: count('Of the command: 0, 1, 3 or 4, as the verdict'),
		problems: about(
			z.array(z.string()),
			'What is wrong, a sentence each: the findings that stand for themselves, then what could not be checked; empty when healthy',
		),
		acknowledged: count('Findings that are acknowledged, and no problem'),
		acknowledgements_problem: acknowledgementsProblem,
		not_checked: z.array(notCheckedPart),
		...ownProjects,
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
			forecast,
			tasks: z.array(taskPart),
		}),
		experiment: text('MLflow experiment that is watched'),
		metrics: z.array(metricPart),
		import_errors: z.array(importErrorPart),
	}),
	doctor: z.object({
		...head('laketop/doctor/1'),
		state: verdict,
		exit_code: count('Of the command: 0, 1, 3 or 4, as the verdict'),
		...ownProjects,
		deep: flag('Whether what costs something was checked as well'),
		summary: z.object({
			passed: count('Checks that passed'),
			failed: count('Checks that failed'),
			skipped: count('Checks that were not made; see checks for the reasons'),
		}),
		acknowledgements_problem: acknowledgementsProblem,
		not_checked: about(z.array(notCheckedPart), 'Without these nothing is known about what depends on them'),
		findings: about(
			z.array(
				z.object({
					id: text('Rule and subject: the same as long as the same is wrong'),
					rule: text('Which rule found it'),
					subject: text('What it is about: a container, a DAG, a file'),
					severity: about(
						z.enum(['bad', 'warning', 'notice']),
						'bad: something does not work; warning: it may soon; notice: meant so by somebody, and no reason for exit code 1',
					),
					since: optionalTime('Since when; null where nobody tells'),
					title: text('What is wrong, one line'),
					cause: text('The most likely cause'),
					cause_key: text('The same as a stable key, for programs'),
					reason: text('Why this cause among the possible ones'),
					evidence: z.array(
						z.object({ text: text('A fact'), lines: about(z.array(z.string()), 'Lines as they were read') }),
					),
					impact: about(z.array(z.string()), 'Impact'),
					fixes: about(
						z.array(
							z.object({
								text: text('What to do'),
								kind: text(
									'What laketop does for it: container, compose, exec …; type, look, advice: nothing by itself',
								),
								command: optionalText('The command that does the same; null where there is none'),
								can_fix: flag('Whether laketop fix can run it'),
								interrupts: about(
									z.array(z.string()),
									'What it interrupts: running tasks by name, services; empty when nothing',
								),
							}),
						),
						'What interrupts nothing first, then the best first',
					),
					explained_by: optionalText('Id of the finding that it follows from; null: it stands for itself'),
					acknowledgement: about(z.nullable(acknowledgementPart), 'Who knows of it; null: it counts'),
				}),
			),
			'Causes, the worst first, each followed by what follows from it',
		),
		checks: about(
			z.array(
				z.object({
					id: text('Which check, and what it is about where there are several: stable'),
					verdict: about(z.enum(['passed', 'failed', 'skipped']), 'skipped: it was not made; answer says why'),
					name: text('What was checked'),
					answer: text('What came of it'),
					lines: about(z.array(z.string()), 'What was read: files with their modes, output of a program'),
					checked_at: optionalTime('When; null where it was not'),
				}),
			),
			'What was checked, also what passed; some of it only with --deep',
		),
	}),
	services: z.object({ ...head('laketop/services/1'), ...ownProjects, services: z.array(servicePart) }),
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
		forecast,
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
		service: optionalText('Compose service, `service-2` for one of several replicas; null for a task'),
		project: optionalText('Compose project of the container; null for a task'),
		task: about(
			z.nullable(
				z.object({
					dag_id: text('DAG'),
					dag_run_id: text('Run'),
					task_id: text('Task'),
					map_index: count('Index of a mapped task; -1 for any other'),
					try_number: count('Try'),
				}),
			),
			'The task; null for a container',
		),
		time: optionalText(
			"The engine's own time, RFC 3339 with nanoseconds; of a task what the line itself says, or null",
		),
		channel: about(z.enum(['stdout', 'stderr']), 'Where the container wrote it; stdout for a task'),
		level: about(z.nullable(z.enum(logLevels)), 'The level of the record that the line is of; null where it says none'),
		text: text('The line, without control sequences'),
	}),
	config: z.object({
		...head('laketop/config/1'),
		values: about(
			z.array(
				z.object({
					key: text('Its name in the config file, dotted'),
					value: text('As text; empty where there is none; secrets are masked'),
					source: text(
						'flag, environment, profile, file, Docker context, default, or how it was discovered: published port of a container, guess …',
					),
					problem: optionalText('Why it could not be discovered, and what to do; null where it is known'),
					set_with: about(z.array(z.string()), 'What sets it: flag, environment variable, key of the file'),
				}),
			),
			'Every value in force',
		),
	}),
	acknowledgement: z.object({
		...head('laketop/acknowledgement/1'),
		finding: text('Id of the finding'),
		acknowledgement: about(z.nullable(acknowledgementPart), 'What was kept; null: it was removed'),
	}),
	change: z.object({
		...head('laketop/change/1'),
		command: text('The command'),
		action: text('What was done, as the audit file has it'),
		title: text('A verb and what it was done to'),
		outcome: about(
			z.enum(['done', 'failed', 'unknown', 'planned']),
			'unknown: the answer was lost, and it could not be found out; planned: a dry run, nothing was changed',
		),
		message: text("What came of it, in the server's words; with --wait, how it ended"),
		exit_code: count('Of the command'),
		asks: about(z.array(z.string()), 'What it touches and what follows, a sentence each'),
		equivalent: text('The command that does the same'),
		targets: about(z.array(z.string()), 'What it changes; a container of another project as PROJECT/NAME'),
		project: optionalText('Compose project that it changes'),
		run: about(z.nullable(runPart), 'The run that was waited for; null without --wait'),
	}),
	source: z.object({
		...head('laketop/source/1'),
		dag_id: text('DAG'),
		file: optionalText('Its file, as the scheduler sees it'),
		source: text('The text of the file, as the webserver has it'),
	}),
	trial: z.object({
		...head('laketop/trial/1'),
		container: text('Name of the container whose Python ran it'),
		file: text('The file, as that container sees it'),
		program_exit_code: count("Python's: 0 when the file can be imported"),
		duration_ms: count('Duration, ms'),
		lines: about(z.array(z.string()), 'What it printed, output and errors'),
	}),
	processes: z.object({
		...head('laketop/processes/1'),
		container: text('Name of the container'),
		project: optionalText('Compose project'),
		titles: about(z.array(z.string()), "Columns of the engine's ps"),
		processes: about(z.array(z.array(z.string())), 'A row for each process'),
	}),
	inspection: z.object({
		...head('laketop/inspection/1'),
		container: text('Name of the container'),
		project: optionalText('Compose project'),
		service: optionalText('Compose service'),
		replica: optionalCount('Number of the replica, from 1; null where Compose did not start it'),
		is_one_off: flag('Made by docker compose run: not a replica of its service'),
		id: text('Its id'),
		image: text('Image, as it was asked for'),
		image_id: text('Id of the image that runs'),
		command: text('Entry point and command, as a shell would read them'),
		user: text("User; empty for the image's own"),
		working_directory: text('Working directory'),
		state: text("The engine's word"),
		exit_code: count('Of the last end'),
		error: text('What the engine says went wrong; empty when nothing did'),
		is_oom_killed: flag('It was ended for want of memory'),
		created_at: optionalTime('Creation'),
		started_at: optionalTime('Start'),
		finished_at: optionalTime('End'),
		restart_policy: text('no, always, unless-stopped, on-failure'),
		restart_count: count('Restarts by the policy'),
		stop_signal: optionalText('Null: SIGTERM'),
		stop_timeout_ms: optionalCount('Null: ten seconds'),
		mounts: z.array(
			z.object({
				type: text('bind, volume or tmpfs'),
				name: optionalText('Of a volume'),
				source: text('On the host'),
				destination: text('In the container'),
				is_writable: flag('It can be written'),
			}),
		),
		environment: about(
			z.array(
				z.object({ name: text('Variable'), value: text('Its value, secrets masked'), is_masked: flag('It is masked') }),
			),
			'Environment of its program',
		),
		ports: z.array(portPart),
		networks: z.array(
			z.object({ name: text('Network'), address: text('Address in it'), aliases: z.array(z.string()) }),
		),
		health: about(
			z.nullable(
				z.object({
					status: text('starting, healthy or unhealthy'),
					failing_streak: count('Probes in a row that have failed'),
					test: text('What is run'),
					interval_ms: count('From one probe to the next'),
					timeout_ms: count('How long one may take'),
					start_period_ms: count('After the start, in which failures do not count'),
					retries: count('Failures in a row that make it unhealthy'),
					probes: about(
						z.array(
							z.object({
								started_at: time(),
								ended_at: time(),
								exit_code: count('0 is healthy'),
								output: text('What it said'),
							}),
						),
						'The last five, oldest first',
					),
				}),
			),
			'Null where there is no health check',
		),
		memory_limit_bytes: optionalCount('Null: none'),
		cpu_limit: optionalCount('Null: none'),
		process_limit: optionalCount('Null: none'),
		is_privileged: flag('It may do what the host may'),
		log_driver: text('Where its log goes'),
		log_options: text('Limits of its log'),
	}),
	'disk-usage': z.object({
		...head('laketop/disk-usage/1'),
		...ownProjects,
		totals: about(
			z.array(
				z.object({
					kind: about(z.enum(['images', 'containers', 'volumes', 'build cache']), 'Of what'),
					count: count('How many'),
					active: count('In use'),
					bytes: count('Size'),
					reclaimable_bytes: count('What a prune would give back'),
				}),
			),
			'Of the whole engine, as docker system df has it',
		),
		share: about(
			z.nullable(
				z.object({
					containers_bytes: count('What its containers have written over their images'),
					volumes_bytes: count('Its volumes'),
					images_bytes: count('Layers that its images alone have'),
					images_shared_bytes: count('Layers that its images share take at least so much more'),
				}),
			),
			'What the project takes of it; null without a project',
		),
		images: z.array(
			z.object({
				tags: z.array(z.string()),
				bytes: count('Of all its layers'),
				shared_bytes: optionalCount('Of layers that others have too'),
				containers: count('Made from it'),
				is_own: flag('Of the project'),
			}),
		),
		volumes: z.array(
			z.object({
				name: text('Volume'),
				bytes: optionalCount('Size'),
				containers: optionalCount('That use it'),
				is_own: flag('Of the project'),
			}),
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
