import { afterAll, expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { documentOf } from '../commands/harness.ts';
import { laketopIn, newRunId, runOf, scratchFolder } from './stack.ts';

/** The commands of the built program on the real stack, which is already up. */

const folder = scratchFolder();
const laketop = laketopIn(folder.path);
afterAll(() => folder.remove());

test('status: healthy, in less than three seconds, and as its schema says', async () => {
	const took: number[] = [];
	for (let round = 0; round < 5; round++) {
		const ran = await laketop('status --json');
		took.push(ran.ms);
		const status = documentOf(documents.status, ran.stdout);
		expect(status.services.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
			'airflow-postgres up',
			'airflow-redis up',
			'airflow-scheduler up',
			'airflow-webserver up',
			'airflow-worker up',
			'mlflow up',
		]);
		expect(status.sources.map(({ name, state, version }) => `${name} ${state} ${version?.split('+')[0]}`)).toEqual([
			expect.stringMatching(/^docker live \d/),
			'airflow live 2.8.0',
			'mlflow live 2.9.2',
		]);
	}
	const [, , median = Number.NaN] = took.toSorted((a, b) => a - b);
	// These include five commands in containers and `docker compose config`, on two processors that Airflow shares.
	expect(median, `took ${took.map(Math.round)} ms`).toBeLessThan(3000);
});

test.each([
	['services', documents.services],
	['dags', documents.dags],
	['runs', documents.runs],
	['tasks', documents.tasks],
	['models', documents.models],
	['metrics', documents.metrics],
	['df', documents['disk-usage']],
	['top airflow-worker', documents.processes],
	['inspect airflow-worker', documents.inspection],
	['source', documents.source],
	['config', documents.config],
] as const)('%s: as its schema says', async (words, schema) => {
	const ran = await laketop(`${words} --json`);
	expect(ran.stderr).toBe('');
	documentOf(schema, ran.stdout);
});

test('trigger --wait: the run succeeds, stage by stage; the same id again is refused', async () => {
	const id = newRunId();
	const ran = await laketop(['trigger', '--yes', '--wait', '--run-id', id, '--conf', '{"rows": 2000, "pace": 0.2}']);
	expect(ran.stderr).toMatch(/model_registry: success after/);
	expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining(`${id}: success after`) });
	expect(await runOf(id)).toMatchObject({ state: 'success' });
	expect((await laketop(`trigger --yes --run-id ${id}`)).code).toBe(4);
	const log = await laketop(`logs --task raw_to_bronze --run ${id}`);
	expect(log.stdout).toMatch(/Marking task as SUCCESS/);
	const { runs } = documentOf(documents.metrics, (await laketop(`metrics --run ${id} --json`)).stdout);
	expect(runs.map(({ run_name }) => run_name)).toHaveLength(7);
	// It has ended: there is nothing to stop.
	expect(await laketop(`stop-run --run ${id} --yes`)).toMatchObject({
		code: 4,
		stderr: expect.stringMatching(/has already finished \(success\)/),
	});
});

test('containers: restart until healthy, stop, start; a command in one', async () => {
	expect(await laketop('restart airflow-scheduler --yes --wait')).toMatchObject({
		code: 0,
		stdout: expect.stringMatching(/healthy after/),
	});
	expect((await laketop('stop mlflow --yes')).code).toBe(0);
	expect((await laketop('status')).code).toBe(3);
	expect((await laketop('start mlflow --yes --wait')).code).toBe(0);
	expect(await laketop('exec airflow-worker curl -fs http://mlflow:5000/health')).toMatchObject({
		code: 0,
		stdout: 'OK',
	});
	expect((await laketop('logs mlflow --tail 3')).stdout.trimEnd().split('\n')).toHaveLength(3);
	expect((await laketop('up airflow-worker --yes')).code).toBe(0);
});

test.each([
	['a wrong password', 'trigger --yes', { LAKETOP_AIRFLOW_PASSWORD: 'wrong' }, 4, /rejects user admin/],
	['a DAG that is gone', 'trigger nowhere --yes', {}, 2, /no DAG nowhere/],
	['a run that is gone', 'clear --run nowhere --yes', {}, 2, /has no DAG run nowhere/],
	['a container that is gone', 'restart nowhere --yes', {}, 2, /no service nowhere/],
	['a Compose file that is gone', 'up --yes --compose-file /nonexistent.yml', {}, 2, /nonexistent\.yml/],
	['no engine', 'restart mlflow --yes --docker-host unix:///nonexistent.sock', {}, 3, /no such socket/],
	['no Airflow', 'dags --airflow-url http://localhost:1', {}, 3, /connection refused/],
	['read-only mode', 'stop --yes --read-only', {}, 4, /read-only/],
	['nobody to ask', 'stop', {}, 2, /stdin is not a terminal/],
] as const)('refused: %s', async (_what, words, environment, code, why) => {
	const ran = await laketop(words, { environment });
	expect(ran).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(why) });
	expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1);
});
