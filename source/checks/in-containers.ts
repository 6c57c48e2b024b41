import { settingOf } from '../diagnosis/airflow-facts.ts';
import type { DiagnosisFacts, Role, Service } from '../diagnosis/facts.ts';
import { isProbeInDoubt } from '../diagnosis/slow-probe.ts';
import { thresholds } from '../diagnosis/thresholds.ts';
import type { CheckResult, DagFile } from '../model/check.ts';
import { ClientError, failureOf } from '../model/failure.ts';
import { importAndListDags, listedDags } from '../model/python-import.ts';
import { maskText } from '../model/secrets.ts';
import { type Check, type CheckDeps, one } from './check.ts';
import { dagFolderOf } from './dag-folder.ts';

/** Checks that run a command in a container: one at a time, none of them often. */

const second = 1000;
const minute = 60 * second;
/** Linux and shells: not to be executed, not found. */
const noSuchProgram = new Set([126, 127]);

export function running(deps: CheckDeps, role: Role): Service | undefined {
	const service = deps.facts().of(role);
	return service?.it.container.state === 'running' ? service : undefined;
}

export async function command(
	{ docker }: CheckDeps,
	{ it }: Service,
	argv: readonly string[],
	signal: AbortSignal,
	limitMs = 10 * second,
) {
	const end = await docker.runIn(it.container.id, argv, { limitMs }, signal);
	if (noSuchProgram.has(end.exitCode))
		throw new ClientError('not-found', `${argv[0]} is not in the container ${it.container.name}`);
	return { ...end, lines: end.lines.map(maskText) };
}

/** A task that has been in the queue for longer than a worker needs to take it. */
function isTaskWaiting(facts: DiagnosisFacts, ms: number): boolean {
	const now = facts.now + facts.clockAheadMs;
	return (
		facts.isAirflowLive &&
		facts.tasks().some(({ state, queuedAt }) => state === 'queued' && now - (queuedAt ?? now) > ms)
	);
}

function isUnhealthy(deps: CheckDeps, role: Role): boolean {
	return deps.facts().of(role)?.it.container.health === 'unhealthy';
}

/** Since when each queue was never seen empty, and since when its count was never seen to fall. */
type QueueSeen = { readonly count: number; readonly since: number; readonly stillSince: number };
const waitingSince = new WeakMap<CheckDeps, Map<string, QueueSeen>>();

