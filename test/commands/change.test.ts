import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { documents } from '../../source/command-line/json/documents.ts';
import { commands } from '../../source/commands/table.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { soon } from '../patience.ts';
import { addressesOf, documentOf, type Ran, type RunOptions, runLaketop } from './harness.ts';

/** Commands that change something, against servers that the test controls. */

const dagId = 'ml_pipeline_end_to_end';
let demo: DemoStack;
let folder = '';
beforeEach(async () => {
	demo = await startDemo({ autonomous: false });
	folder = mkdtempSync(join(tmpdir(), 'laketop-test-'));
});
afterEach(async () => {
	await demo.close();
	rmSync(folder, { recursive: true });
});

/** A stack whose time runs thirty times faster, so that a run takes two seconds. */
async function hasten(speed = 30): Promise<void> {
	await demo.close();
	demo = await startDemo({ autonomous: false, speed });
}

function laketop(words: string | string[], options: RunOptions = {}): Promise<Ran> {
	const argv = typeof words === 'string' ? words.split(' ') : words;
	const environment = { XDG_STATE_HOME: folder, ...options.environment };
	return runLaketop([...addressesOf(demo), ...argv], { compose: demo.compose, ...options, environment });
}

async function runs(...words: string[]) {
	return documentOf(documents.runs, (await laketop(['runs', '--json', ...words])).stdout).runs;
}

async function tasks(dagRunId: string) {
	return documentOf(documents.tasks, (await laketop(['tasks', '--json', '--run', dagRunId])).stdout).tasks;
}

/** Requests of a server that change something. */
function changes(server: 'docker' | 'airflow' | 'mlflow') {
	const counts = Object.entries(demo.scenario.requestCounts(server));
	return counts.filter(([what]) => /^(POST|PATCH|DELETE)/.test(what) && !/login|\/list$|\/search$/.test(what));
}

const changing: Readonly<Record<string, string>> = {
	trigger: 'trigger',
	pause: `pause ${dagId}`,
	unpause: `unpause ${dagId}`,
	clear: 'clear --run newest --all',
	mark: 'mark --run newest --state failed',
	'stop-run': 'stop-run --run newest',
	note: 'note --run newest --text x',
	restart: 'restart mlflow',
	stop: 'stop mlflow',
	start: 'start mlflow',
	kill: 'kill mlflow',
	up: 'up mlflow',
	down: 'down --volumes',
	init: 'init',
	reparse: 'reparse',
	'edit-model': 'edit-model lakehouse_model 1 --alias candidate',
};

