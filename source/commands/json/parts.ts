import * as z from 'zod/mini';
import { waitReasons } from '../../diagnosis/waiting/wait.ts';
import { addressOrigins } from '../../model/discovery.ts';
import { failureKinds } from '../../model/source.ts';

/** The pieces that the documents of `--json` are made of. Names are those of Airflow, MLflow and Docker. */

/** With its meaning, for the published schema. */
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

/** What begins every document. */
export const head = <Name extends string>(name: Name) => ({
	schema: about(z.literal(name), 'Name and version of this schema; a change that breaks readers raises the number'),
	at: about(time(), 'When these facts were read'),
});

export const failurePart = z.object({
	kind: z.enum(failureKinds),
	message: text('What happened and where, one line'),
	fix: text('What to do about it; empty where nothing better is known than to wait'),
});

export const sourcePart = z.object({
	name: about(z.enum(['docker', 'airflow', 'mlflow']), 'Which server'),
	state: about(z.enum(['live', 'failed', 'waiting']), 'waiting: it has not answered in time'),
	version: optionalText('Version of the server'),
	address: optionalText('Where it was asked'),
	address_origin: about(z.enum(addressOrigins), 'What the address rests on'),
	is_guess: flag("Nothing says that this server is the stack's: it gets no login and no change, and is not diagnosed"),
	failure: about(z.nullable(failurePart), 'Why not; null when it is live'),
});

/** A server, or the checks as a whole, that could not be asked. */
export const notCheckedPart = z.object({
	name: about(
		z.enum(['docker', 'airflow', 'mlflow', 'checks']),
		'What could not be asked; checks: those on the containers and the host',
	),
	failure: failurePart,
});

export const acknowledgementPart = z.object({
	note: text('Why, in the words of whoever acknowledged it'),
	by: text('User'),
	at: about(time(), 'When'),
	until: optionalTime('Until when it holds; null: until the finding clears'),
});

export const portPart = z.object({
	address: text('Host address; empty where it is not published'),
	public_port: optionalCount('Port on the host'),
	private_port: count('Port in the container'),
	protocol: text('tcp, udp or sctp'),
});

export const servicePart = z.object({
	name: text('Compose service, `service-2` where it has several replicas, or the name of the container'),
	service: optionalText('Compose service'),
	container: text('Name of the container'),
	id: text('Id of the container'),
	project: optionalText('Compose project'),
	replica: optionalCount('Number of the replica, from 1; null where Compose did not start it'),
	is_one_off: flag('Made by docker compose run: not a replica of its service'),
	image: text('Image'),
	state: text("The engine's word: running, exited, paused, restarting, created, removing, dead"),
	health: text('starting, healthy, unhealthy; none where there is no health check'),
	verdict: about(z.enum(['up', 'changing', 'unhealthy', 'down']), 'State and health in one word'),
	since: optionalTime('Since when it has been in this state and health'),
	exit_code: optionalCount('Of the last end; null while it runs'),
	restart_count: optionalCount('Restarts by the restart policy'),
	restart_policy: optionalText('no, always, unless-stopped, on-failure'),
	failing_streak: optionalCount('Health probes in a row that have failed'),
	cpu_percent: optionalCount('Of one core; 200 is two cores busy'),
	memory_bytes: optionalCount('Memory used, without the page cache, as docker stats has it'),
	memory_limit_bytes: optionalCount('Memory that it may use'),
	received_bytes: optionalCount('From the network since its start'),
	sent_bytes: optionalCount('To the network since its start'),
	ports: z.array(portPart),
});

export const pagePart = z.object({
	id: text('airflow, mlflow, trino, grafana, superset, or a configured name'),
	title: text('Its name for people'),
	url: text('The page'),
	is_guess: flag("The address is a guess: the page may be another stack's"),
	ok: about(z.nullable(z.boolean()), 'Whether it answers; null when it was not asked yet'),
	http_status: optionalCount('Status of the answer'),
	answer_ms: optionalCount('How long the answer took'),
	problem: text('Why it is not ok; empty when it is'),
});