/** Redis: whether it answers, how full it is, what waits in it. Reads only. */
export const brokerCheck: Check = {
	name: 'broker',
	subjects: deps => {
		const broker = running(deps, 'broker');
		return one(broker !== undefined && /redis|valkey/.test(broker.it.container.image + broker.name));
	},
	everyMs: minute,
	leastMs: 5 * second,
	afterMs: 3 * second,
	isUrgent: deps => {
		const facts = deps.facts();
		return (
			facts.signs('broker refuses').length > 0 ||
			facts.signs('broker away').length > 0 ||
			isUnhealthy(deps, 'worker') ||
			isTaskWaiting(facts, 8 * second) ||
			// Messages wait although nothing runs: a worker that answers pings may have stopped taking them.
			((facts.check('broker')?.queues.length ?? 0) > 0 && !facts.tasks().some(({ state }) => state === 'running'))
		);
	},
	async look(deps, _subject, signal) {
		const broker = running(deps, 'broker');
		if (!broker) return null;
		const script =
			'redis-cli PING; redis-cli INFO memory; redis-cli INFO persistence; redis-cli CONFIG GET stop-writes-on-bgsave-error; db=$1; shift; for q in "$@"; do echo "queue $(redis-cli -n "$db" LLEN "$q") $q"; done; echo "unacked $(redis-cli -n "$db" HLEN unacked)"; redis-cli INFO keyspace';
		const queues = queueNames(deps);
		const database = brokerDatabase(deps);
		let lines: readonly string[];
		try {
			({ lines } = await command(
				deps,
				broker,
				['sh', '-c', script, 'sh', String(database), ...queues],
				signal,
				5 * second,
			));
		} catch (error) {
			const failure = failureOf(error);
			if (failure.kind !== 'timeout') throw error;
			lines = [failure.message];
		}
		if (lines.some(line => /redis-cli: (command )?not found/.test(line)))
			throw new ClientError('not-found', `redis-cli is not in the container ${broker.container}`);
		const number = (name: string) => {
			const found = lines.find(line => line.startsWith(`${name}:`))?.slice(name.length + 1);
			return found === undefined ? null : Number(found.trim());
		};
		const word = (name: string) =>
			lines
				.find(line => line.startsWith(`${name}:`))
				?.slice(name.length + 1)
				.trim() ?? '';
		const before = waitingSince.get(deps) ?? new Map<string, QueueSeen>();
		const now = new Map<string, QueueSeen>();
		const counted = lines.flatMap(line => {
			const [, length, name = ''] = /^queue (\d+) (.+)$/.exec(line) ?? [];
			const count = Number(length ?? 0);
			if (count === 0) return [];
			const old = before.get(name);
			const since = old?.since ?? deps.now();
			const stillSince = old === undefined || count < old.count ? deps.now() : old.stillSince;
			now.set(name, { count, since, stillSince });
			return [{ name, count, since, stillSince }];
		});
		waitingSince.set(deps, now);
		// Only in the database that Celery really uses does an empty queue mean that a message is gone.
		const others = lines.some(line => /^db\d+:/.test(line) && !line.startsWith(`db${database}:`));
		const unacked = /^unacked (\d+)$/m.exec(lines.join('\n'))?.[1];
		const isSure = unacked !== undefined && (isDatabaseKnown(deps) || !others);
		const stopsWrites = lines[lines.indexOf('stop-writes-on-bgsave-error') + 1] !== 'no';
		return {
			check: 'broker',
			answer: (lines[0] ?? '').trim(),
			queues: counted,
			asked: isSure ? queues : [],
			unacked: isSure ? Number(unacked) : null,
			memoryBytes: number('used_memory'),
			memoryLimitBytes: number('maxmemory'),
			policy: word('maxmemory_policy'),
			hasFailedToSave: stopsWrites && word('rdb_last_bgsave_status') === 'err',
		};
	},
};

/** Celery's queue is `default` in Airflow unless it is set; tasks that wait may name others. */
function queueNames(deps: CheckDeps): string[] {
	const facts = deps.facts();
	const set = settingOf(facts, facts.of('worker'), 'AIRFLOW__OPERATORS__DEFAULT_QUEUE');
	const named = facts.tasks().flatMap(({ state, queue }) => (state === 'queued' && queue ? [queue] : []));
	// Airflow allows any text: what looks like an option is none of ours.
	return [...new Set([set ?? 'default', 'celery', ...named.filter(name => !name.startsWith('-')).slice(0, 20)])];
}

const brokerUrlOf = ({ facts }: CheckDeps) =>
	settingOf(facts(), facts().of('worker'), 'AIRFLOW__CELERY__BROKER_URL') ??
	settingOf(facts(), facts().of('scheduler'), 'AIRFLOW__CELERY__BROKER_URL');

const isDatabaseKnown = (deps: CheckDeps) => /^rediss?:/.test(brokerUrlOf(deps) ?? '');

/** Number of the Redis database that Celery uses: the path of the broker's address, 0 where it names none. */
function brokerDatabase(deps: CheckDeps): number {
	return Number(/^rediss?:\/\/[^/]*\/(\d+)/.exec(brokerUrlOf(deps) ?? '')?.[1] ?? 0);
}

const databaseFields =
	"select 'connections', count(*) from pg_stat_activity union all select 'limit', current_setting('max_connections')::bigint union all select 'migrated', (to_regclass('alembic_version') is not null)::int";

