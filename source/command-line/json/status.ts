import * as z from 'zod/mini';
import { forecast, importErrorPart, openQuestionPart, runPart, taskPart } from './airflow.ts';
import { about, count, head, optionalText, optionalTime, text } from './fields.ts';
import { metricPart } from './mlflow.ts';
import { notCheckedPart, ownProjects, pagePart, sourcePart } from './servers.ts';
import { servicePart } from './services.ts';
import { acknowledgementsProblem, verdict } from './verdict.ts';

/** The document of `laketop status`. */
export const status = z.object({
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
	questions: about(
		z.nullable(z.array(openQuestionPart)),
		'Tasks of any DAG that wait for an answer, oldest first; null with Airflow 2, or without an answer of Airflow',
	),
	experiment: text('MLflow experiment'),
	metrics: z.array(metricPart),
	import_errors: z.array(importErrorPart),
});