describe('safety', () => {
	// fix first finds out what is wrong, and says so; the others need Airflow 3. They have tests of their own.
	const others = ['fix', 'backfill', 'answer', 'materialize'];
	const changers = commands
		.filter(command => command.changes && !others.includes(command.name))
		.map(({ name }) => name);

	test.each(changers)('%s: nothing is done unasked without a terminal, nor read-only, nor in a dry run', async name => {
		const words = changing[name];
		if (words === undefined) throw new Error(`say here how ${name} is called`);
		if (name === 'start') demo.scenario.stopContainer('mlflow');
		if (name === 'unpause') demo.scenario.pauseDag(dagId);
		if (name === 'stop-run') demo.scenario.triggerRun({ pace: 600 });
		const unasked = await laketop(words);
		expect(unasked).toMatchObject({ exitCode: 2, stdout: '' });
		expect(unasked.stderr).toMatch(/needs confirmation, but stdin is not a terminal\. Pass --yes /);
		for (const readOnly of [['--read-only'], []]) {
			const environment: Record<string, string> = readOnly.length === 0 ? { LAKETOP_READ_ONLY: '1' } : {};
			const refused = await laketop([...words.split(' '), '--yes', ...readOnly], { environment });
			expect(refused).toMatchObject({ exitCode: 4, stdout: '' });
			expect(refused.stderr).toMatch(/is disabled in read-only mode/);
		}
		const dry = await laketop(`${words} --dry-run --read-only`);
		expect(dry).toMatchObject({ exitCode: 0, stderr: '' });
		expect(dry.stdout).toMatch(/Equivalent command:\n(docker|curl) .*\nNothing was changed\.\n$/s);
		const planned = documentOf(documents.change, (await laketop(`${words} --dry-run --json`)).stdout);
		expect(planned).toMatchObject({ command: name, outcome: 'planned', exit_code: 0 });
		expect(planned.targets.length).toBeGreaterThan(0);
		// A dry run of Airflow's own is how clear learns what it would touch.
		expect(changes('airflow').filter(([what]) => !/clearTaskInstances/.test(what))).toEqual([]);
		expect(changes('docker')).toEqual([]);
		expect(changes('mlflow')).toEqual([]);
		expect(() => readFileSync(join(folder, 'laketop/audit.jsonl'))).toThrow(/ENOENT/);
	});

	test('on a terminal it asks, naming what it touches; only y is a yes', async () => {
		for (const input of ['n\n', '\n', 'yup\n', '']) {
			const ran = await laketop('restart mlflow', { input });
			expect(ran, input).toMatchObject({ exitCode: 4, stdout: '' });
			expect(ran.stderr).toMatch(/^- Stops container mlflow \(\S+\)/);
			expect(ran.stderr).toMatch(/Equivalent command: docker -H unix:\S+ restart mlflow\nRestart mlflow\? \[y\/N\] /);
			expect(ran.stderr).toMatch(/laketop: restart: nothing was changed\n$/);
		}
		expect(changes('docker')).toEqual([]);
		const ran = await laketop('restart mlflow', { input: 'y\n' });
		expect(ran).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Restart mlflow: restarted in /) });
	});

	test('what was done is recorded: who, what, how it ended; no conf', async () => {
		await laketop(['trigger', '--yes', '--conf', '{"rows": 7000}', '--run-id', 'mine']);
		await laketop('restart mlflow --yes');
		const line = z.object({ user: z.string(), by: z.literal('command'), action: z.string(), event: z.string() });
		const text = readFileSync(join(folder, 'laketop/audit.jsonl'), 'utf8');
		const lines = text
			.trimEnd()
			.split('\n')
			.map(one => line.parse(JSON.parse(one)));
		expect(lines.map(({ action, event }) => `${action} ${event}`)).toEqual([
			'trigger started',
			'trigger done',
			'restart started',
			'restart done',
		]);
		expect(text).toContain('DAG run ml_pipeline_end_to_end/mine');
		expect(text).not.toContain('rows');
	});

	test('an action that cannot be recorded is not begun', async () => {
		writeFileSync(join(folder, 'laketop'), 'a file where a folder should be');
		const ran = await laketop('restart mlflow --yes');
		expect(ran.exitCode).toBe(1);
		expect(ran.stderr).toMatch(/Not started: the audit file cannot be written/);
		expect(changes('docker')).toEqual([]);
	});
});