/** Postgres: whether it answers, how many are connected, whether Airflow's tables and users are there. Reads only. */
export const databaseCheck: Check = {
	name: 'database',
	subjects: deps => {
		const database = running(deps, 'database');
		const isKnown = database && deps.facts().check('setup', database.it.container.id) !== undefined;
		return one(Boolean(isKnown) && /postg/.test(`${database?.it.container.image}${database?.name}`));
	},
	everyMs: 5 * minute,
	leastMs: 8 * second,
	afterMs: 4 * second,
	isUrgent: deps => {
		const facts = deps.facts();
		const { airflowHealth, feeds } = facts.state;
		const isApiFailing = [feeds.dags, feeds.pipeline].some(
			feed => feed.status === 'failed' && ['unauthorised', 'server', 'timeout'].includes(feed.failure.kind),
		);
		return (
			isApiFailing ||
			airflowHealth?.metadatabase === 'unhealthy' ||
			facts.page('airflow')?.check?.ok === false ||
			isUnhealthy(deps, 'database') ||
			isUnhealthy(deps, 'scheduler') ||
			facts.services.some(({ role, it }) => role === 'scheduler' && it.container.state === 'restarting') ||
			facts.was('connections exhausted database') ||
			facts.was('database not migrated database') ||
			(['database away', 'connections exhausted', 'not migrated'] as const).some(sign => facts.signs(sign).length > 0)
		);
	},
	async look(deps, _subject, signal): Promise<CheckResult | null> {
		const database = running(deps, 'database');
		const setup = database && deps.facts().check('setup', database.it.container.id)?.setup;
		if (!database || !setup) return null;
		const user = setup.postgresUser ?? 'postgres';
		const sql = (query: string) =>
			command(
				deps,
				database,
				['psql', '-X', '-w', '-U', user, '-d', setup.postgresDatabase ?? user, '-tAF', ' ', '-c', query],
				signal,
				5 * second,
			);
		const nothing = { connections: null, connectionLimit: null, isMigrated: null, users: null };
		let end: Awaited<ReturnType<typeof sql>>;
		try {
			end = await sql(databaseFields);
		} catch (error) {
			const failure = failureOf(error);
			if (failure.kind !== 'timeout') throw error;
			return { check: 'database', problem: failure.message, ...nothing };
		}
		const { exitCode, lines } = end;
		if (exitCode !== 0) {
			const problem =
				lines.findLast(line => /error|fatal/i.test(line)) ?? lines.at(-1) ?? `psql ended with ${exitCode}`;
			// It answers, though not to us: Airflow has the password.
			if (/no password supplied|authentication failed|pg_hba/.test(problem))
				throw new ClientError('unauthorised', problem);
			return { check: 'database', problem, ...nothing };
		}
		const field = (name: string) => {
			const value = lines.find(line => line.startsWith(`${name} `))?.slice(name.length + 1);
			return value === undefined ? null : Number(value);
		};
		const isMigrated = (field('migrated') ?? 0) > 0;
		// Only Flask-AppBuilder keeps users there.
		const users = isMigrated ? await sql('select username from ab_user where active') : null;
		return {
			check: 'database',
			problem: '',
			connections: field('connections'),
			connectionLimit: field('limit'),
			isMigrated,
			users: users?.exitCode === 0 ? users.lines.map(line => line.trim()).filter(Boolean) : null,
		};
	},
};

/** The DAG folder as the scheduler sees it: that it follows the host, and what Airflow's user may read. */
export const dagFolderInsideCheck: Check = {
	name: 'dag folder inside',
	subjects: deps => one(running(deps, 'scheduler') !== undefined),
	everyMs: 10 * minute,
	leastMs: 5 * second,
	afterMs: 5 * second,
	isUrgent: deps => {
		const facts = deps.facts();
		const outside = facts.check('dag folder');
		const inside = facts.check('dag folder inside');
		if (!outside || !inside) return false;
		if (outside.hostId !== null && outside.hostId !== inside.id) return true;
		const isKnown = (file: DagFile) =>
			inside.files.some(one => one.path === file.path && one.mode === file.mode && one.uid === file.uid);
		// A file that the host's bits forbid is asked about from within, which knows for certain.
		return (
			outside.host?.some(file => file.isReadable !== true && !isKnown(file)) ?? facts.was(`dag missing ${facts.dagId}`)
		);
	},
	async look(deps, _subject, signal): Promise<CheckResult | null> {
		const scheduler = running(deps, 'scheduler');
		if (!scheduler) return null;
		const folder = dagFolderOf(deps, scheduler);
		const script =
			'stat -c "id %d:%i" "$1" || exit 0; find "$1" -maxdepth 4 -name "*.py" -not -path "*/.*" -printf "%m %U %s %T@ " \\( -readable -printf "r" -o -printf "-" \\) -printf " %p\\n" | head -n 500';
		const { lines } = await command(deps, scheduler, ['sh', '-c', script, 'sh', folder], signal);
		const id = lines.find(line => line.startsWith('id '))?.slice(3) ?? null;
		const files = lines.flatMap((line): DagFile[] => {
			const [, mode = '', uid, size, time, readable, path = ''] =
				/^(\d+) (\d+) (\d+) ([\d.]+) ([r-]) (.+)$/.exec(line) ?? [];
			if (uid === undefined) return [];
			return [
				{
					path,
					mode: mode.padStart(3, '0'),
					uid: Number(uid),
					sizeBytes: Number(size),
					modifiedAt: Math.round(Number(time) * 1000),
					looksLikeDag: null,
					isReadable: readable === 'r',
				},
			];
		});
		return { check: 'dag folder inside', exists: id !== null, id, files };
	},
};

