import { expect, test } from 'vitest';
import { diagnose } from '../../../source/diagnosis/diagnose.ts';
import type { CheckOf } from '../../../source/model/check.ts';
import type { Sign } from '../../../source/model/logs/log-sign.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { quoted, render } from '../../../source/words/message.ts';
import {
	check,
	container,
	detail,
	diagnosisOptions,
	discovered,
	failed,
	health,
	minute,
	now,
	only,
	page,
	roots,
	run,
	runsFetched,
	services,
	stateOf,
	type Timed,
	tasksFetched,
} from '../stack.ts';

const sign = (of: Sign, name: string, line: string): Fact => ({
	type: 'log sign',
	container: name,
	sign: of,
	line,
	happenedAt: now - 20_000,
});

/** Without a response for long enough to count. */
const away = (id: 'airflow' | 'mlflow', more: Parameters<typeof page>[2] = {}): Timed[] => [
	{ at: now - 20_000, fact: page(id, false, more) },
	{ at: now - 5000, fact: page(id, false, more) },
];

test.each([
	[{}, /hangs or is overloaded/],
	[{ code: 'connection-closed' as const }, /nothing listens on its port/],
	[{ httpStatus: 502 }, /HTTP 502/],
])('the page does not load: %j', (more, cause) => {
	expect(only('page unreachable', ...away('airflow', more))[0]).toMatchObject({
		title: 'The Airflow webserver does not respond',
		cause: expect.stringMatching(cause),
		fixes: expect.arrayContaining([{ kind: 'container', verb: 'restart', container: 'airflow-webserver' }]),
	});
});

test('the page of Airflow 3 is served by its API server, at its own path', () => {
	const inStack = ['airflow-postgres', 'airflow-redis', 'airflow-scheduler', 'airflow-worker'];
	const server = container('airflow-apiserver', { image: 'apache/airflow:3.3.2', airflowProcess: 'api-server' });
	const listed: Timed = {
		at: now - 30_000,
		fact: { type: 'containers listed', containers: [...inStack.map(name => container(name)), server] },
	};
	const [found] = only(
		'page unreachable',
		listed,
		...away('airflow', { movedTo: 'http://localhost:8082/api/v2/monitor/health' }),
	);
	expect(found?.title).toBe('The Airflow API server does not respond');
	expect(found?.evidence[0]).toContain('http://localhost:8082/api/v2/monitor/health');
});

test('a page of another host whose container is healthy there: it is unreachable from here', () => {
	const urls = { airflow: 'http://db-host:8082', mlflow: 'http://db-host:5000' };
	const known: Timed = { at: now - 25_000, fact: discovered(urls) };
	const found = only('page unreachable', known, ...away('airflow', { problem: 'unknown host name' }))[0];
	expect(found).toMatchObject({
		cause: expect.stringMatching(/is healthy on db-host but unreachable from here/),
		fixes: [{ kind: 'advice' }],
	});
	expect(only('page unreachable', known, ...away('airflow', { httpStatus: 502 }))[0]?.cause).toMatch(/502/);
});

test('a page that ssh does not lead to, although its container is healthy', () => {
	const known = discovered({ airflow: 'http://db-host:8082', mlflow: 'http://db-host:5000' });
	if (known.type !== 'stack discovered') throw new Error(known.type);
	const endpoints = known.endpoints.map(one => ({ ...one, throughSsh: { host: '127.0.0.1', port: 8082 } }));
	const fact: Timed = { at: now - 25_000, fact: { ...known, endpoints } };
	const found = only('page unreachable', fact, ...away('airflow', { problem: 'the connection was closed' }))[0];
	expect(found?.cause).toMatch(/ssh does not lead to its port/);
	expect(found?.fixes).toEqual([expect.objectContaining({ kind: 'advice' })]);
});

test('one look that went wrong is not believed yet, nor is a webserver that has just been started', () => {
	expect(only('page unreachable', { at: now - 1000, fact: page('airflow', false) })).toEqual([]);
	const starting: Timed[] = [
		{
			at: now - 20_000,
			fact: {
				type: 'containers listed',
				containers: services.map(name => container(name, name === 'airflow-webserver' ? { health: 'starting' } : {})),
			},
		},
		{
			at: now - 20_000,
			fact: {
				type: 'container inspected',
				detail: detail('airflow-webserver', { health: 'starting', startedAt: now - 30_000 }),
			},
		},
	];
	expect(roots(...starting, ...away('airflow'))).toEqual([]);
});

