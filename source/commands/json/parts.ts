import * as z from 'zod/mini';
import { waitReasons } from '../../diagnosis/waiting/wait.ts';
import { addressOrigins } from '../../model/discovery.ts';
import { seriesBases } from '../../model/run-series.ts';
import { failureKinds } from '../../model/source.ts';

/** Parts of the documents of `--json`. Field names are those of Airflow, MLflow and Docker. */

/** The meaning becomes the description in the published schema. */
const about = <Schema extends z.ZodMiniType>(schema: Schema, meaning: string): Schema => {
	z.globalRegistry.add(schema, { description: meaning });
	return schema;
};

export const time = () => z.iso.datetime();
const optionalTime = (meaning: string) => about(z.nullable(time()), meaning);
const count = (meaning: string) => about(z.number(), meaning);
const optionalCount = (meaning: string) => about(z.nullable(z.number()), meaning);
const text = (meaning: string) => about(z.string(), meaning);
const optionalText = (meaning: string) => about(z.nullable(z.string()), meaning);
const flag = (meaning: string) => about(z.boolean(), meaning);

export { about, count, flag, optionalCount, optionalText, optionalTime, text };

/** The first fields of every document. */
export const head = <Name extends string>(name: Name) => ({
	schema: about(z.literal(name), 'Name and version of this schema; a breaking change raises the number'),
	at: about(time(), 'Time of the data'),
});

export const failurePart = z.object({
	kind: z.enum(failureKinds),
	message: text('What happened and where, in one line'),
	fix: text('What to do; empty if there is nothing to do but wait'),
});

export const sourcePart = z.object({
	name: about(z.enum(['docker', 'airflow', 'mlflow']), 'Server'),
	state: about(
		z.enum(['live', 'failed', 'waiting', 'absent']),
		'waiting: no answer in time; absent: the stack has no such server',
	),
	version: optionalText('Version of the server'),
	address: optionalText('Address of the requests'),
	address_origin: about(z.enum(addressOrigins), 'Where the address comes from'),
	through_ssh: flag("Requests go through the ssh connection to the engine's host"),
	is_guess: flag(
		'The address is guessed: the server may belong to another stack. It gets no login and no changes, and is not diagnosed',
	),
	failure: about(z.nullable(failurePart), 'Why it failed; null if live or absent'),
});

/** A server, or the checks as a whole, that did not answer. */
export const notCheckedPart = z.object({
	name: about(
		z.enum(['docker', 'airflow', 'mlflow', 'checks']),
		'What did not answer; checks: the checks of containers and host',
	),
	failure: failurePart,
});

export const acknowledgementPart = z.object({
	note: text('Reason given by the user'),
	by: text('User who acknowledged it'),
	at: about(time(), 'Time of the acknowledgement'),
	until: optionalTime('Expiry; null: until the finding clears'),
});

export const portPart = z.object({
	address: text('Host address; empty if not published'),
	public_port: optionalCount('Port on the host; null if not published'),
	private_port: count('Port in the container'),
	protocol: text('tcp, udp or sctp'),
});

export const servicePart = z.object({
	name: text('Compose service, `service-2` for one of several replicas, or the container name'),
	service: optionalText('Compose service'),
	container: text('Name of the container'),
	id: text('Id of the container'),
	project: optionalText('Compose project'),
	replica: optionalCount('Number of the replica, from 1; null if not started by Compose'),
	is_one_off: flag('Created by docker compose run: not a replica of its service'),
	image: text('Image'),
	state: text('Container state: running, exited, paused, restarting, created, removing, dead'),
	health: text('starting, healthy, unhealthy; none without a health check'),
	verdict: about(
		z.enum(['up', 'changing', 'unhealthy', 'down', 'done']),
		'State and health combined; done: runs once and exited with 0',
	),
	since: optionalTime('Start of this state and health'),
	exit_code: optionalCount('Last exit code; null while running'),
	restart_count: optionalCount('Restarts by the restart policy'),
	restart_policy: optionalText('no, always, unless-stopped, on-failure'),
	failing_streak: optionalCount('Consecutive failed health probes'),
	cpu_percent: optionalCount('Percent of one core; 200 is two busy cores'),
	memory_bytes: optionalCount('Memory in use without the page cache, as in docker stats'),
	memory_limit_bytes: optionalCount('Memory limit'),
	received_bytes: optionalCount('Bytes received since the start'),
	sent_bytes: optionalCount('Bytes sent since the start'),
	ports: z.array(portPart),
});

