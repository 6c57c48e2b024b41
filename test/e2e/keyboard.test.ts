import { expect, test } from 'vitest';
import { frameProblems, type OpenTerminal } from '../terminal/harness.ts';
import { engineThrough } from './engine.ts';
import { clearField, close, gone, long, screenOnStack, yes } from './screen.ts';
import {
	allRuns,
	container,
	dag,
	docker,
	type Run,
	recordedActions,
	runCount,
	runOf,
	services,
	stackFolder,
	startedAt,
	tasksOf,
	until,
	untilHealthy,
	volumesOf,
} from './stack.ts';

/** The guide's commands, done with keys on the real stack, and checked against Airflow and the engine. */

const { folder, closing, open, openLive, pick, healthy, allLive } = screenOnStack();

/** Starts a run with the form, its conf typed as JSON; returns it. */
async function trigger(term: OpenTerminal, conf: object): Promise<Run> {
	const before = new Set((await allRuns()).map(run => run.dag_run_id));
	term.write('t');
	await term.waitFor(/Trigger ml_pipeline_end_to_end: params/);
	term.press('tab');
	await term.waitFor(/a JSON object/);
	term.write(`${clearField}${JSON.stringify(conf)}`);
	term.press('enter');
	await yes(term, 'Triggers a DAG run of ml_pipeline_end_to_end', 'manual__');
	await term.waitFor(/Trigger ml_pipeline_end_to_end: manual__/);
	// A DAG that was paused until now may have started a scheduled run as well.
	const [run, ...others] = (await allRuns()).filter(
		({ dag_run_id: id }) => id.startsWith('manual__') && !before.has(id),
	);
	if (!run) throw new Error('Airflow has no new run');
	expect(others).toEqual([]);
	expect(run.conf).toEqual(conf);
	return run;
}

test('what the form refuses is not sent; a run is stopped, and once it has ended there is nothing to stop', async () => {
	const term = await openLive();
	const count = await runCount();
	term.write('t');
	await term.waitFor(/Trigger ml_pipeline_end_to_end: params/);
	term.press('tab');
	await term.waitFor(/a JSON object/);
	term.write(`${clearField}{"rows":5}`);
	term.press('enter');
	await term.waitFor(/rows must be a whole number, at least 1000/);
	await close(term, 'a JSON object');
	expect(await runCount()).toBe(count);

	const { dag_run_id: id } = await trigger(term, { pace: 120, rows: 1000 });
	await until(async () => expect((await tasksOf(id)).raw_to_bronze?.state).toBe('running'));
	await term.waitFor(/● raw_to_/);
	term.write('2X');
	await yes(term, 'Stops DAG run');
	await term.waitFor(/2 Pipeline.*✖ failed/);
	expect(await runOf(id)).toMatchObject({ state: 'failed' });
	expect((await tasksOf(id)).raw_to_bronze?.state).toBe('failed');
	// For some seconds it checks whether a worker sets the run to running again.
	await term.waitFor(/✔ (Stop manual__|done: manual__)/, long);
	if (term.text().includes('Esc closes')) await close(term, 'Esc closes');
	term.write('X');
	await term.waitFor(/has already finished \(failed\)/);
});

test('a DAG file is parsed again', async () => {
	const term = await openLive();
	const before = await startedAt('airflow-scheduler');
	const { lastParsedAt } = await dag();
	term.write('2V');
	await yes(term, 'docker restart airflow-scheduler');
	await term.waitFor(/was parsed at \d\d:\d\d:\d\d UTC/, long);
	expect(await startedAt('airflow-scheduler')).not.toBe(before);
	expect(Date.parse((await dag()).lastParsedAt)).toBeGreaterThan(Date.parse(lastParsedAt));
	await untilHealthy(['airflow-scheduler']);
});

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

test('a shell in a container, and back; the container in detail, its processes, the disk, the source', async () => {
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
	term.write('2v');
	await term.waitFor(/from raw orders to a registered model/);
	await close(term, 'from raw orders to a registered model');
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

test('a wrong password is reported, and nothing can be started', async () => {
	const count = await runCount();
	const before = await dag();
	const term = await open({ LAKETOP_AIRFLOW_PASSWORD: 'not-it' });
	await term.waitFor(/rejects user admin/);
	term.write('t');
	await term.waitFor(/DAG runs cannot be triggered now/);
	term.write('2p');
	await term.waitFor(/DAGs cannot be (un)?paused now/);
	expect(term.raw().toString()).not.toContain('not-it');
	expect(await runCount()).toBe(count);
	expect(await dag()).toMatchObject({ isPaused: before.isPaused });
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
	for (const action of [
		...['trigger', 'stop-run', 'reparse', 'restart', 'kill', 'start', 'stop', 'up', 'init', 'shell'],
	]) {
		expect(actions).toContain(`${action} started`);
		expect(actions).toContain(`${action} done`);
	}
	expect(actions).toContain('restart unknown');
	expect(actions).toContain('restart failed');
});