test('a hanging webserver is reported once, not also as an unhealthy container', () => {
	const unhealthy: Timed = {
		at: now - 5000,
		fact: {
			type: 'containers listed',
			containers: services.map(name => container(name, name === 'airflow-webserver' ? { health: 'unhealthy' } : {})),
		},
	};
	expect(roots(...away('airflow'), unhealthy)).toEqual(['page unreachable airflow']);
});

test('MLflow does not respond', () => {
	// Nobody holds its database's lock.
	const unlocked = { at: now, fact: check({ check: 'mlflow lock', path: '', holders: [] }) };
	const [found] = only('page unreachable', ...away('mlflow'), unlocked);
	expect(found).toMatchObject({ title: 'MLflow does not respond', subject: 'mlflow' });
});

test('a wrong password, as far as the list of users shows', () => {
	const refused = failed('dags', 'unauthorised', 'Airflow at http://localhost:8082 refuses the password of admin');
	expect(only('airflow api', refused)[0]).toMatchObject({
		title: "Airflow rejects laketop's login",
		cause: 'The password of admin is wrong, or the user does not exist',
	});
});

test('the admin user was never created', () => {
	const refused = failed('dags', 'unauthorised', 'refused');
	const users = check({
		check: 'database',
		problem: null,
		connections: 19,
		connectionLimit: 100,
		isMigrated: true,
		users: [],
	});
	expect(only('airflow api', refused, users)[0]).toMatchObject({
		title: 'Airflow has no user admin',
		fixes: [{ kind: 'init' }],
	});
});

test.each([
	[{ code: 'no-api-login', httpStatus: 401 } as const, /auth_backends/],
	[{ httpStatus: 403 }, /has no role/],
	[{ httpStatus: 401 }, /password/],
	[{ code: 'too-many-logins', httpStatus: 429 } as const, /Too many logins from this address/],
])('the login is refused: %j', (more, cause) => {
	expect(only('airflow api', failed('dags', 'unauthorised', 'x', more))[0]?.cause).toMatch(cause);
});

test.each([
	[401, /token is missing, wrong or has expired/],
	[403, /user of the token has no role/],
])('a token is refused with %i: no user and no password are named', (httpStatus, cause) => {
	const state = { ...stateOf(failed('dags', 'unauthorised', 'x', { httpStatus })), sendsAirflowToken: true };
	const found = diagnose(state, now, diagnosisOptions).filter(({ subject }) => subject === 'login');
	expect(found.map(finding => render(finding.cause, 'en'))).toEqual([expect.stringMatching(cause)]);
	const fixes = found.flatMap(finding => finding.fixes.map(({ message }) => render(message, 'en')));
	expect(fixes).toEqual([expect.stringMatching(/airflow\.token_command/)]);
});

test('the API fails while the page answers', () => {
	const failing: Timed = { at: now - 20_000, fact: failed('dags', 'server', 'Airflow answers 500') };
	expect(only('airflow api', failing)[0]?.title).toBe('Airflow API requests fail');
	expect(only('airflow api', { at: now - 1000, fact: failed('dags', 'server', 'x') })).toEqual([]);
	expect(only('airflow api')).toEqual([]);
});

test('a heartbeat that is old while the container runs', () => {
	expect(only('scheduler heartbeat', { at: now, fact: page('airflow', true) }, health(45_000))[0]).toMatchObject({
		title: 'Scheduler heartbeat is stale',
		fixes: expect.arrayContaining([{ kind: 'container', verb: 'restart', container: 'airflow-scheduler' }]),
	});
	expect(only('scheduler heartbeat', health(8000))).toEqual([]);
});

test('what the health page says of a part is in Korean, too', () => {
	const state = stateOf({ at: now, fact: page('airflow', true) }, health(45_000));
	const [found] = diagnose(state, now, diagnosisOptions).filter(({ id }) => id.startsWith('scheduler heartbeat'));
	const korean = found?.evidence.map(({ message }) => render(message, 'ko')).join('\n');
	expect(korean).toContain('데이터베이스 정상');
	expect(korean).not.toMatch(/healthy/);
});