export const pagePart = z.object({
	id: text('airflow, mlflow, trino, grafana, superset, or a configured name'),
	title: text('Display name'),
	url: text('Address of the page'),
	is_guess: flag('The address is guessed: the page may belong to another stack'),
	ok: about(z.nullable(z.boolean()), 'Whether it answers; null if not checked yet'),
	http_status: optionalCount('HTTP status of the response'),
	answer_ms: optionalCount('Response time, ms'),
	problem: text('Why it failed; empty if ok'),
});

export const runPart = z.object({
	dag_id: text('DAG'),
	dag_run_id: text('Id of the DAG run'),
	state: text('queued, running, success or failed'),
	run_type: text(
		'manual, scheduled, backfill, dataset_triggered; with Airflow 3 also asset_triggered, asset_materialization, operator_triggered',
	),
	logical_date: optionalTime('Logical date (execution date)'),
	started_at: optionalTime('Start'),
	ended_at: optionalTime('End; null while active'),
	elapsed_ms: optionalCount('Duration so far, ms'),
	conf: about(z.nullable(z.record(z.string(), z.unknown())), 'Conf; null if none'),
	note: optionalText('Note'),
	dag_versions: about(
		z.nullable(z.array(z.number())),
		'Versions of the DAG that its tasks ran with, ascending; null with Airflow 2',
	),
});

export const taskPart = z.object({
	task_id: text('Task'),
	map_index: count('-1 for a task that is not mapped'),
	state: optionalText('Airflow task state; null: no status yet'),
	try_number: count('Number of the try, from 1; 0 before the first try'),
	max_tries: count('Maximum number of retries'),
	queued_at: optionalTime('Time of queueing'),
	started_at: optionalTime('Start of the try'),
	ended_at: optionalTime('End of the try'),
	elapsed_ms: optionalCount('Duration of the try so far, ms'),
	usual_ms: optionalCount(
		'Of a running task: its usual duration, ms (median of the last successful DAG runs); null if unknown',
	),
	hostname: text('Host that runs it; empty before the start'),
	pool: text('Pool'),
	note: optionalText('Note'),
	waits_for: about(
		z.nullable(
			z.object({
				reason: about(z.enum(waitReasons), 'Why it waits, as a stable key'),
				text: text('The reason as a sentence'),
				until: optionalTime('Expected end; null if unknown'),
				needs_action: flag('It does not resolve without a person'),
				airflow: about(
					z.array(
						z.object({ name: text('Dependency, such as Pool Slots Available'), reason: text('Sentence of Airflow') }),
					),
					'Unmet dependencies that Airflow 3 reports; empty with Airflow 2, or if the task has none',
				),
			}),
		),
		'What it waits for; null if it does not wait',
	),
	tries: about(
		z.nullable(
			z.array(
				z.object({
					try_number: count('Number of the try, from 1'),
					state: optionalText('State in which it ended; the state of the task while it lasts'),
					queued_at: optionalTime('Time of queueing'),
					started_at: optionalTime('Start'),
					ended_at: optionalTime('End; null while it lasts'),
					elapsed_ms: optionalCount('Duration so far, ms'),
					hostname: text('Host'),
				}),
			),
		),
		'The tries that have started (Airflow 2: the last one); null without --tries',
	),
	failure: about(
		z.nullable(
			z.object({
				reason: text('Exception or last error in its log'),
				log_tail: about(z.array(z.string()), 'Last lines of its log'),
			}),
		),
		'Why the try failed; null if it did not fail or its log was not read',
	),
});

export const forecastPart = z.object({
	remaining_ms: optionalCount(
		'Remaining time, from earlier DAG runs or, after a clear, from the remaining tasks; negative: longer than usual; null: too little is known of the cleared tasks',
	),
	stalled_since: optionalTime('Since when no task of it runs, which also stops the forecast; null: not stalled'),
});

export const dagPart = z.object({
	dag_id: text('DAG'),
	is_paused: flag('Paused: no DAG runs are scheduled, and triggered ones stay queued'),
	is_active: flag('Its file was parsed recently'),
	description: optionalText('Description'),
	schedule: optionalText('Cron expression, interval or preset; null if only triggered manually'),
	next_run_at: optionalTime('Start of the next scheduled DAG run'),
	owners: z.array(z.string()),
	tags: z.array(z.string()),
	file: optionalText('Path of its file in the scheduler'),
	has_import_errors: flag('Its file has an import error'),
	newest_run: about(z.nullable(runPart), 'Newest DAG run; null if none'),
	run_counts: about(
		z.nullable(
			z.object({
				queued: count('Queued'),
				running: count('Running'),
				success: count('Succeeded'),
				failed: count('Failed'),
			}),
		),
		'Number of DAG runs by state; null with Airflow 2, which does not count them',
	),
});