describe('trigger', () => {
	test('starts a run of the id given, with the conf given; the same id again is refused', async () => {
		const ran = await laketop(['trigger', '--yes', '--run-id', 'mine', '--conf', '{"rows": 7000}', '--json']);
		expect(ran.exitCode).toBe(0);
		expect(documentOf(documents.change, ran.stdout)).toMatchObject({
			action: 'trigger',
			outcome: 'done',
			targets: [`DAG run ${dagId}/mine`],
			run: null,
		});
		expect((await runs('--limit', '1'))[0]).toMatchObject({ dag_run_id: 'mine', conf: { rows: 7000 } });
		expect(await laketop('trigger --yes --run-id mine')).toMatchObject({
			exitCode: 4,
			stderr: expect.stringMatching(/already has a DAG run mine/),
		});
		expect((await runs()).filter(run => run.dag_run_id === 'mine')).toHaveLength(1);
	});

	test('the conf comes from a file or from a pipe', async () => {
		const path = join(folder, 'conf.json');
		writeFileSync(path, '{"rows": 8000}');
		await laketop(['trigger', '--yes', '--run-id', 'from-file', '--conf', `@${path}`]);
		await laketop(['trigger', '--yes', '--run-id', 'from-pipe', '--conf', '-'], {
			input: '{"rows": 9000}',
			piped: true,
		});
		const found = await runs('--limit', '2');
		expect(Object.fromEntries(found.map(run => [run.dag_run_id, run.conf]))).toEqual({
			'from-file': { rows: 8000 },
			'from-pipe': { rows: 9000 },
		});
		expect((await laketop('trigger --yes --conf @/nonexistent.json')).stderr).toMatch(
			/--conf @\/nonexistent\.json: cannot read the file/,
		);
		expect((await laketop('trigger --conf -')).exitCode).toBe(2);
	});

	test.each([
		['[1]', /JSON object/],
		['{nonsense', /conf/i],
	])('the conf %s is refused before anything is sent', async (conf, words) => {
		const ran = await laketop(['trigger', '--yes', '--conf', conf]);
		expect(ran.exitCode).toBe(2);
		expect(ran.stderr).toMatch(words);
		expect(changes('airflow')).toEqual([]);
	});

	test('--wait: a line for each change of a task, and the exit code of the run', async () => {
		await hasten();
		const ran = await laketop(['trigger', '--yes', '--wait', '--run-id', 'mine', '--conf', '{}']);
		expect(ran.exitCode).toBe(0);
		const said = ran.stderr.trimEnd().split('\n');
		expect(said.filter(line => / success/.test(line)).map(line => line.split(':')[0])).toEqual([
			'raw_to_bronze',
			'bronze_to_silver',
			'silver_to_gold',
			'feature_engineering',
			'model_training',
			'model_evaluation',
			'model_registry',
		]);
		expect(new Set(said).size).toBe(said.length);
		expect(ran.stdout).toMatch(/^Trigger \S+: mine is (queued|running)\nmine: success after \d:\d\d\n$/);
	});

	test('--wait on a terminal redraws one line, and removes it', async () => {
		await hasten(8);
		const ran = await laketop(['trigger', '--wait', '--run-id', 'mine', '--conf', '{}'], { input: 'y\n' });
		expect(ran.exitCode).toBe(0);
		const drawn = ran.stderr.replaceAll(/\u001B\[[\d;]*m/g, '').split('\r\u001B[K');
		expect(drawn.some(line => /^● running █*░+ [0-6]\/7( \w+)? {2}\d:\d\d, usually \d:\d\d$/.test(line))).toBe(true);
		expect(ran.stderr.endsWith('\r\u001B[K')).toBe(true);
	});

	test('--wait: 1 when the run fails, with the reason', async () => {
		await hasten();
		const conf = '{"fail_at": "raw_to_bronze", "fail_times": 9}';
		const ran = await laketop(['trigger', '--yes', '--wait', '--run-id', 'mine', '--conf', conf, '--json']);
		expect(ran.exitCode).toBe(1);
		const document = documentOf(documents.change, ran.stdout);
		expect(document).toMatchObject({ outcome: 'done', exit_code: 1, run: { dag_run_id: 'mine', state: 'failed' } });
		expect(document.message).toMatch(/^mine: failed after \S+: raw_to_bronze: .*(Failure|Error)/);
	});

	test('--timeout ends the waiting, and Ctrl-C too; the run goes on', async () => {
		const timed = await laketop([
			'trigger',
			'--yes',
			'--wait',
			'--timeout',
			'1',
			'--run-id',
			'one',
			'--conf',
			'{"pace": 600}',
		]);
		expect(timed.exitCode).toBe(3);
		expect(timed.stderr).toMatch(/timed out after 0:01: one is (queued|running) and continues/);
		expect((await laketop('trigger --yes --timeout 5')).exitCode).toBe(2);
		const interrupt = new AbortController();
		const ran = await laketop(['trigger', '--yes', '--wait', '--run-id', 'two', '--conf', '{"pace": 600}'], {
			signal: interrupt.signal,
			onOutput: () => interrupt.abort(130),
		});
		expect(ran.exitCode).toBe(130);
		expect(ran.stderr).toMatch(/stopped waiting; two continues/);
		expect((await runs('--limit', '2')).every(({ state }) => state === 'running' || state === 'queued')).toBe(true);
	});

	test('2 for a DAG that does not exist, 3 without Airflow, 4 with a wrong password', async () => {
		expect(await laketop('trigger nowhere --yes')).toMatchObject({
			exitCode: 2,
			stderr: expect.stringMatching(/no DAG nowhere/),
		});
		demo.scenario.setPassword('another');
		demo.scenario.expireSessions();
		expect((await laketop('trigger --yes')).exitCode).toBe(4);
		await demo.scenario.takeDown('airflow');
		expect((await laketop('trigger --yes')).exitCode).toBe(3);
	});
});

describe('DAGs and runs', () => {
	test('pause and unpause; an unchanged state is OK', async () => {
		expect((await laketop(`pause ${dagId} --yes`)).stdout).toMatch(/is paused\n$/);
		expect(await laketop(`pause ${dagId} --yes`)).toMatchObject({
			exitCode: 0,
			stdout: expect.stringMatching(/already paused/),
			stderr: '',
		});
		expect((await laketop(`unpause ${dagId} --yes`)).exitCode).toBe(0);
		expect((await laketop('pause nowhere --yes')).exitCode).toBe(2);
	});

	test('clear: what failed, or what is named and follows; the list comes from Airflow', async () => {
		await hasten();
		const [before] = await runs('--limit', '1');
		const runId = demo.scenario.triggerRun({ fail_at: 'silver_to_gold', fail_times: 1 });
		const nothing = await laketop(['clear', '--run', before?.dag_run_id ?? '', '--yes']);
		expect(nothing).toMatchObject({
			exitCode: 0,
			stdout: expect.stringMatching(/^Nothing to clear: .* has no failed tasks/),
		});
		await vi.waitFor(async () => expect((await tasks(runId))[0]?.state).toBe('success'), { ...soon, interval: 200 });
		const some = await laketop(`clear --run ${runId} --task raw_to_bronze --downstream --dry-run`);
		expect(some.stdout).toMatch(/Runs 7 tasks of \S+ again: .*raw_to_bronze/);
		const one = await laketop(`clear --run ${runId} --task raw_to_bronze --yes`);
		expect(one).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/1 task cleared/) });
		expect((await laketop('clear --run nowhere --yes')).stderr).toMatch(/has no DAG run nowhere/);
	});

	test.each([
		['', 30],
		[', also one that has ended again before it is looked at', 200],
	])('clear --wait: the run goes on to its end%s', async (_, speed) => {
		await hasten(speed);
		const runId = demo.scenario.triggerRun();
		await vi.waitFor(async () => expect((await runs('--limit', '1'))[0]?.state).toBe('success'), {
			...soon,
			interval: 200,
		});
		const ran = await laketop(`clear --run ${runId} --task model_registry --yes --wait`);
		expect(ran.exitCode).toBe(0);
		expect(ran.stdout).toMatch(new RegExp(`${runId.replaceAll('+', '\\+')}: success after`));
		// Only the cleared one is reported, and not with its earlier state.
		expect(ran.stderr.split('\n').map(line => line.split(':')[0])).not.toContain('raw_to_bronze');
		expect(ran.stderr).toMatch(/model_registry: success after \d:\d\d \(try 2\)/);
	});

	test('mark a run or a task; stop a run; a run that has ended is not stopped', async () => {
		const runId = demo.scenario.triggerRun({ pace: 600 });
		expect((await laketop(`mark --run ${runId} --task raw_to_bronze --state success --yes`)).exitCode).toBe(0);
		expect((await tasks(runId)).find(({ task_id }) => task_id === 'raw_to_bronze')?.state).toBe('success');
		expect((await laketop('stop-run --run newest --yes')).exitCode).toBe(0);
		expect((await runs('--limit', '1'))[0]).toMatchObject({ dag_run_id: runId, state: 'failed' });
		const again = await laketop(`stop-run --run ${runId} --yes`);
		expect(again).toMatchObject({ exitCode: 4, stderr: expect.stringMatching(/has already finished \(failed\)/) });
		expect((await laketop(`mark --run ${runId} --state success --yes`)).exitCode).toBe(0);
		expect((await laketop(`mark --run ${runId} --state skipped --yes`)).exitCode).toBe(2);
	});

	test('a note is set and removed', async () => {
		expect((await laketop(['note', '--run', 'newest', '--text', 'disk was full 한글', '--yes'])).exitCode).toBe(0);
		expect((await runs('--limit', '1'))[0]?.note).toBe('disk was full 한글');
		expect((await laketop('note --run newest --remove --yes')).exitCode).toBe(0);
		expect((await runs('--limit', '1'))[0]?.note ?? '').toBe('');
		expect((await laketop('note --run newest --yes')).exitCode).toBe(2);
	});

	test('the source of a DAG', async () => {
		const ran = await laketop('source');
		expect(ran.stdout).toContain(dagId);
		expect(documentOf(documents.source, (await laketop('source --json')).stdout).source).toBe(ran.stdout);
		expect((await laketop('source nowhere')).exitCode).toBe(2);
	});
});

