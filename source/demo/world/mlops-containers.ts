import type { AirflowGeneration } from './airflow-state.ts';
import type { ContainerDefinition, HealthcheckDefinition, ProjectDefinition } from './container.ts';
import { logTime, SECOND } from './time.ts';

/** Where the demo's compose files are said to lie. No such folder need exist. */
const HOME = '/home/lakehouse/mlops';

export const MLOPS: ProjectDefinition = {
	name: 'mlops',
	workingDir: HOME,
	configFile: `${HOME}/docker-compose-mlops.yml`,
	network: 'mlops_default',
	subnet: '172.18.0',
};

const AIRFLOW_IMAGE = 'apache/airflow:2.8.0-python3.11';
const AIRFLOW_ENV = [
	'AIRFLOW__CORE__EXECUTOR=CeleryExecutor',
	'AIRFLOW__CORE__LOAD_EXAMPLES=false',
	'AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=postgresql+psycopg2://airflow:airflow@airflow-postgres:5432/airflow',
	'AIRFLOW__CELERY__RESULT_BACKEND=db+postgresql://airflow:airflow@airflow-postgres:5432/airflow',
	'AIRFLOW__CELERY__BROKER_URL=redis://airflow-redis:6379/0',
	'AIRFLOW__CELERY__WORKER_CONCURRENCY=4',
	'AIRFLOW__API__AUTH_BACKENDS=airflow.api.auth.backend.session,airflow.api.auth.backend.basic_auth',
	'MLFLOW_TRACKING_URI=http://mlflow:5000',
	'AIRFLOW_HOME=/opt/airflow',
	'PATH=/home/airflow/.local/bin:/usr/local/bin:/usr/bin:/bin',
];
const AIRFLOW_BINDS = [
	[`${HOME}/dags`, '/opt/airflow/dags'],
	[`${HOME}/logs/airflow`, '/opt/airflow/logs'],
	[`${HOME}/plugins`, '/opt/airflow/plugins'],
] as const;

const curl = (url: string, startPeriodMs: number): HealthcheckDefinition => ({
	test: ['CMD', 'curl', '--fail', '--silent', '--output', '/dev/null', url],
	intervalMs: 10 * SECOND,
	startPeriodMs,
	failure: { exitCode: 7, output: '' },
	success: '',
});

const airflowLine = (time: number, file: string, line: number, text: string): string =>
	`[\u001b[34m${logTime.airflow(time)}\u001b[0m] {\u001b[34m${file}:\u001b[0m${line}} INFO\u001b[0m - ${text}\u001b[0m`;

const airflow = {
	project: MLOPS,
	image: AIRFLOW_IMAGE,
	entrypoint: ['/usr/bin/dumb-init', '--', '/entrypoint'],
	user: '50000:0',
	workingDir: '/opt/airflow',
	binds: AIRFLOW_BINDS,
	volumes: [],
	stopExitCode: 0,
} as const;

