import { type StructuredLine, structuredLine } from './structured-log.ts';

/** The first lines of Airflow 3.3.2's components, as recorded in test/fixtures/recorded/airflow-3.3.2/component-logs. */

type Banner = (time: number, hostname: string) => readonly string[];

/** Lines a few milliseconds apart. */
const lines =
	(...all: readonly StructuredLine[]): Banner =>
	time =>
		all.map((line, index) => structuredLine(time + index * 6.4, line));

const uvicorn = (server: string, port: string): StructuredLine[] => [
	{ event: `Started server process [${server}]`, logger: 'uvicorn.error', loc: 'server.py:103' },
	{ event: 'Waiting for application startup.', logger: 'uvicorn.error', loc: 'on.py:48' },
	{ event: 'Application startup complete.', logger: 'uvicorn.error', loc: 'on.py:62' },
	{
		event: `Uvicorn running on http://${port} (Press CTRL+C to quit)`,
		logger: 'uvicorn.error',
		loc: 'server.py:234',
	},
];
const logServer = (port: number): StructuredLine => ({
	event: `Starting log server on http://[::]:${port}`,
	logger: 'airflow.utils.serve_logs.core',
	loc: 'core.py:50',
});
const manager = (event: string, line: number): StructuredLine => ({
	event,
	logger: 'airflow.dag_processing.manager.DagFileProcessorManager',
	loc: `manager.py:${line}`,
});
const scheduler = (event: string, line: number): StructuredLine => ({
	event,
	logger: 'airflow.jobs.scheduler_job_runner.SchedulerJobRunner',
	loc: `scheduler_job_runner.py:${line}`,
});

export const apiServerBanner: Banner = (time, hostname) => [
	'Running the API server with uvicorn:',
	'Apps: all',
	'Workers: 1',
	'Host: 0.0.0.0:8080',
	'Timeout: 120',
	'Logfiles: -',
	'=================================================================',
	...lines(...uvicorn('7', '0.0.0.0:8080'))(time, hostname),
];

/** What a scheduler says when it starts, and every five minutes. */
export const orphansLine = (time: number): string =>
	structuredLine(time, scheduler('Adopting or resetting orphaned tasks for active dag runs', 3287));

export const schedulerBanner: Banner = (time, hostname) => [
	...lines(
		{
			event: 'Loaded executor: :CeleryExecutor:',
			logger: 'airflow.executors.executor_loader',
			loc: 'executor_loader.py:376',
		},
		scheduler('Starting the scheduler', 1625),
	)(time, hostname),
	orphansLine(time + 14),
];

export const dagProcessorBanner: Banner = lines(
	{
		event: 'Starting the Dag Processor Job',
		logger: 'airflow.jobs.dag_processor_job_runner.DagProcessorJobRunner',
		loc: 'dag_processor_job_runner.py:59',
	},
	manager('Processing files using up to 2 processes at a time ', 373),
	manager('Process each file at most once every 30 seconds', 374),
	{
		event: 'DAG bundles loaded: dags-folder',
		logger: 'airflow.dag_processing.bundles.manager.DagBundlesManager',
		loc: 'manager.py:304',
	},
	manager('Checking for new files in bundle dags-folder every 30 seconds', 424),
);

/** Every half minute. @param files in the DAG folder */
export const refreshLines = (time: number, files: number): string[] => [
	structuredLine(time, manager('Refreshing bundle dags-folder', 890)),
	structuredLine(time + 16, manager('Searching for files in dags-folder at /opt/airflow/dags', 958)),
	structuredLine(time + 17, manager(`Found ${files} files for bundle dags-folder (dag_discovery_safe_mode=True)`, 963)),
];

export const triggererBanner: Banner = lines(logServer(8794), ...uvicorn('12', ':8794'), {
	event: 'Starting the triggerer',
	logger: 'airflow.jobs.triggerer_job_runner.TriggererJobRunner',
	loc: 'triggerer_job_runner.py:263',
});

/** Once a minute. @param triggers those that wait */
export const triggersLines = (time: number, triggers: number): string[] =>
	[`${triggers} triggers currently running`, '0 watchers currently running'].map((event, index) =>
		structuredLine(time + index * 0.2, {
			event,
			logger: 'airflow.jobs.triggerer_job_runner',
			loc: 'triggerer_job_runner.py:1046',
		}),
	);

/** @param broker the address of Celery's broker */
export const workerBanner =
	(broker: string): Banner =>
	(time, hostname) => [
		...lines(
			{
				event: 'starting stale bundle cleanup process',
				logger: 'airflow.providers.celery.cli.celery_command',
				loc: 'celery_command.py:155',
			},
			logServer(8793),
			...uvicorn('14', ':8793'),
		)(time, hostname),
		' ',
		` -------------- celery@${hostname} v5.6.3 (recovery)`,
		'--- ***** ----- ',
		`-- ******* ---- Linux-6.1.0-x86_64-with-glibc2.36 ${new Date(time + 2000).toISOString().slice(0, 19).replace('T', ' ')}`,
		' -------------- [queues]',
		'                .> default          exchange=default(direct) key=default',
		'[tasks]',
		'  . execute_workload',
		...lines(
			{
				event: `Connected to ${broker}`,
				logger: 'celery.worker.consumer.connection',
				loc: 'connection.py:22',
			},
			{ event: 'mingle: searching for neighbors', logger: 'celery.worker.consumer.mingle', loc: 'mingle.py:40' },
			{ event: 'mingle: all alone', logger: 'celery.worker.consumer.mingle', loc: 'mingle.py:49' },
			{ event: `celery@${hostname} ready.`, logger: 'celery.apps.worker', loc: 'worker.py:182' },
		)(time + 2700, hostname),
	];