describe("the scheduler's Python on a DAG's file", () => {
	test('0 where it imports, 1 with what Python says where it does not', async () => {
		expect(await laketop('try')).toMatchObject({
			exitCode: 0,
			stdout: '',
			stderr: expect.stringMatching(/ml_pipeline_dag\.py: Imported without errors in \d/),
		});
		demo.scenario.addImportError('ml_pipeline_dag.py', 'Traceback (most recent call last):\nNameError: name pi\n');
		const ran = await laketop('try --json dags/ml_pipeline_dag.py');
		expect(ran.exitCode).toBe(1);
		expect(documentOf(documents.trial, ran.stdout)).toMatchObject({
			container: 'airflow-scheduler',
			file: '/opt/airflow/dags/ml_pipeline_dag.py',
			program_exit_code: 1,
			lines: ['Traceback (most recent call last):', 'NameError: name pi'],
		});
		expect(await laketop('try')).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/Import failed/) });
	});

	test('missing programs and containers are reported', async () => {
		expect(await laketop('try nowhere')).toMatchObject({
			exitCode: 2,
			stderr: expect.stringMatching(/no DAG nowhere.*laketop try dags\/FILE\.py/),
		});
		expect(await laketop('try dags/nowhere.py')).toMatchObject({
			exitCode: 2,
			stderr: expect.stringMatching(/no file \/opt\/airflow\/dags\/nowhere\.py in airflow-scheduler/),
		});
		demo.scenario.stopContainer('airflow-scheduler');
		expect(await laketop('try dags/ml_pipeline_dag.py')).toMatchObject({
			exitCode: 2,
			stderr: expect.stringMatching(/airflow-scheduler is not running \(exited\)/),
		});
	});
});