test('a heartbeat is as old as the look at it: a page that was not asked for long says nothing', () => {
	const asked: Timed = { at: now - 40_000, fact: page('airflow', true) };
	expect(only('scheduler heartbeat', asked, health(45_000))).toEqual([]);
});

test('the clock of the server is taken into account', () => {
	const ahead = check({
		check: 'engine',
		clockAheadMs: -40_000,
		uncertainMs: 10,
		memoryBytes: 1,
		rootFolder: '/',
	});
	expect(only('scheduler heartbeat', { at: now, fact: page('airflow', true) }, health(45_000), ahead)).toEqual([]);
});

const database = (more: Partial<CheckOf<'database'>>) =>
	check({
		check: 'database',
		problem: null,
		connections: 19,
		connectionLimit: 100,
		isMigrated: true,
		users: ['admin'],
		...more,
	});

test('the metadata database is unreachable although its container runs', () => {
	expect(only('database unreachable', health(3000, 'unhealthy'))[0]?.title).toMatch(/unreachable/);
	expect(
		only('database unreachable', database({ problem: quoted('FATAL: role "airflow" does not exist') }))[0]?.cause,
	).toMatch(/role "airflow" does not exist/);
	expect(only('database unreachable')).toEqual([]);
});

test('no connection left, by count and by the words of Postgres', () => {
	const full = database({ connections: 97 });
	const refused = database({
		problem: quoted('FATAL: remaining connection slots are reserved'),
		connections: null,
		connectionLimit: null,
	});
	expect(only('connections exhausted', full)[0]?.evidence).toContain('97 of 100 connections in use');
	expect(only('connections exhausted', refused)).toHaveLength(1);
	expect(only('database unreachable', refused)).toEqual([]);
	expect(only('connections exhausted')).toEqual([]);
	// If it rejects everybody, it has to be restarted; otherwise the idle connections can be terminated from within.
	const kinds = (fact: Fact) => only('connections exhausted', fact)[0]?.fixes.map(({ kind }) => kind);
	expect(kinds(full)?.[0]).toBe('exec');
	expect(kinds(refused)?.[0]).not.toBe('exec');
});

test('an empty database is initialised', () => {
	expect(only('database not migrated', database({ isMigrated: false, users: null }))[0]?.fixes).toEqual([
		{ kind: 'init' },
	]);
	const says = sign('not migrated', 'airflow-scheduler', 'relation "dag" does not exist');
	expect(only('database not migrated', database({ isMigrated: null }), says)).toHaveLength(1);
	// The database's own answer takes precedence over an older log line.
	expect(only('database not migrated', says)).toEqual([]);
	expect(only('database not migrated')).toEqual([]);
	// Airflow's page reports such a database as unhealthy.
	expect(roots(health(3000, 'unhealthy'), database({ isMigrated: false, users: null }))).toEqual([
		'database not migrated database',
	]);
});

const broker = (more: Partial<CheckOf<'broker'>>) =>
	check({
		check: 'broker',
		answer: 'PONG',
		hang: null,
		queues: [],
		memoryBytes: 2e6,
		memoryLimitBytes: 0,
		policy: 'noeviction',
		hasFailedToSave: false,
		...more,
	});

test('Redis is out of memory; its limit can be lifted', () => {
	const [found] = only('broker rejects writes', broker({ memoryLimitBytes: 1e6 }));
	expect(found?.cause).toMatch(/memory limit \(maxmemory\), and policy noeviction/);
	expect(found?.fixes[0]).toMatchObject({ kind: 'exec', argv: ['redis-cli', 'config', 'set', 'maxmemory', '0'] });
	expect(only('broker rejects writes', broker({ memoryLimitBytes: 1e6, policy: 'allkeys-lru' }))).toEqual([]);
	expect(only('broker rejects writes')).toEqual([]);
});

test.each([
	[{ hasFailedToSave: true }, /cannot save/],
	[{ answer: 'LOADING Redis is loading the dataset in memory' }, /loading its data/],
	[{ answer: 'MASTERDOWN Link with MASTER is down' }, /Redis responds: MASTERDOWN/],
])('Redis refuses: %j', (more, cause) => {
	expect(only('broker rejects writes', broker(more))[0]?.cause).toMatch(cause);
});

