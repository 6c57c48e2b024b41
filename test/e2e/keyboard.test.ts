import { beforeAll, describe, expect, test } from 'vitest';
import { frameProblems } from '../terminal/harness.ts';
import { type AirflowStack, guideStack } from './airflow-stack.ts';
import { engineThrough } from './engine.ts';
import { keyboardSuite } from './keyboard-suite.ts';
import { close, gone, long, screenOnStack, yes } from './screen.ts';
import {
	container,
	docker,
	recordedActions,
	services,
	stackFolder,
	startedAt,
	until,
	untilHealthy,
	volumesOf,
} from './stack.ts';

/** The guide's commands, done with keys on the real stack, and checked against Airflow and the engine. */

const screen = screenOnStack();
const { folder, closing, open, openLive, pick, healthy, allLive } = screen;

let stack: AirflowStack;
beforeAll(async () => {
	stack = await guideStack(screen);
});

describe('DAGs and their runs', () => keyboardSuite(() => stack));

test('a container: restarted, frozen, killed, started, stopped, and up again by Compose', async () => {
	const term = await openLive();
	await pick(term, 'mlflow');
	const before = await startedAt('mlflow');
	term.write('r');
	await yes(term, 'Stops container mlflow', 'docker restart mlflow');
	await term.waitFor(/Restart mlflow: restarted/);
	expect(await startedAt('mlflow')).not.toBe(before);
	term.write('p');
	await yes(term, 'Pauses container mlflow');
	await term.waitFor(/mlflow +‖ paused/);
	expect(await container('mlflow')).toMatchObject({ state: 'paused' });
	term.write('p');
	await yes(term, 'Unpauses container mlflow');
	await term.waitFor(/Unpause mlflow: unpaused/);
	expect(await container('mlflow')).toMatchObject({ state: 'running' });
	term.write('K');
	await yes(term, 'Kills container mlflow');
	await term.waitFor(/mlflow +\S exited \(?137/);
	expect(await container('mlflow')).toMatchObject({ state: 'exited', exitCode: 137 });
	term.write('x');
	await term.waitFor(/a shell needs a running container/);
	term.write('u');
	await yes(term, 'Starts container mlflow');
	await term.waitFor(/Start mlflow: started/);
	expect(await container('mlflow')).toMatchObject({ state: 'running' });
	term.write('s');
	await yes(term, 'docker stop mlflow');
	await term.waitFor(/mlflow +\S exited/);
	expect(await container('mlflow')).toMatchObject({ state: 'exited' });
	term.write('C');
	await term.waitFor(/Stack mlops[\s\S]*Enter chooses/);
	term.write('U');
	await yes(term, '--no-deps mlflow');
	await term.waitFor(/done: 1 service up and healthy/, long);
	expect(await container('mlflow')).toMatchObject({ state: 'running', health: 'healthy' });
	await close(term, 'Esc closes');
	await term.waitFor(healthy('mlflow'));
});

test('a shell in a container, and back; the container in detail, its processes, the disk', async () => {
	const term = await openLive();
	await pick(term, 'airflow-worker');
	term.write('x');
	await term.waitFor(/y Yes, do it/);
	term.write('y');
	await term.waitFor(/laketop: airflow-worker: exit or Ctrl-D/);
	term.write('echo $((6 * 7)) on $(hostname)\r');
	const id = await docker('inspect', '--format', '{{.Config.Hostname}}', 'airflow-worker');
	await term.waitFor(`42 on ${id}`);
	term.write('exit\r');
	await term.waitFor(/1 Services/);
	await term.waitFor(lines => frameProblems(lines, 120).length === 0);

	term.write('i');
	await term.waitFor(/Inspect airflow-worker/);
	await term.waitFor(/\/opt\/airflow\/dags/);
	term.write('G');
	await term.waitFor(/labels/);
	await close(term, 'Inspect airflow-worker');
	term.write('T');
	await term.waitFor(/Processes of airflow-worker \(\d+\)/);
	await term.waitFor(/celery/);
	await close(term, 'Processes of airflow-worker');
	term.write('U');
	await term.waitFor(/Share of mlops/);
	await term.waitFor(/volumes +4/);
	await close(term, 'Share of mlops');
	// The password of the database, which stands in an address as well, has not been on the screen.
	expect(term.raw().toString()).not.toMatch(/metadata-secret|change-me-where/);
});

test('a container that is removed while the question stands is not taken for another', async () => {
	const name = 'laketop-e2e-passing';
	const image = await docker('inspect', '--format', '{{.Config.Image}}', 'airflow-redis');
	await docker('run', '--detach', '--name', name, '--entrypoint', 'sleep', image, '600');
	closing.push(() => docker('rm', '--force', name).catch(() => undefined));
	const term = await openLive();
	await pick(term, name);
	term.write('r');
	await term.waitFor(/y Yes, do it/);
	await docker('rm', '--force', name);
	term.write('y');
	await term.waitFor(/✖ Restart.*: .*No such container/);
	await term.waitFor(new RegExp(`^(?!.*│.*${name} .*running)`, 's'));
});

test('the engine gone in the middle: the outcome is unknown, nothing is repeated, and the screen comes back', async () => {
	const engine = await engineThrough(folder.path);
	closing.push(engine.end);
	const restart = /^POST \S+\/restart/;
	const term = await open({ LAKETOP_DOCKER_HOST: engine.address });
	await term.waitFor(allLive);
	await pick(term, 'mlflow');
	const before = await startedAt('mlflow');
	const closed = engine.closeAfter(restart, () =>
		until(async () => {
			const now = await container('mlflow');
			expect(now).toMatchObject({ state: 'running' });
			expect(now?.startedAt).not.toBe(before);
		}),
	);
	term.write('r');
	await yes(term);
	await closed;
	await term.waitFor(/Restart mlflow: .*unknown|unknown: /, { timeoutMs: 60_000 });
	await term.waitFor(/stale since/);
	await engine.open();
	await term.waitFor(healthy('mlflow'), long);
	expect(engine.count(restart)).toBe(1);
});

test('the whole stack: initialised without harm, stopped, and up again; what was not meant is not done', async () => {
	const term = await openLive();
	const volumes = await volumesOf('mlops');
	const menu = async (key: string) => {
		term.write('C');
		await term.waitFor(/Stack mlops[\s\S]*Enter chooses/);
		term.write(key);
	};
	await menu('d');
	await term.waitFor(/Stops and removes 6 containers/);
	await term.waitFor(/y Yes, do it/);
	term.write('n');
	await term.waitFor(gone('Stops and removes 6 containers'));
	await menu('V');
	await term.waitFor(/DELETES 4 volumes/);
	// Typed text counts once the field is there.
	await term.waitFor(/Type mlops to confirm[\s\S]*\n[^\n]*> /);
	term.write('mlop');
	term.press('enter');
	await term.waitFor(/"mlop" does not match "mlops"\. Nothing was changed/);
	await close(term, 'DELETES 4 volumes');
	expect(await volumesOf('mlops')).toEqual(volumes);
	for (const name of services) expect(await container(name)).toMatchObject({ state: 'running' });

	await menu('i');
	await yes(term, 'Migrates the metadata database');
	await term.waitFor(/done: database migrated; admin already exist/, long);
	await close(term, 'Esc closes');
	await menu('s');
	await yes(term, 'Stops 6 containers');
	await term.waitFor(/done: 6 containers stopped/, long);
	for (const name of services) expect(await container(name)).toMatchObject({ state: 'exited' });
	await close(term, 'Esc closes');
	await term.waitFor(lines => services.every(name => lines.some(line => new RegExp(`${name} +\\S exited`).test(line))));
	await menu('u');
	await yes(term, 'Creates, starts or');
	await term.waitFor(/done: 6 services up and healthy/, long);
	await untilHealthy(services, 0);
	await close(term, 'Esc closes');
	await term.waitFor(allLive, long);
	await term.waitFor(lines => services.every(name => lines.some(line => healthy(name).test(line))));
	await term.waitFor(lines => frameProblems(lines, 120).length === 0);
});

test('a Compose file that is gone: said, and single containers can still be changed', async () => {
	const term = await open({ LAKETOP_COMPOSE_FILE: '/nonexistent.yml' }, { cwd: await stackFolder() });
	await term.waitFor(allLive);
	term.write('C');
	await term.waitFor(/Stack mlops[\s\S]*Enter chooses/);
	term.write('u');
	await term.waitFor(/The Compose file \/nonexistent\.yml does not exist/);
	await pick(term, 'mlflow');
	term.write('r');
	await term.waitFor(/y Yes, do it/);
	await close(term, 'Yes, do it');
});

test('all of it is on record', () => {
	const actions = new Set(recordedActions(folder.path));
	for (const action of ['restart', 'kill', 'start', 'stop', 'up', 'init', 'shell']) {
		expect(actions).toContain(`${action} started`);
		expect(actions).toContain(`${action} done`);
	}
	expect(actions).toContain('restart unknown');
	expect(actions).toContain('restart failed');
});
