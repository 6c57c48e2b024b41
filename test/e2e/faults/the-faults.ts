import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { airflow, dagId } from '../stack.ts';
import { fresh, goodRun, runHasEnded, runOf, trigger } from './pipeline-runs.ts';
import type { Fault, Stage } from './rehearsal.ts';

const fix = (id: string, ...more: string[]): readonly string[] => ['fix', id, '--yes', ...more];
/** Stops or continues all processes of a container from outside, because its image may have no program for that. */
async function signalAll(stage: Stage, service: string, name: 'STOP' | 'CONT' | 'KILL', pattern = /./): Promise<void> {
	const rows = (await stage.docker('top', service, '-eo', 'pid,args')).split('\n').slice(1);
	const pids = rows.flatMap(row => {
		const [, pid = '', args = ''] = /^\s*(\d+)\s+(.*)$/.exec(row) ?? [];
		return pattern.test(args) ? [pid] : [];
	});
	if (pids.length === 0) throw new Error(`no process of ${service} fits ${pattern}`);
	await stage.host('kill', `-${name}`, ...pids);
}

const endProcesses = (stage: Stage, service: string, pattern: RegExp) =>
	signalAll(stage, service, 'KILL', pattern).catch(() => undefined);

const dagFile = (stage: Stage) => `${stage.folder}/dags/fault_rehearsal.py`;
const goodDag = `from datetime import datetime
from airflow import DAG
with DAG("fault_rehearsal", start_date=datetime(2026, 1, 1), schedule=None) as dag:
    pass
`;

/** Writes a separate DAG file beside those of the stack. */
const writes =
	(text: string, mode = 0o644) =>
	async (stage: Stage) => {
		writeFileSync(dagFile(stage), text, { mode });
		await stage.host('chmod', mode.toString(8), dagFile(stage));
	};
const forgetsDag = async (stage: Stage) => {
	rmSync(dagFile(stage), { force: true });
	await stage.docker('exec', 'airflow-scheduler', 'airflow', 'dags', 'delete', '-y', 'fault_rehearsal').catch(() => '');
};

const sql = (stage: Stage, ...queries: string[]) =>
	stage.docker(
		...['exec', 'airflow-postgres', 'psql', '-U', 'airflow', '-d', 'airflow', '-v', 'ON_ERROR_STOP=1'],
		...queries.flatMap(query => ['-c', query]),
	);

/** Recreates a service from the stack's file and another one over it. */
async function recreate(stage: Stage, service: string, over: string): Promise<void> {
	const path = `${stage.folder}/.fault-rehearsal.yml`;
	writeFileSync(path, over);
	await stage.host(
		...(['docker', 'compose', '-f', `${stage.folder}/docker-compose-mlops.yml`, '-f', path, '-p', 'mlops'] as const),
		...['up', '-d', '--no-deps', service],
	);
}
const upAsBefore = (service: string) => async (stage: Stage) => {
	rmSync(`${stage.folder}/.fault-rehearsal.yml`, { force: true });
	await stage.compose('up', '-d', '--no-deps', '--wait', service);
};
/** The file is passed to laketop, because the container still names the other one. */
const upByLaketop = (service: string): readonly string[] => [
	...['up', service, '--yes', '--compose-file', 'docker-compose-mlops.yml'],
];