test('Celery does not answer although nothing else is known to be wrong', () => {
	const ping = check({ check: 'celery ping', answers: false, lines: ['Error: No nodes replied'], tookMs: 4000 });
	expect(only('celery unresponsive', ping)[0]).toMatchObject({
		title: 'The worker does not respond to Celery',
		evidence: expect.arrayContaining(['Error: No nodes replied']),
	});
	expect(only('celery unresponsive')).toEqual([]);
});

test('a queue that nobody empties; a backlog behind a busy worker is none', () => {
	const queues = [{ name: 'default', count: 3, since: now - 60_000 }];
	expect(only('queue backlog', broker({ queues }))[0]?.title).toBe('Tasks pile up in queue default');
	const busy = [
		runsFetched(run('newest', 'running', 60_000)),
		tasksFetched(['running', 'running', 'running', 'running']),
	];
	expect(only('queue backlog', broker({ queues }), ...busy)).toEqual([]);
	expect(only('queue backlog', broker({ queues: [{ name: 'default', count: 3, since: now - 3000 }] }))).toEqual([]);
});

test('logs cannot be written: the scheduler says so each time it dies', () => {
	const loop: Timed = {
		at: now - 10_000,
		fact: {
			type: 'containers listed',
			containers: services.map(name =>
				container(name, name === 'airflow-scheduler' ? { state: 'restarting', health: 'none' } : {}),
			),
		},
	};
	const inspected: Fact = {
		type: 'container inspected',
		detail: detail('airflow-scheduler', { state: 'restarting', restartCount: 5, health: 'none' }),
	};
	const lines = check(
		{ check: 'last lines', of: 'x', lines: ['Traceback', "ValueError: Unable to configure handler 'processor'"] },
		'airflow-scheduler',
	);
	const found = only('logs folder', loop, inspected, lines);
	expect(found[0]?.fixes[0]).toEqual({
		kind: 'run once',
		service: 'airflow-scheduler',
		user: '0',
		argv: ['chown', '-R', '50000:0', '/opt/airflow/logs'],
	});
	expect(roots(loop, inspected, lines)).toEqual(['logs folder /opt/airflow/logs']);
	expect(only('logs folder')).toEqual([]);
});

test('a heartbeat of a scheduler that was just started is waited for', () => {
	const inspected: Fact = {
		type: 'container inspected',
		detail: detail('airflow-scheduler', { health: 'starting', startedAt: now - 20_000 }),
	};
	expect(only('scheduler heartbeat', inspected, { at: now, fact: page('airflow', true) }, health(minute))).toEqual([]);
});

test('a page that hangs waits for a look at the database, which may be what hangs', () => {
	const hangs = away('airflow');
	const hung = check({
		check: 'database',
		problem: quoted('psql has not answered'),
		isHanging: true,
		connections: null,
		connectionLimit: null,
		isMigrated: null,
		users: null,
	});
	const before: Timed = { at: now - 30_000, fact: database({}) };
	expect(roots(before, ...hangs, { at: now - 30_000, fact: database({}) })).toEqual([]);
	expect(roots(...hangs, { at: now - 2000, fact: hung })).toEqual(['database unreachable database']);
	expect(roots(...hangs, { at: now - 2000, fact: database({}) })).toEqual(['page unreachable airflow']);
	// Nobody could look: that is not waited for indefinitely.
	const long = (ms: number): Timed => ({ at: now - ms, fact: page('airflow', false) });
	expect(roots(long(30_000), long(5000))).toEqual(['page unreachable airflow']);
});

test('a hanging service is reported by its failed check, not also as an unhealthy container', () => {
	const failing = (name: string): Timed => ({
		at: now - 5000,
		fact: {
			type: 'containers listed',
			containers: services.map(service => container(service, service === name ? { health: 'unhealthy' } : {})),
		},
	});
	const hung = database({
		problem: quoted('x'),
		isHanging: true,
		connections: null,
		connectionLimit: null,
		isMigrated: null,
		users: null,
	});
	expect(roots(failing('airflow-postgres'), hung)).toEqual(['database unreachable database']);
	expect(only('database unreachable', hung)[0]?.cause).toMatch(/it hangs/);
	const silent = broker({ answer: '', hang: quoted('x') });
	expect(roots(failing('airflow-redis'), silent)).toEqual(['broker rejects writes airflow-redis']);
	expect(only('broker rejects writes', silent)[0]).toMatchObject({ title: 'Redis does not respond' });
});
