import { expect, test } from 'vitest';
import { signOf } from '../../source/checks/signs.ts';

/** Lines as the programs wrote them. */
test.each([
	[
		"redis.exceptions.OutOfMemoryError: OOM command not allowed when used memory > 'maxmemory'.",
		'broker rejects writes',
	],
	[
		'[2026-11-24 10:32:18,077: ERROR/MainProcess] consumer: Cannot connect to redis://airflow-redis:6379/0: Error 111 connecting to airflow-redis:6379. Connection refused..',
		'broker unreachable',
	],
	['psycopg2.OperationalError: FATAL:  remaining connection slots are reserved', 'connections exhausted'],
	[
		'sqlalchemy.exc.ProgrammingError: (psycopg2.errors.UndefinedTable) relation "dag_run" does not exist',
		'not migrated',
	],
	['ERROR: You need to initialize the database. Please run `airflow db init`.', 'not migrated'],
	[
		'(psycopg2.OperationalError) could not translate host name "airflow-postgres" to address: Name or service not known',
		'database unreachable',
	],
	[
		"[2026-11-24T10:32:18.077+0000] {scheduler_job_runner.py:1721} ERROR - Detected zombie job: {'full_filepath': '/x'}",
		'zombie',
	],
	["ValueError: Unable to configure handler 'processor'", 'logs not writable'],
	["PermissionError: [Errno 13] Permission denied: '/opt/airflow/logs/scheduler/2026-11-24'", 'logs not writable'],
	["PermissionError: [Errno 13] Permission denied: '/mlflow/artifacts/1'", 'artifacts not writable'],
	[
		'mlflow.exceptions.MlflowException: API request to http://mlflow:5000/api/2.0/mlflow/runs/create failed with exception HTTPConnectionPool: Max retries exceeded',
		'mlflow unreachable',
	],
	['sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) database is locked', 'mlflow database locked'],
	['OSError: [Errno 28] No space left on device', 'disk full'],
	['Task exited with return code Negsignal.SIGKILL', 'killed'],
	[
		'airflow.exceptions.AirflowTaskTimeout: DagBag import timeout for /opt/airflow/dags/x.py after 30.0s',
		'import timeout',
	],
] as const)('%s', (line, sign) => {
	expect(signOf(line)).toBe(sign);
});

test.each([
	'127.0.0.1 - - [24/Nov/2026 13:08:04] "GET /health HTTP/1.1" 200 -',
	'2026-11-24 13:08:04.123 UTC [25] LOG:  checkpoint complete: wrote 38 buffers (0.3%)',
	'[2026-11-24T13:08:20.357+0000] {dagrun.py:732} INFO - Marking run <DagRun ml_pipeline_end_to_end> successful',
	'1:M 24 Nov 2026 13:08:04.123 * Background saving terminated with success',
	'[2026-11-24 13:08:04 +0000] [10] [INFO] Booting worker with pid: 11',
])('nothing is wrong: %s', line => {
	expect(signOf(line)).toBeNull();
});