/** Files whose change was there when laketop came are the scheduler's matter. */
const firstSeen = new WeakMap<CheckDeps, Map<string, number>>();

/**
 * A DAG file that has just changed, read by the scheduler's own Python (a syntax check: milliseconds); one whose DAG is
 * missed long after, run by it as the guide does (seconds).
 */
export const pythonFileCheck: Check = {
	name: 'python file',
	subjects: deps => {
		const facts = deps.facts();
		const files = facts.check('dag folder')?.host;
		if (!files || running(deps, 'scheduler') === undefined) return [];
		const known = firstSeen.get(deps);
		if (!known) {
			firstSeen.set(deps, new Map(files.map(({ path, modifiedAt }) => [path, modifiedAt])));
			return [];
		}
		const { dags, importErrors } = facts.state;
		return files
			.filter(file => file.isReadable !== false)
			.filter(file => {
				const made = facts.state.checks[`python file\n${file.path}`];
				const isChecked = made?.result?.check === 'python file' && made.result.modifiedAt === file.modifiedAt;
				const isChanged = known.get(file.path) !== file.modifiedAt;
				const isBroken = importErrors.some(({ fileName }) => fileName === file.path);
				return (!isChecked && (isChanged || isBroken)) || (!isFullyRun(made?.result) && isMissed(facts, file, dags));
			})
			.map(({ path }) => path);
	},
	everyMs: 0,
	leastMs: 3 * second,
	async look(deps, path, signal): Promise<CheckResult | null> {
		const facts = deps.facts();
		const scheduler = running(deps, 'scheduler');
		const file = facts.check('dag folder')?.host?.find(one => one.path === path);
		if (!scheduler || !file) return null;
		const isFull = isMissed(facts, file, facts.state.dags);
		const argv = ['python', '-c', isFull ? importAndListDags : syntaxCheck, path];
		const end = await command(deps, scheduler, argv, signal, isFull ? minute : 10 * second);
		const { exitCode, tookMs } = end;
		const { dagIds, lines } = listedDags(end.lines);
		return {
			check: 'python file',
			modifiedAt: file.modifiedAt,
			exitCode,
			lines: lines.slice(-40),
			// Of a syntax check the time says nothing, and it tells the two apart.
			tookMs: isFull ? Math.max(1, Math.round(tookMs)) : 0,
			dagIds,
		};
	},
};

const syntaxCheck = "import sys; compile(open(sys.argv[1], encoding='utf-8').read(), sys.argv[1], 'exec')";

function isFullyRun(result: CheckResult | null | undefined): boolean {
	return result?.check === 'python file' && (result.tookMs > 0 || result.exitCode !== 0);
}

function isMissed(facts: DiagnosisFacts, file: DagFile, dags: DiagnosisFacts['state']['dags']): boolean {
	if (dags === null || !facts.isAirflowLive || file.looksLikeDag !== true) return false;
	if (dags.some(({ fileLocation }) => fileLocation === file.path)) return false;
	return facts.now - file.modifiedAt > thresholds.fileSeenMs;
}