export const faults: readonly Fault[] = [
	{
		name: 'Redis stopped',
		cause: stage => stage.docker('stop', 'airflow-redis'),
		finding: 'container exited airflow-redis',
		because: 'exited.stopped.cause',
		fix: [fix('airflow-redis')],
		restore: stage => stage.docker('start', 'airflow-redis'),
	},
	{
		name: 'Postgres killed',
		cause: stage => stage.docker('kill', 'airflow-postgres'),
		finding: 'container exited airflow-postgres',
		because: 'exited.killed.cause',
		fix: [fix('airflow-postgres')],
		restore: stage => stage.docker('start', 'airflow-postgres'),
	},
	{
		name: 'Webserver killed',
		cause: stage => stage.docker('kill', 'airflow-webserver'),
		finding: 'container exited airflow-webserver',
		because: 'exited.killed.cause',
		fix: [fix('airflow-webserver')],
		restore: stage => stage.docker('start', 'airflow-webserver'),
	},
	{
		name: 'Worker stopped',
		cause: stage => stage.docker('stop', 'airflow-worker'),
		finding: 'container exited airflow-worker',
		because: 'exited.stopped.cause',
		fix: [fix('airflow-worker')],
		restore: stage => stage.docker('start', 'airflow-worker'),
	},
	{
		name: 'Worker removed',
		cause: stage => stage.docker('rm', '-f', 'airflow-worker'),
		finding: 'container missing airflow-worker',
		because: 'missing.cause',
		fix: [fix('airflow-worker')],
		restore: upAsBefore('airflow-worker'),
	},
	{
		name: 'MLflow stopped',
		cause: stage => stage.docker('stop', 'mlflow'),
		finding: 'container exited mlflow',
		because: 'exited.stopped.cause',
		fix: [fix('mlflow')],
		restore: stage => stage.docker('start', 'mlflow'),
	},
	{
		name: 'Scheduler paused (docker pause)',
		cause: stage => stage.docker('pause', 'airflow-scheduler'),
		finding: 'container paused airflow-scheduler',
		because: 'paused.cause',
		fix: [fix('airflow-scheduler')],
		restore: stage => stage.docker('unpause', 'airflow-scheduler').catch(() => ''),
	},
	{
		name: 'Postgres paused (docker pause)',
		cause: stage => stage.docker('pause', 'airflow-postgres'),
		finding: 'container paused airflow-postgres',
		because: 'paused.cause',
		fix: [fix('airflow-postgres')],
		restore: stage => stage.docker('unpause', 'airflow-postgres').catch(() => ''),
	},
	{
		name: 'Webserver hangs (its processes stopped)',
		cause: stage => signalAll(stage, 'airflow-webserver', 'STOP'),
		finding: 'page unreachable airflow',
		because: 'page.hangs.cause',
		// The engine's health check may fail before the page is requested, with the same cause.
		besides: /^container unhealthy airflow-webserver$/,
		fix: [fix('page unreachable airflow')],
		restore: stage => signalAll(stage, 'airflow-webserver', 'CONT').catch(() => undefined),
	},
	{
		name: 'MLflow hangs (its processes stopped)',
		cause: stage => signalAll(stage, 'mlflow', 'STOP'),
		finding: 'page unreachable mlflow',
		because: 'mlflow page.hangs.cause',
		fix: [fix('page unreachable mlflow')],
		restore: stage => signalAll(stage, 'mlflow', 'CONT').catch(() => undefined),
	},
	{
		name: 'Scheduler hangs (its loop stopped)',
		cause: stage => signalAll(stage, 'airflow-scheduler', 'STOP', /airflow scheduler/),
		finding: 'scheduler heartbeat scheduler',
		because: 'heartbeat.cause',
		fix: [fix('scheduler heartbeat')],
		restore: stage => signalAll(stage, 'airflow-scheduler', 'CONT').catch(() => undefined),
	},
	{
		name: 'Worker hangs (its processes stopped)',
		cause: stage => signalAll(stage, 'airflow-worker', 'STOP', /celery/),
		finding: 'container unhealthy airflow-worker',
		because: 'unhealthy.worker.cause',
		fix: [fix('airflow-worker')],
		restore: stage => signalAll(stage, 'airflow-worker', 'CONT').catch(() => undefined),
		withinMs: 120_000,
	},
	{
		name: 'Redis hangs (its process stopped)',
		cause: stage => signalAll(stage, 'airflow-redis', 'STOP', /redis-server/),
		finding: 'broker rejects writes airflow-redis',
		because: 'broker.hangs.cause',
		fix: [fix('broker rejects writes')],
		restore: stage => signalAll(stage, 'airflow-redis', 'CONT').catch(() => undefined),
	},
	{
		name: 'Postgres hangs (its processes stopped)',
		cause: stage => signalAll(stage, 'airflow-postgres', 'STOP'),
		finding: 'database unreachable database',
		because: 'database.hangs.cause',
		fix: [fix('database unreachable')],
		restore: stage => signalAll(stage, 'airflow-postgres', 'CONT').catch(() => undefined),
	},
	{
		name: 'Redis at its memory limit',
		cause: stage => stage.docker('exec', 'airflow-redis', 'redis-cli', 'config', 'set', 'maxmemory', '1mb'),
		finding: 'broker rejects writes airflow-redis',
		because: 'broker.oom.cause',
		fix: [fix('airflow-redis')],
		restore: stage => stage.docker('exec', 'airflow-redis', 'redis-cli', 'config', 'set', 'maxmemory', '0'),
	},
	{
		name: 'No database connection left',
		cause: async stage => {
			const script =
				'import time,psycopg2,os;u=os.environ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"].replace("+psycopg2","");l=[]\nfor _ in range(120):\n  try: l.append(psycopg2.connect(u))\n  except Exception: break\ntime.sleep(600)';
			await stage.docker('exec', '-d', 'airflow-worker', 'python', '-c', script);
		},
		finding: 'connections exhausted database',
		because: 'connections.cause',
		fix: [fix('connections exhausted')],
		restore: stage => endProcesses(stage, 'airflow-worker', /range\(120\)/),
	},
	{
		name: 'Database emptied',
		cause: stage => sql(stage, 'alter schema public rename to public_kept', 'create schema public'),
		finding: 'database not migrated database',
		because: 'migration.cause',
		// Airflow gives its roles their rights when its webserver starts.
		fix: [fix('database not migrated'), ['restart', 'airflow-webserver', '--yes', '--wait']],
		restore: async stage => {
			await sql(stage, 'drop schema public cascade', 'alter schema public_kept rename to public');
			await stage.docker('restart', 'airflow-scheduler', 'airflow-webserver', 'airflow-worker');
		},
		withinMs: 120_000,
	},
	{
		name: 'Admin user deleted',
		// A note that was written by the user keeps it from being deleted.
		cause: async stage => {
			await sql(stage, 'update dag_run_note set user_id = null', 'update task_instance_note set user_id = null');
			await stage.docker('exec', 'airflow-scheduler', 'airflow', 'users', 'delete', '-u', 'admin');
		},
		finding: 'airflow api login',
		because: 'no user.cause',
		fix: [fix('login')],
		restore: stage =>
			stage.docker(
				...['exec', 'airflow-scheduler', 'airflow', 'users', 'create', '--username', 'admin', '--password', 'admin'],
				...['--firstname', 'Admin', '--lastname', 'User', '--role', 'Admin', '--email', 'admin@example.com'],
			),
	},
	{
		name: 'Wrong Airflow password',
		environment: { LAKETOP_AIRFLOW_PASSWORD: 'wrong' },
		cause: async () => undefined,
		finding: 'airflow api login',
		because: 'login.password.cause',
		fix: [['doctor']],
	},
	{
		name: 'API accepts sessions only (auth_backends)',
		cause: stage =>
			recreate(
				stage,
				'airflow-webserver',
				'services: {airflow-webserver: {environment: {AIRFLOW__API__AUTH_BACKENDS: airflow.api.auth.backend.session}}}\n',
			),
		finding: 'session auth only airflow-webserver',
		because: 'session only.cause',
		fix: [upByLaketop('airflow-webserver')],
		restore: upAsBefore('airflow-webserver'),
		withinMs: 180_000,
		besides: /^drift/,
	},
	{
		name: 'Log folder not writable',
		cause: async stage => {
			await stage.host('chown', '0:0', `${stage.folder}/logs/airflow`, `${stage.folder}/logs/airflow/scheduler`);
			await stage.host('chmod', '700', `${stage.folder}/logs/airflow`, `${stage.folder}/logs/airflow/scheduler`);
			await stage.docker('restart', 'airflow-scheduler');
		},
		finding: 'logs folder /opt/airflow/logs',
		because: 'logs folder.cause',
		fix: [fix('logs folder')],
		restore: async stage => {
			await stage.host('chmod', '755', `${stage.folder}/logs/airflow`, `${stage.folder}/logs/airflow/scheduler`);
			await stage.host('chown', '-R', '50000:0', `${stage.folder}/logs/airflow`);
		},
	},
	{
		name: 'DAG file with a syntax error',
		cause: writes(`${goodDag}def broken(:\n    pass\n`),
		finding: /^import error .*fault_rehearsal\.py$/,
		because: 'import.syntax.cause',
		byHand: writes(goodDag),
		fix: [],
		restore: forgetsDag,
	},
	{
		name: 'DAG file that imports a missing module',
		cause: writes(`import no_such_module\n${goodDag}`),
		finding: /^import error .*fault_rehearsal\.py$/,
		because: 'import.module.cause',
		byHand: writes(goodDag),
		fix: [],
		restore: forgetsDag,
		withinMs: 180_000,
	},
	{
		name: 'DAG file of mode 000',
		cause: writes(goodDag, 0o000),
		finding: /^dag file unreadable .*fault_rehearsal\.py$/,
		because: 'unreadable.cause',
		fix: [fix('dag file unreadable')],
		restore: forgetsDag,
	},
	{
		name: 'DAG file readable only by another owner',
		cause: writes(goodDag, 0o600),
		finding: /^dag file unreadable .*fault_rehearsal\.py$/,
		because: 'unreadable.cause',
		fix: [fix('dag file unreadable', '--fix', '2')],
		restore: forgetsDag,
	},
	{
		name: 'DAG folder replaced on the host',
		cause: async stage => {
			await stage.host('cp', '-a', `${stage.folder}/dags`, `${stage.folder}/.dags-new`);
			await stage.host('mv', `${stage.folder}/dags`, `${stage.folder}/.dags-old`);
			await stage.host('mv', `${stage.folder}/.dags-new`, `${stage.folder}/dags`);
		},
		finding: /^dag mount stale /,
		because: 'stale mount.cause',
		fix: [fix('dag mount stale')],
		restore: stage => stage.host('rm', '-rf', `${stage.folder}/.dags-old`, `${stage.folder}/.dags-new`),
	},
	{
		name: 'DAG folder not mounted',
		cause: stage =>
			recreate(
				stage,
				'airflow-scheduler',
				`services: {airflow-scheduler: {volumes: !override ["${stage.folder}/logs/airflow:/opt/airflow/logs"]}}\n`,
			),
		finding: /^dag folder not mounted /,
		because: 'mount.cause',
		fix: [upByLaketop('airflow-scheduler')],
		restore: upAsBefore('airflow-scheduler'),
		// Its hash differs from the file's, which is found first.
		besides: /^drift/,
	},
	{
		name: 'Worker disconnected from the network',
		cause: stage => stage.docker('network', 'disconnect', 'mlops_default', 'airflow-worker'),
		finding: 'network disconnected airflow-worker',
		because: 'network.cause',
		fix: [fix('airflow-worker')],
		restore: stage =>
			stage
				.docker('network', 'connect', '--alias', 'airflow-worker', 'mlops_default', 'airflow-worker')
				.catch(() => ''),
	},
	{
		name: 'Worker resolves MLflow to a wrong address',
		cause: stage =>
			stage.docker('exec', '-u', '0', 'airflow-worker', 'sh', '-c', 'echo 127.0.0.9 mlflow >> /etc/hosts'),
		finding: 'mlflow connection airflow-worker',
		because: 'mlflow connection.refused.cause',
		deep: true,
		fix: [['restart', 'airflow-worker', '--yes', '--wait']],
		restore: stage => stage.docker('restart', 'airflow-worker'),
	},
	{
		name: 'Port taken by another program',
		cause: async stage => {
			await stage.docker('stop', 'mlflow');
			const server = createServer((_request, response) => response.writeHead(404).end());
			await new Promise<void>(resolve => server.listen(5000, '127.0.0.1', resolve));
			stage.kept.set('server', () => new Promise(resolve => server.close(resolve)).then(() => undefined));
			stage.kept.set('connections', () => server.closeAllConnections());
			await stage.docker('start', 'mlflow').catch(() => '');
		},
		finding: 'port taken mlflow',
		because: 'port.cause',
		byHand: async stage => {
			stage.kept.get('connections')?.();
			await stage.kept.get('server')?.();
		},
		fix: [['start', 'mlflow', '--yes', '--wait']],
		restore: async stage => {
			stage.kept.get('connections')?.();
			await stage.docker('start', 'mlflow');
		},
		besides: /^container exited mlflow$/,
	},
	{
		name: 'Pool set to 0 slots',
		cause: async stage => {
			await airflow('pools/default_pool?update_mask=slots', { slots: 0 });
			await trigger(fresh(stage, 'pool'));
		},
		finding: 'pool full default_pool',
		because: 'pool.zero.cause',
		fix: [fix('default_pool')],
		restore: async stage => {
			await airflow('pools/default_pool?update_mask=slots', { slots: 128 });
			await runHasEnded(runOf(stage));
		},
	},
	{
		name: 'DAG paused, a run waits',
		cause: async stage => {
			await airflow(`dags/${dagId}`, { is_paused: true });
			await trigger(fresh(stage, 'paused'));
		},
		finding: `dag paused ${dagId}`,
		because: 'paused.dag.cause',
		fix: [fix(dagId)],
		restore: async stage => {
			await airflow(`dags/${dagId}`, { is_paused: false });
			await runHasEnded(runOf(stage));
		},
	},
	{
		name: 'A task fails in every try',
		cause: async stage => {
			await trigger(fresh(stage, 'fails'), { fail_at: 'raw_to_bronze' });
			await runHasEnded(runOf(stage));
		},
		finding: `task failed ${dagId}/raw_to_bronze`,
		because: 'failed.code.cause',
		fix: [['trigger', '--yes', '--wait', '--conf', '{"pace": 0}']],
		withinMs: 120_000,
	},
	{
		name: 'Triggered twice at once',
		cause: async stage => {
			const first = fresh(stage, 'twice');
			await trigger(first, { pace: 20 });
			await trigger(`${first}_b`, { pace: 20 });
		},
		finding: `triggered twice ${dagId}`,
		because: 'double.cause',
		fix: [fix('triggered twice')],
		restore: goodRun,
		besides: /^(task failed|run waits)/,
	},
	{
		name: 'Memory limit nearly reached',
		cause: async stage => {
			const used = await stage
				.docker('exec', 'mlflow', 'cat', '/sys/fs/cgroup/memory.current')
				.catch(() => stage.docker('exec', 'mlflow', 'cat', '/sys/fs/cgroup/memory/memory.usage_in_bytes'));
			const limit = String(Math.round(Number(used) * 1.02));
			await stage.docker('update', '--memory', limit, '--memory-swap', '-1', 'mlflow');
		},
		finding: 'memory near limit mlflow',
		because: 'memory.cause',
		fix: [upByLaketop('mlflow')],
		byHand: stage => stage.docker('update', '--memory', '24g', '--memory-swap', '-1', 'mlflow'),
		restore: async stage => {
			await stage.docker('rm', '-f', 'mlflow');
			await upAsBefore('mlflow')(stage);
		},
	},
	{
		name: 'Small disk filled',
		cause: async stage => {
			await stage.host('mount', '-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', `${stage.folder}/plugins`);
			await stage.host('dd', 'if=/dev/zero', `of=${stage.folder}/plugins/fill`, 'bs=1M', 'count=15').catch(() => '');
		},
		finding: /^disk full .*plugins$/,
		because: 'disk.cause',
		byHand: stage => stage.host('rm', `${stage.folder}/plugins/fill`),
		fix: [['df']],
		restore: stage => stage.host('umount', `${stage.folder}/plugins`),
	},
	{
		name: 'Compose file changed since up',
		cause: async stage => {
			const path = `${stage.folder}/.env`;
			const before = existsSync(path) ? readFileSync(path, 'utf8') : null;
			stage.kept.set('env', () => (before === null ? rmSync(path, { force: true }) : writeFileSync(path, before)));
			writeFileSync(path, `${before ?? ''}\nMLFLOW_WORKERS=3\n`);
		},
		finding: 'drift compose file',
		because: 'drift.config.cause',
		fix: [fix('compose file')],
		restore: async stage => {
			stage.kept.get('env')?.();
			await upAsBefore('mlflow')(stage);
		},
	},
	{
		name: 'Log driver that keeps nothing',
		cause: stage => recreate(stage, 'mlflow', 'services: {mlflow: {logging: !override {driver: none}}}\n'),
		finding: 'log driver mlflow',
		because: 'log driver.cause',
		fix: [upByLaketop('mlflow')],
		restore: upAsBefore('mlflow'),
		besides: /^drift/,
	},
	{
		name: 'Whole stack stopped',
		cause: stage => stage.compose('stop'),
		finding: 'stack stopped mlops',
		because: 'stack stopped.cause',
		fix: [fix('stack stopped')],
		restore: stage => stage.compose('up', '-d', '--wait'),
		withinMs: 150_000,
		// They stop one after the other.
		besides: /^container exited /,
	},
];