export const importErrorPart = z.object({
	file: text('Path of the DAG file in the scheduler'),
	message: text('Last line of the stack trace'),
	stack_trace: text('Stack trace'),
	happened_at: optionalTime('Time of the last import'),
});

/** JSON has no numbers for NaN and the infinities. */
export const metricValuePart = about(
	z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]),
	'Number; NaN and the infinities as strings',
);

export const metricPart = z.object({
	key: text('Metric'),
	value: metricValuePart,
	change: about(z.nullable(metricValuePart), 'Difference from the previous MLflow run of the series; null if none'),
	series: about(
		z.enum(seriesBases),
		'What the MLflow runs of the series have in common: the value of mlflow.series_tag, their name, or only the experiment',
	),
	run_name: text('Name of the MLflow run that logged it last'),
	run_id: text('Id of that MLflow run'),
	logged_at: time(),
	is_live: flag('That MLflow run is still active'),
	history: about(z.array(metricValuePart), 'Values of the MLflow runs of the series, oldest first'),
});

export const mlflowRunPart = z.object({
	run_id: text('Id of the MLflow run'),
	run_name: text('Name; for the pipeline, the name of the task'),
	status: text('RUNNING, SCHEDULED, FINISHED, FAILED or KILLED'),
	started_at: time(),
	ended_at: optionalTime('End; null while active'),
	metrics: z.record(z.string(), metricValuePart),
	params: z.record(z.string(), z.string()),
	tags: z.record(z.string(), z.string()),
});

export const modelVersionPart = z.object({
	name: text('Registered model'),
	version: text('Version'),
	status: text('READY, PENDING_REGISTRATION or FAILED_REGISTRATION'),
	stage: text('None, Staging, Production or Archived (deprecated by MLflow in favour of aliases)'),
	aliases: z.array(z.string()),
	run_id: optionalText('Id of the MLflow run that created it'),
	model_id: optionalText('Id of the logged model of which it was made (MLflow 3)'),
	tags: about(z.record(z.string(), z.string()), 'Tags of the version'),
	created_at: time(),
});

export const loggedModelPart = z.object({
	model_id: text('Id of the logged model'),
	name: text('Name'),
	status: text('READY, PENDING or UPLOAD_FAILED'),
	type: optionalText('Type that the training script named'),
	run_id: optionalText('Id of the MLflow run that logged it'),
	versions: about(z.array(z.string()), 'Registered versions made of it: model/version'),
	created_at: time(),
});

export const tracesPart = z.object({
	window_s: count('Seconds over which they are counted'),
	count: count('Traces'),
	failed: count('Traces that ended in an error'),
	p95_ms: optionalCount('Duration below which 95 % of them stayed; null if there are none'),
});

export const promptPart = z.object({
	name: text('Prompt'),
	version: optionalText('Newest version'),
	aliases: about(z.record(z.string(), z.string()), 'Version of each alias'),
	updated_at: time(),
});

export type FailurePart = z.infer<typeof failurePart>;
export type SourcePart = z.infer<typeof sourcePart>;
export type ServicePart = z.infer<typeof servicePart>;
export type PagePart = z.infer<typeof pagePart>;
export type RunPart = z.infer<typeof runPart>;
export type TaskPart = z.infer<typeof taskPart>;
export type ForecastPart = z.infer<typeof forecastPart>;
export type AcknowledgementPart = z.infer<typeof acknowledgementPart>;
export type DagPart = z.infer<typeof dagPart>;
export type ImportErrorPart = z.infer<typeof importErrorPart>;
export type MetricValuePart = z.infer<typeof metricValuePart>;
export type MetricPart = z.infer<typeof metricPart>;
export type MlflowRunPart = z.infer<typeof mlflowRunPart>;
export type LoggedModelPart = z.infer<typeof loggedModelPart>;
export type TracesPart = z.infer<typeof tracesPart>;
export type PromptPart = z.infer<typeof promptPart>;
export type ModelVersionPart = z.infer<typeof modelVersionPart>;

/** Which project a document is about. */
export const ownProjects = {
	project: optionalText('Compose project of the MLOps stack; null if none was found'),
	folder_project: optionalText(
		'Compose project of the current folder, if it has no containers and another project is shown instead; otherwise null',
	),
};