/** The six services of docker-compose-mlops.yml. */
export const MLOPS_CONTAINERS: readonly ContainerDefinition[] = [
	{
		name: 'airflow-postgres',
		service: 'airflow-postgres',
		project: MLOPS,
		image: 'postgres:15',
		entrypoint: ['docker-entrypoint.sh'],
		command: ['postgres'],
		user: '',
		workingDir: '',
		env: ['POSTGRES_USER=airflow', 'POSTGRES_PASSWORD=airflow', 'POSTGRES_DB=airflow', 'PG_MAJOR=15'],
		ports: [{ privatePort: 5432 }],
		binds: [],
		volumes: [['mlops_postgres-data', '/var/lib/postgresql/data']],
		dependsOn: [],
		healthcheck: {
			test: ['CMD', 'pg_isready', '--quiet', '--host=127.0.0.1', '--username=airflow', '--dbname=airflow'],
			intervalMs: 5 * SECOND,
			startPeriodMs: 60 * SECOND,
			failure: { exitCode: 2, output: '' },
			success: '',
		},
		stopSignal: 'SIGINT',
		imageVolumes: ['/var/lib/postgresql/data'],
		bootMs: 900,
		stopMs: 400,
		stopExitCode: 0,
		idle: { cores: 0.012, memoryMiB: 86, processes: 17 },
		logsToStdout: false,
		banner: time => [
			`${logTime.postgres(time)} [1] LOG:  starting PostgreSQL 15.5 (Debian 15.5-1.pgdg120+1) on x86_64-pc-linux-gnu, compiled by gcc (Debian 12.2.0-14) 12.2.0, 64-bit`,
			`${logTime.postgres(time)} [1] LOG:  listening on IPv4 address "0.0.0.0", port 5432`,
			`${logTime.postgres(time + 8)} [27] LOG:  database system was shut down at ${logTime.postgres(time - 900)}`,
			`${logTime.postgres(time + 11)} [1] LOG:  database system is ready to accept connections`,
		],
	},
	{
		name: 'airflow-redis',
		service: 'airflow-redis',
		project: MLOPS,
		image: 'redis:7',
		entrypoint: ['docker-entrypoint.sh'],
		command: ['redis-server'],
		user: '',
		workingDir: '/data',
		env: ['REDIS_VERSION=7.2.4', 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
		ports: [{ privatePort: 6379 }],
		binds: [],
		volumes: [['mlops_redis-data', '/data']],
		dependsOn: [],
		healthcheck: {
			test: ['CMD-SHELL', 'redis-cli ping | grep -q PONG'],
			intervalMs: 5 * SECOND,
			startPeriodMs: 30 * SECOND,
			failure: { exitCode: 1, output: 'Could not connect to Redis at 127.0.0.1:6379: Connection refused\n' },
			success: '',
		},
		imageVolumes: ['/data'],
		bootMs: 300,
		stopMs: 250,
		stopExitCode: 0,
		idle: { cores: 0.006, memoryMiB: 13, processes: 6 },
		logsToStdout: true,
		banner: time => [
			`1:C ${logTime.redis(time)} * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo`,
			`1:C ${logTime.redis(time)} * Redis version=7.2.4, bits=64, commit=00000000, modified=0, pid=1, just started`,
			`1:M ${logTime.redis(time + 2)} * Running mode=standalone, port=6379.`,
			`1:M ${logTime.redis(time + 3)} * Server initialized`,
			`1:M ${logTime.redis(time + 3)} * Ready to accept connections tcp`,
		],
	},
	{
		...airflow,
		name: 'airflow-webserver',
		service: 'airflow-webserver',
		command: ['webserver'],
		env: [
			...AIRFLOW_ENV,
			'_AIRFLOW_DB_MIGRATE=true',
			'_AIRFLOW_WWW_USER_CREATE=true',
			'_AIRFLOW_WWW_USER_PASSWORD=admin',
		],
		ports: [{ privatePort: 8080, published: 'airflow' }],
		dependsOn: ['airflow-postgres', 'airflow-redis'],
		healthcheck: curl('http://127.0.0.1:8080/health', 180 * SECOND),
		bootMs: 7 * SECOND,
		stopMs: 1200,
		idle: { cores: 0.02, memoryMiB: 412, processes: 8 },
		logsToStdout: false,
		banner: time => [
			airflowLine(
				time,
				'configuration.py',
				2068,
				'Creating new FAB webserver config file in: /opt/airflow/webserver_config.py',
			),
			`[${logTime.gunicorn(time)}] [7] [INFO] Starting gunicorn 21.2.0`,
			`[${logTime.gunicorn(time)}] [7] [INFO] Listening at: http://0.0.0.0:8080 (7)`,
			`[${logTime.gunicorn(time)}] [7] [INFO] Using worker: sync`,
			`[${logTime.gunicorn(time)}] [24] [INFO] Booting worker with pid: 24`,
			`[${logTime.gunicorn(time)}] [25] [INFO] Booting worker with pid: 25`,
		],
	},
	{
		...airflow,
		name: 'airflow-scheduler',
		service: 'airflow-scheduler',
		command: ['scheduler'],
		env: [...AIRFLOW_ENV, 'AIRFLOW__SCHEDULER__DAG_DIR_LIST_INTERVAL=30'],
		ports: [{ privatePort: 8080 }],
		dependsOn: ['airflow-postgres', 'airflow-redis', 'airflow-webserver'],
		healthcheck: curl('http://127.0.0.1:8974/health', 60 * SECOND),
		bootMs: 4 * SECOND,
		stopMs: 1600,
		idle: { cores: 0.05, memoryMiB: 318, processes: 6 },
		logsToStdout: false,
		banner: time => [
			airflowLine(time, 'scheduler_job_runner.py', 807, 'Starting the scheduler'),
			airflowLine(time + 3, 'scheduler_job_runner.py', 814, 'Processing each file at most -1 times'),
			airflowLine(time + 9, 'manager.py', 170, 'Launched DagFileProcessorManager with pid: 32'),
			airflowLine(time + 11, 'scheduler_job_runner.py', 1601, 'Resetting orphaned tasks for active dag runs'),
		],
	},
	{
		...airflow,
		name: 'airflow-worker',
		service: 'airflow-worker',
		command: ['celery', 'worker'],
		env: AIRFLOW_ENV,
		ports: [{ privatePort: 8080 }],
		dependsOn: ['airflow-postgres', 'airflow-redis', 'airflow-webserver'],
		healthcheck: {
			test: [
				'CMD',
				'bash',
				'-c',
				'exec 3<>/dev/tcp/airflow-redis/6379 || exit 1\nprintf "CLIENT LIST\\r\\nQUIT\\r\\n" >&3\ngrep -q publish <&3\n',
			],
			intervalMs: 10 * SECOND,
			startPeriodMs: 180 * SECOND,
			failure: {
				exitCode: 1,
				output: 'bash: connect: Connection refused\nbash: line 1: /dev/tcp/airflow-redis/6379: Connection refused\n',
			},
			success: '',
		},
		stopTimeoutS: 30,
		bootMs: 6 * SECOND,
		stopMs: 2500,
		idle: { cores: 0.015, memoryMiB: 586, processes: 9 },
		logsToStdout: false,
		banner: (time, hostname) => [
			` -------------- celery@${hostname} v5.3.6 (emerald-rush)`,
			`--- ***** ----- `,
			`-- ******* ---- Linux-6.1.0-17-amd64-x86_64-with-glibc2.36 ${new Date(time).toISOString().slice(0, 19).replace('T', ' ')}`,
			` -------------- [queues]`,
			`                .> default          exchange=default(direct) key=default`,
			`[${logTime.celery(time + 20)}: INFO/MainProcess] Connected to redis://airflow-redis:6379/0`,
			`[${logTime.celery(time + 24)}: INFO/MainProcess] mingle: searching for neighbors`,
			`[${logTime.celery(time + 980)}: INFO/MainProcess] mingle: all alone`,
			`[${logTime.celery(time + 990)}: INFO/MainProcess] celery@${hostname} ready.`,
		],
	},
	{
		name: 'mlflow',
		service: 'mlflow',
		project: MLOPS,
		image: 'ghcr.io/mlflow/mlflow:v2.9.2',
		entrypoint: [],
		command: [
			'mlflow',
			'server',
			'--host=0.0.0.0',
			'--port=5000',
			'--workers=2',
			'--backend-store-uri=sqlite:////mlflow/database/mlflow.db',
			'--serve-artifacts',
			'--artifacts-destination=/mlflow/artifacts',
		],
		user: '',
		workingDir: '',
		env: ['GIT_PYTHON_REFRESH=quiet', 'PYTHON_VERSION=3.10.13'],
		ports: [{ privatePort: 5000, published: 'mlflow' }],
		binds: [],
		volumes: [
			['mlops_mlflow-database', '/mlflow/database'],
			['mlops_mlflow-artifacts', '/mlflow/artifacts'],
		],
		dependsOn: [],
		healthcheck: {
			test: [
				'CMD',
				'bash',
				'-c',
				'exec 3<>/dev/tcp/127.0.0.1/5000 || exit 1\nprintf "GET /health HTTP/1.0\\r\\n\\r\\n" >&3\nread -r status <&3 && [[ $status == *" 200 "* ]]\n',
			],
			intervalMs: 10 * SECOND,
			startPeriodMs: 120 * SECOND,
			failure: {
				exitCode: 1,
				output: 'bash: connect: Connection refused\nbash: line 1: /dev/tcp/127.0.0.1/5000: Connection refused\n',
			},
			success: '',
		},
		init: true,
		bootMs: 3 * SECOND,
		stopMs: 600,
		stopExitCode: 143,
		idle: { cores: 0.008, memoryMiB: 264, processes: 4 },
		logsToStdout: false,
		banner: time => [
			`[${logTime.gunicorn(time)}] [10] [INFO] Starting gunicorn 21.2.0`,
			`[${logTime.gunicorn(time)}] [10] [INFO] Listening at: http://0.0.0.0:5000 (10)`,
			`[${logTime.gunicorn(time)}] [10] [INFO] Using worker: sync`,
			`[${logTime.gunicorn(time)}] [11] [INFO] Booting worker with pid: 11`,
			`[${logTime.gunicorn(time)}] [12] [INFO] Booting worker with pid: 12`,
		],
	},
];

/** The services of the stack on this major version of Airflow: 3 has an API server, and reads DAG files in a service of its own. */
export function mlopsContainers(generation: AirflowGeneration): readonly ContainerDefinition[] {
	return generation === '2' ? MLOPS_CONTAINERS : MLOPS_CONTAINERS.flatMap(inAirflow3);
}

const AIRFLOW_3_IMAGE = 'apache/airflow:3.3.2';
/** Those of Airflow 2 that 3 has no more. */
const REMOVED_ENV = /^AIRFLOW__(?:API__AUTH_BACKENDS|SCHEDULER__DAG_DIR_LIST_INTERVAL)=|^_AIRFLOW_WWW_/;
const AIRFLOW_3_ENV = [
	'AIRFLOW__CORE__EXECUTION_API_SERVER_URL=http://airflow-apiserver:8080/execution/',
	'AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS=admin:admin',
];

/** The official file's health checks of Airflow 3. */
const jobCheck = (jobType: string): HealthcheckDefinition => ({
	test: ['CMD-SHELL', `airflow jobs check --job-type ${jobType} --hostname localhost`],
	intervalMs: 30 * SECOND,
	startPeriodMs: 30 * SECOND,
	failure: { exitCode: 1, output: 'No alive jobs found.\n' },
	success: 'Found one alive job.\n',
});

function inAirflow3(definition: ContainerDefinition): ContainerDefinition[] {
	const dependsOn = definition.dependsOn.map(name => (name === 'airflow-webserver' ? 'airflow-apiserver' : name));
	if (definition.image !== AIRFLOW_IMAGE) return [{ ...definition, dependsOn }];
	const env = [...definition.env.filter(one => !REMOVED_ENV.test(one)), ...AIRFLOW_3_ENV];
	const same = { ...definition, image: AIRFLOW_3_IMAGE, env, dependsOn };
	if (definition.name === 'airflow-webserver') {
		return [
			{
				...same,
				name: 'airflow-apiserver',
				service: 'airflow-apiserver',
				command: ['api-server'],
				healthcheck: curl('http://127.0.0.1:8080/api/v2/version', 180 * SECOND),
				banner: time => [
					airflowLine(time, 'api_server_command.py', 140, 'Starting the API server on port 8080 and host 0.0.0.0'),
					'INFO:     Started server process [7]',
					'INFO:     Application startup complete.',
					'INFO:     Uvicorn running on http://0.0.0.0:8080 (Press CTRL+C to quit)',
				],
			},
		];
	}
	if (definition.name !== 'airflow-scheduler') return [same];
	return [
		{ ...same, healthcheck: jobCheck('SchedulerJob') },
		{
			...same,
			name: 'airflow-dag-processor',
			service: 'airflow-dag-processor',
			command: ['dag-processor'],
			ports: [{ privatePort: 8080 }],
			healthcheck: jobCheck('DagProcessorJob'),
			idle: { cores: 0.03, memoryMiB: 296, processes: 4 },
			banner: time => [airflowLine(time, 'manager.py', 251, 'Processing files using up to 2 processes at a time')],
		},
	];
}