export const runPart = z.object({
	dag_id: text('DAG'),
	dag_run_id: text('Id of the run'),
	state: text('queued, running, success or failed'),
	run_type: text('manual, scheduled, backfill or dataset_triggered'),
	logical_date: optionalTime('Logical date (execution date)'),
	started_at: optionalTime('Start'),
	ended_at: optionalTime('End; null while it is under way'),
	elapsed_ms: optionalCount('How long it took, or has taken so far'),
	conf: about(z.nullable(z.record(z.string(), z.unknown())), 'Its conf; null when it has none'),
	note: optionalText('Note'),
});

export const taskPart = z.object({
	task_id: text('Task'),
	map_index: count('-1 for a task that is not mapped'),
	state: optionalText("Airflow's task state; null: none yet"),
	try_number: count('Number of the try, from 1; 0 before the first'),
	max_tries: count('Retries that it may have'),
	queued_at: optionalTime('When it was queued'),
	started_at: optionalTime('Start of the try'),
	ended_at: optionalTime('End of the try'),
	elapsed_ms: optionalCount('How long the try took, or has taken so far'),
	hostname: text('Where it ran; empty before'),
	pool: text('Pool'),
	note: optionalText('Note'),
	waits_for: about(
		z.nullable(
			z.object({
				reason: about(z.enum(waitReasons), 'Why it waits, as a stable word'),
				text: text('The same as a sentence'),
				until: optionalTime('When it ends by itself; null where that is not known'),
				needs_help: flag('It does not end by itself: somebody has to act'),
			}),
		),
		'What it waits for; null when it does not wait',
	),
	failure: about(
		z.nullable(
			z.object({
				reason: text('The exception, or the last error, of its log'),
				log_tail: about(z.array(z.string()), 'The last lines of its log'),
			}),
		),
		'Why the try failed; null when it did not, or when its log was not read',
	),
});

export const forecastPart = z.object({
	left_ms: optionalCount(
		'Until its DAG usually ends its runs, or after a clear the tasks that are left; negative: it takes longer than usual; null: too little is known of the tasks that were cleared',
	),
	stands_still_since: optionalTime(
		'Since when nothing of it is at work: the forecast stands still too; null: it goes on',
	),
});

export const dagPart = z.object({
	dag_id: text('DAG'),
	is_paused: flag('Its schedule starts no runs, and triggered ones stay queued'),
	is_active: flag('Its file was seen lately'),
	description: optionalText('Description'),
	schedule: optionalText('Cron expression, interval or preset; null when it is only triggered by hand'),
	next_run_at: optionalTime('When the schedule starts the next run'),
	owners: z.array(z.string()),
	tags: z.array(z.string()),
	file: optionalText('Its file, as the scheduler sees it'),
	has_import_errors: flag('Its file cannot be imported now'),
	newest_run: about(z.nullable(runPart), 'The newest run; null when it has none'),
});

export const importErrorPart = z.object({
	file: text('The DAG file, as the scheduler sees it'),
	message: text('The last line of the stack trace'),
	stack_trace: text('The whole of it'),
	happened_at: optionalTime('When it was last tried'),
});

/** Numbers, and the words that JSON has no numbers for. */
export const metricValuePart = about(
	z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]),
	'A number; NaN and the infinities as words',
);

export const metricPart = z.object({
	key: text('Metric'),
	value: metricValuePart,
	change: about(z.nullable(metricValuePart), 'Difference to the run of the same name before; null without one'),
	run_name: text('MLflow run that logged it last'),
	run_id: text('Its id'),
	logged_at: time(),
	is_live: flag('That run is still under way'),
	history: about(z.array(metricValuePart), 'Over the runs of that name, oldest first'),
});

export const mlflowRunPart = z.object({
	run_id: text('MLflow run'),
	run_name: text('Its name; the task, for runs of the pipeline'),
	status: text('RUNNING, SCHEDULED, FINISHED, FAILED or KILLED'),
	started_at: time(),
	ended_at: optionalTime('End; null while it is under way'),
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
	run_id: optionalText('MLflow run that made it'),
	created_at: time(),
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
export type ModelVersionPart = z.infer<typeof modelVersionPart>;
