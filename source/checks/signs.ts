import type { Sign } from '../model/logs/log-sign.ts';

/** Log lines that point to a problem. The first match counts. */
const patterns: readonly (readonly [Sign, RegExp])[] = [
	['broker rejects writes', /OOM command not allowed|MISCONF Redis|LOADING Redis is loading|READONLY You can't write/],
	[
		'broker unreachable',
		/consumer: (Cannot connect to redis|Connection to broker lost)|Error (111|-2|-3|113) (connecting to|while connecting).*redis|redis\.exceptions\.(ConnectionError|TimeoutError)/i,
	],
	// airflow/providers/celery/executors/celery_executor.py, `_send_tasks_to_celery`: three tries, then the task fails.
	['send timed out', /Task Timeout Error for Task: |Error sending Celery task: Timeout, PID/],
	// A timeout during an import leaves a broken module (apache/airflow issue 41359).
	[
		'send broken',
		/Error sending Celery task: (module '\w{1,50}' has no attribute|cannot import name|partially initialized module)/,
	],
	['connections exhausted', /remaining connection slots are reserved|sorry, too many clients already/],
	[
		'not migrated',
		/relation "(dag|dag_run|task_instance|job|slot_pool|log|session|ab_user|alembic_version|serialized_dag|dag_code|import_error|callback_request)" does not exist|You need to (initialize|upgrade) the database|airflow db (init|migrate)/,
	],
	[
		'database unreachable',
		/psycopg2\.OperationalError|could not (translate host name|connect to server)|the database system is (starting up|shutting down|in recovery mode)|server closed the connection unexpectedly/,
	],
	['zombie', /Detected zombie job|Failing \(\d+\) jobs without heartbeat/],
	['logs not writable', /Unable to configure handler '(processor|task)'|Permission denied: '\/opt\/airflow\/logs/],
	['host refused', /Invalid Host header/],
	['artifacts not writable', /PermissionError: .{0,500}(mlartifacts|mlruns|artifacts)/],
	[
		'mlflow unreachable',
		/API request to http\S{0,300} failed.{0,500}(Max retries|Connection refused|timed out)|Failed to establish a new connection.{0,500}mlflow/,
	],
	// SQLAlchemy's words for SQLITE_BUSY: another connection holds the lock for longer than the timeout.
	['mlflow database locked', /\(sqlite3\.OperationalError\) database is locked/],
	['disk full', /No space left on device|could not extend file/],
	['killed', /signal 9 \(SIGKILL\)|Task exited with return code (-9|Negsignal\.SIGKILL)|WorkerLostError/],
	[
		'import timeout',
		/DagBag import timeout|Processor for .{0,300} (exceeded|with PID \d{1,10} started at .{0,60} has timed out)/,
	],
];

export function signOf(line: string): Sign | null {
	return patterns.find(([, pattern]) => pattern.test(line))?.[0] ?? null;
}