/** The worker's road to MLflow, as the guide tries it. */
export const roadCheck: Check = {
	name: 'road to MLflow',
	subjects: deps => one(running(deps, 'worker') !== undefined && trackingUrl(deps) !== null),
	everyMs: 10 * minute,
	leastMs: 10 * second,
	afterMs: 8 * second,
	isUrgent: deps => {
		const facts = deps.facts();
		return (
			facts.was(`road to mlflow ${facts.of('worker')?.container ?? ''}`) ||
			facts.signs('mlflow away').length > 0 ||
			facts.signs('host refused').length > 0 ||
			facts.services.some(({ container }) => facts.was(`network cut ${container}`)) ||
			facts.state.findings.some(({ rule, cause }) => rule === 'task failed' && /mlflow/.test(cause.key))
		);
	},
	async look(deps, _subject, signal): Promise<CheckResult | null> {
		const worker = running(deps, 'worker');
		const url = trackingUrl(deps);
		if (!worker || url === null) return null;
		// An API call, not /health: that one answers to any name.
		const request = `${url.replace(/(?<!\/)\/+$/, '')}/api/2.0/mlflow/experiments/search?max_results=1`;
		const argv = ['curl', '-sS', '-m', '5', '-o', '/dev/null', '-w', 'status %{http_code}\\n', request];
		const { lines } = await command(deps, worker, argv, signal);
		const status = Number(lines.find(line => line.startsWith('status '))?.slice(7) ?? 0);
		const problem = lines.find(line => line.startsWith('curl:')) ?? '';
		return { check: 'road to MLflow', url, httpStatus: status === 0 ? null : status, problem };
	},
};

function trackingUrl(deps: CheckDeps): string | null {
	const facts = deps.facts();
	const url = settingOf(facts, facts.of('worker'), 'MLFLOW_TRACKING_URI');
	return url !== undefined && /^https?:\/\//.test(url) ? url : null;
}

/** Asks the worker through the broker: seconds of CPU, so only when tasks wait and nothing else says why. */
export const celeryPingCheck: Check = {
	name: 'celery ping',
	subjects: deps => one(running(deps, 'worker') !== undefined && running(deps, 'broker') !== undefined),
	everyMs: Number.POSITIVE_INFINITY,
	leastMs: minute,
	isUrgent: deps => {
		const facts = deps.facts();
		const worker = facts.of('worker');
		const isElsewhere = facts.state.findings.some(({ rule }) => /^(broker|container|network)/.test(rule));
		if (worker && isProbeInDoubt(facts, worker)) return true;
		return (
			worker?.it.container.health !== 'starting' &&
			!isElsewhere &&
			(isTaskWaiting(facts, thresholds.queuedTooLongMs) || facts.was(`celery silent ${worker?.container ?? ''}`))
		);
	},
	async look(deps, _subject, signal): Promise<CheckResult | null> {
		const worker = running(deps, 'worker');
		if (!worker) return null;
		const argv = ['celery', '--app', 'airflow.executors.celery_executor.app', 'inspect', 'ping', '--timeout', '5'];
		const { exitCode, lines, tookMs } = await command(deps, worker, argv, signal, 40 * second);
		const answers = exitCode === 0 && lines.some(line => /pong/.test(line));
		return { check: 'celery ping', answers, lines: lines.slice(-6), tookMs: Math.round(tookMs) };
	},
};

/** Whether Airflow's user may write where its logs go. */
export const logsFolderCheck: Check = {
	name: 'logs folder',
	subjects: deps => one(running(deps, 'scheduler') !== undefined),
	everyMs: 10 * minute,
	leastMs: 10 * second,
	afterMs: 6 * second,
	isUrgent: deps =>
		deps.facts().signs('logs not writable').length > 0 || deps.facts().was('logs folder /opt/airflow/logs'),
	async look(deps, _subject, signal): Promise<CheckResult | null> {
		const scheduler = running(deps, 'scheduler');
		if (!scheduler) return null;
		const folder = settingOf(deps.facts(), scheduler, 'AIRFLOW__LOGGING__BASE_LOG_FOLDER') ?? '/opt/airflow/logs';
		const script = 'test ! -e "$1" || test -w "$1" || { ls -ldn "$1"; exit 3; }';
		const { exitCode, lines } = await command(deps, scheduler, ['sh', '-c', script, 'sh', folder], signal);
		const words = lines.at(-1) ?? '';
		return { check: 'logs folder', isWritable: !(exitCode === 3 && /^d/.test(words)), words };
	},
};