describe('containers', () => {
	const state = async (name: string) =>
		documentOf(documents.services, (await laketop(['services', name, '--json'])).stdout).services[0]?.state;

	test('stop, start, kill, restart', async () => {
		expect((await laketop('stop mlflow --yes')).exitCode).toBe(0);
		expect(await state('mlflow')).toBe('exited');
		expect(await laketop('stop mlflow --yes')).toMatchObject({
			exitCode: 0,
			stdout: 'mlflow: not running\n',
		});
		expect((await laketop('start mlflow --yes')).exitCode).toBe(0);
		const again = await laketop('start mlflow --yes --json');
		expect(documentOf(documents.change, again.stdout)).toMatchObject({
			outcome: 'done',
			exit_code: 0,
			message: 'mlflow: already running',
		});
		expect(await state('mlflow')).toBe('running');
		expect((await laketop('kill mlflow --yes')).exitCode).toBe(0);
		expect(await state('mlflow')).toBe('exited');
		const both = await laketop('restart mlflow airflow-redis --yes --json');
		expect(documentOf(documents.change, both.stdout)).toMatchObject({
			outcome: 'done',
			targets: ['container mlflow', 'container airflow-redis'],
		});
		expect(both.stderr).toMatch(/1 of 2: mlflow/);
		expect((await laketop('restart mlflw --yes')).stderr).toMatch(/did you mean mlflow\?/);
	});

	test('restart --wait: until it is healthy', async () => {
		const ran = await laketop('restart airflow-redis --yes --wait');
		expect(ran.exitCode).toBe(0);
		expect(ran.stderr).toMatch(/airflow-redis: starting\nairflow-redis: healthy\n/);
		expect(ran.stdout).toMatch(/\nhealthy after 0:\d\d\n$/);
	});

	test('top, inspect, df', async () => {
		const processes = documentOf(documents.processes, (await laketop('top airflow-worker --json')).stdout);
		expect(processes.processes.length).toBeGreaterThan(0);
		expect((await laketop('top airflow-worker')).stdout.split('\n')[0]).toMatch(/PID/);
		const inspection = documentOf(documents.inspection, (await laketop('inspect airflow-worker --json')).stdout);
		expect(inspection).toMatchObject({ container: 'airflow-worker', state: 'running' });
		expect((await laketop('inspect airflow-worker')).stdout).toContain('/opt/airflow/dags');
		const usage = documentOf(documents['disk-usage'], (await laketop('df --json')).stdout);
		expect(usage.totals.map(({ kind }) => kind)).toEqual(['images', 'containers', 'volumes', 'build cache']);
		expect(usage.share?.volumes_bytes).toBeGreaterThan(0);
		expect((await laketop('df')).stdout).toMatch(/^images +\d+/m);
		demo.scenario.stopContainer('mlflow');
		expect((await laketop('top mlflow')).exitCode).not.toBe(0);
		expect((await laketop('inspect nowhere')).exitCode).toBe(2);
	});
});

