import { expect, test } from 'vitest';
import type { CheckOf } from '../../../source/model/check.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { check, container, failed, now, only, page, roots, services } from '../stack.ts';

const line = 'sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) database is locked';
const locked = (agoMs: number): Fact => ({
	type: 'log sign',
	container: 'mlflow',
	sign: 'mlflow database locked',
	line,
	happenedAt: now - agoMs,
});
const silent = failed('experiment', 'timeout', 'MLflow did not answer within 10 s');
const lock = (...holders: CheckOf<'mlflow lock'>['holders']): Fact =>
	check({ check: 'mlflow lock', path: '/mlflow/database/mlflow.db', holders });

test('a lock that another program in the container holds, and how to stop that program', () => {
	const backup = { pid: 41, command: 'python backup.py', isServer: false };
	const server = { pid: 7, command: 'gunicorn: worker', isServer: true };
	const [found] = only('mlflow database locked', locked(9000), silent, lock(server, backup));
	expect(found).toMatchObject({
		subject: 'mlflow',
		title: 'The MLflow database is locked',
		cause: 'Another program in mlflow holds the lock: python backup.py (process 41)',
		fixes: [
			{ kind: 'advice' },
			{ kind: 'type', command: 'docker exec mlflow kill 41' },
			{ kind: 'look', at: 'log', subject: 'mlflow' },
		],
	});
});

test('a program outside of the container is looked for on the host', () => {
	const mounts = [{ type: 'bind', source: '/srv/mlflow', destination: '/mlflow/database' }];
	const listed: Fact = {
		type: 'containers listed',
		containers: services.map(name => container(name, name === 'mlflow' ? { mounts } : {})),
	};
	const [found] = only('mlflow database locked', listed, locked(9000), silent, lock());
	expect(found?.cause).toMatch(/^Another program holds the lock on its SQLite file/);
	expect(found?.fixes[1]).toEqual({ kind: 'type', command: 'sudo fuser -v /srv/mlflow/mlflow.db' });
});

test('it explains that the page hangs, and no fix restarts MLflow', () => {
	const away = page('mlflow', false);
	const hangs = [
		{ at: now - 12_000, fact: away },
		{ at: now - 1000, fact: away },
	];
	// Until a lock was searched, nothing is known.
	expect(roots(...hangs)).toEqual([]);
	const looked = (fact: Fact) => ({ at: now - 2000, fact });
	expect(roots(...hangs, looked(lock()))).toEqual(['page unreachable mlflow']);
	expect(roots(...hangs, looked(lock({ pid: 41, command: 'x', isServer: false })))).toEqual([
		'mlflow database locked mlflow',
	]);
	// A request of the server itself is no cause.
	expect(roots(...hangs, looked(lock({ pid: 7, command: 'x', isServer: true })))).toEqual(['page unreachable mlflow']);
	expect(roots(...hangs, locked(9000), silent)).toEqual(['mlflow database locked mlflow']);
	const fixes = only('mlflow database locked', locked(9000), silent).flatMap(({ fixes }) => fixes);
	expect(fixes.map(({ kind }) => kind)).not.toContain('container');
});

test('it is over once MLflow answers again', () => {
	expect(only('mlflow database locked', locked(9000))).toEqual([]);
	expect(only('mlflow database locked', locked(150_000), silent)).toEqual([]);
});