describe('the stack', () => {
	const state = async () => {
		const { services } = documentOf(documents.services, (await laketop('services --json')).stdout);
		return Object.fromEntries(services.map(({ name, verdict }) => [name, verdict]));
	};

	test('stop all, and up again: until all are healthy', async () => {
		await hasten();
		const stopped = await laketop('stop --yes');
		expect(stopped).toMatchObject({
			exitCode: 0,
			stdout: expect.stringMatching(/^Stop the stack: 6 containers stopped\n$/),
		});
		expect(Object.values(await state()).every(verdict => verdict === 'down')).toBe(true);
		expect(await laketop('stop --yes')).toMatchObject({
			exitCode: 0,
			stdout: expect.stringMatching(/already stopped/),
		});
		const up = await laketop('up --yes');
		expect(up).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/6 services up and healthy/) });
		// What Compose says comes as it says it, apart from the output.
		expect(up.stderr).toMatch(/Container airflow-postgres {2}Start/);
		expect(Object.values(await state()).every(verdict => verdict === 'up')).toBe(true);
	});

	test('up of one service; one that the file does not have', async () => {
		await hasten();
		demo.scenario.stopContainer('airflow-worker');
		expect((await laketop('up airflow-worker --yes')).exitCode).toBe(0);
		expect((await state())['airflow-worker']).toBe('up');
		expect(await laketop('up nowhere --yes')).toMatchObject({
			exitCode: 2,
			stderr: expect.stringMatching(/no service nowhere/),
		});
	});

	test('down keeps the volumes; down --volumes wants the name of the project typed', async () => {
		await hasten();
		for (const input of ['y\n', 'yes\n', 'MLOPS\n']) {
			const ran = await laketop('down --volumes', { input });
			expect(ran.exitCode).toBe(4);
			expect(ran.stderr).toMatch(/DELETES \d volumes and all data in them: \S+ \(.*B\)/);
			expect(ran.stderr).toMatch(/Type mlops to confirm: /);
		}
		expect(Object.keys(await state())).toHaveLength(6);
		const down = await laketop('down', { input: 'y\n' });
		expect(down).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/6 containers removed/) });
		const gone = await laketop('down --volumes', { input: 'mlops\n' });
		expect(gone).toMatchObject({ exitCode: 0 });
		expect(await laketop('down --volumes --yes')).toMatchObject({ exitCode: 2 });
	});

	test('init: the database and the first user; no password on the way', async () => {
		await hasten();
		const ran = await laketop('init --yes', { environment: { LAKETOP_AIRFLOW_PASSWORD: 'a-secret' } });
		expect(ran.exitCode).toBe(0);
		expect(ran.stdout).toMatch(/^Initialise Airflow: database migrated; /);
		expect(ran.stdout + ran.stderr).not.toContain('a-secret');
		expect(ran.stderr).toMatch(/airflow db migrate/);
	});

	test('reparse: the scheduler is restarted, and has read the file', async () => {
		await hasten();
		const ran = await laketop('reparse --yes');
		expect(ran).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/was parsed at \d\d:\d\d:\d\d UTC/) });
		expect((await laketop('reparse nowhere --yes')).exitCode).toBe(2);
	});

	test('exec: output, errors, input and exit code of the command; recorded; refused in read-only mode', async () => {
		const ran = await laketop(['exec', 'airflow-worker', 'sh', '-c', 'echo --hello; nonsense; exit 3']);
		expect(ran).toMatchObject({ exitCode: 3, stdout: '--hello\n', stderr: 'bash: nonsense: command not found\n' });
		const typed = await laketop('exec airflow-worker cat', { input: 'one\ntwo 한글\n', piped: true });
		expect(typed).toMatchObject({ exitCode: 0, stdout: 'one\ntwo 한글\n' });
		expect(readFileSync(join(folder, 'laketop/audit.jsonl'), 'utf8')).toMatch(/"action":"exec".*"program sh"/);
		expect((await laketop('--read-only exec airflow-worker date')).exitCode).toBe(4);
		expect((await laketop('exec nowhere date')).exitCode).toBe(2);
	});
});
