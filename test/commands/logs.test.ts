import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { soon } from '../patience.ts';
import { addressesOf, documentOf, type Ran, type RunOptions, runLaketop } from './harness.ts';

let demo: DemoStack;
let interrupt: AbortController;
beforeEach(async () => {
	demo = await startDemo({ autonomous: false });
	interrupt = new AbortController();
});
afterEach(async () => {
	interrupt.abort(130);
	await demo.close();
});

function laketop(words: string | string[], options: RunOptions = {}): Promise<Ran> {
	const argv = typeof words === 'string' ? words.split(' ') : words;
	return runLaketop([...argv, ...addressesOf(demo)], options);
}

const lines = (text: string) => text.split('\n').filter(line => line !== '');

/** A command that follows, and its output so far. */
function follow(words: string) {
	const seen = { stdout: '' };
	const ended = laketop(words, {
		signal: interrupt.signal,
		onOutput: text => {
			seen.stdout += text;
		},
	});
	return { seen, ended };
}

describe('logs of containers', () => {
	test('one: its unchanged lines; the last N; matching ones', async () => {
		for (const number of [1, 2, 3]) demo.scenario.emitLog('mlflow', `numbered ${number}`);
		const all = await laketop('logs mlflow');
		expect(all).toMatchObject({ exitCode: 0, stderr: '' });
		expect(lines(all.stdout).slice(-3)).toEqual(['numbered 1', 'numbered 2', 'numbered 3']);
		expect((await laketop('logs mlflow --tail 1')).stdout).toBe('numbered 3\n');
		expect((await laketop('logs mlflow --tail 0')).stdout).toBe('');
		expect((await laketop(['logs', 'mlflow', '--grep', 'numbered [13]$'])).stdout).toBe('numbered 1\nnumbered 3\n');
		expect((await laketop(['logs', 'mlflow', '--grep', 'numbered [2]$', '-A', '1'])).stdout).toBe(
			'numbered 2\nnumbered 3\n',
		);
		expect((await laketop('logs mlflow --tail 1 --timestamps')).stdout).toMatch(/^\d{4}-\S+Z numbered 3\n$/);
	});

	test('a container whose driver keeps no logs is named with the reason, and the others are printed', async () => {
		demo.scenario.setLogDriver('airflow-redis', 'none');
		demo.scenario.emitLog('mlflow', 'numbered 1');
		const ran = await laketop('logs mlflow airflow-redis --tail 1');
		expect(ran.stdout).toBe('mlflow        | numbered 1\n');
		expect(ran.stderr).toMatch(/^laketop: airflow-redis: log driver none keeps no logs\./);
		expect(ran.exitCode).toBe(4);
		demo.scenario.setLogDriver('airflow-redis', 'syslog');
		expect((await laketop('logs airflow-redis')).stderr).toMatch(
			/airflow-redis: log driver syslog does not support reading/,
		);
	});

	test('one that is removed between the list and its log takes no other down', async () => {
		demo.scenario.emitLog('mlflow', 'numbered 1');
		demo.scenario.failNext('docker', 404, { message: 'No such container: x' }, /\/logs/);
		const ran = await laketop('logs mlflow airflow-redis --tail 1');
		expect(ran.exitCode).toBe(2);
		expect(ran.stderr).toMatch(/^laketop: (mlflow|airflow-redis): Docker at \S+: No such container: x\./);
		expect(lines(ran.stdout)).toHaveLength(1);
	});

	test('followed beside one without a log: it is named, and the exit code says so', async () => {
		demo.scenario.setLogDriver('airflow-redis', 'none');
		const { seen, ended } = follow('logs -f mlflow airflow-redis --tail 1');
		await vi.waitFor(() => expect(demo.scenario.openStreams().logs).toBe(1), soon);
		demo.scenario.emitLog('mlflow', 'numbered 1');
		await vi.waitFor(() => expect(seen.stdout).toContain('numbered 1'), soon);
		interrupt.abort(130);
		expect((await ended).stderr).toMatch(/airflow-redis: log driver none keeps no logs/);
		expect(await laketop('logs -f airflow-redis')).toMatchObject({ exitCode: 4, stdout: '' });
	});

	test('several: in the order of their time, each behind its name', async () => {
		// Lines of the same millisecond do not change the order of later ones.
		for (let line = 0; line < 9; line++) demo.scenario.emitLog('airflow-worker', 'before');
		demo.scenario.emitLog('mlflow', 'ordered 1');
		demo.scenario.emitLog('airflow-worker', 'ordered 2');
		demo.scenario.emitLog('mlflow', 'ordered 3');
		const ran = await laketop('logs mlflow airflow-worker --grep ^ordered');
		expect(lines(ran.stdout)).toEqual([
			'mlflow         | ordered 1',
			'airflow-worker | ordered 2',
			'mlflow         | ordered 3',
		]);
		// Without names: the stack, not the lakehouse beside it.
		const all = await laketop('logs --tail 1');
		expect(all.stdout).toContain('airflow-redis');
		expect(all.stdout).not.toContain('trino');
	});

	test('--json: one document a line, whatever the line holds', async () => {
		demo.scenario.emitLog('mlflow', 'evil \u001B]0;owned\u0007 한글 "quoted"', 'stderr');
		const ran = await laketop('logs mlflow --tail 1 --json');
		const [line = ''] = lines(ran.stdout);
		expect(documentOf(documents['log-line'], line)).toMatchObject({
			container: 'mlflow',
			channel: 'stderr',
			text: 'evil  한글 "quoted"',
			task: null,
		});
	});

	test('-f goes on over a cut and a restart, without a line lost or doubled; Ctrl-C ends it: 130', async () => {
		demo.scenario.emitLog('mlflow', 'numbered 1');
		const { seen, ended } = follow('logs mlflow -f --grep ^numbered');
		const expectLines = (...numbers: number[]) =>
			vi.waitFor(() => expect(lines(seen.stdout)).toEqual(numbers.map(number => `numbered ${number}`)), soon);
		await expectLines(1);
		demo.scenario.emitLog('mlflow', 'numbered 2');
		await expectLines(1, 2);
		demo.scenario.cutLogStreams();
		demo.scenario.emitLog('mlflow', 'numbered 3');
		await expectLines(1, 2, 3);
		demo.scenario.restartContainer('mlflow');
		demo.scenario.emitLog('mlflow', 'numbered 4');
		await expectLines(1, 2, 3, 4);
		demo.scenario.recreateContainer('mlflow');
		demo.scenario.emitLog('mlflow', 'numbered 5');
		await expectLines(1, 2, 3, 4, 5);
		interrupt.abort(130);
		const ran = await ended;
		expect(ran.exitCode).toBe(130);
		expect(ran.stderr).toMatch(/mlflow was recreated/);
	});

	test('-f waits for a stopped container to start', async () => {
		const { seen, ended } = follow('logs mlflow -f --tail 0');
		await vi.waitFor(() => expect(demo.scenario.openStreams().logs).toBe(1), soon);
		demo.scenario.stopContainer('mlflow');
		await vi.waitFor(() => expect(demo.scenario.openStreams().logs).toBe(0), soon);
		demo.scenario.startContainer('mlflow');
		await vi.waitFor(() => expect(demo.scenario.openStreams().logs).toBe(1), soon);
		demo.scenario.emitLog('mlflow', 'back again');
		await vi.waitFor(() => expect(seen.stdout).toContain('back again\n'), soon);
		interrupt.abort(130);
		await ended;
	});

	test('a slow reader is waited for: nothing is lost, and little waits', async () => {
		const numbers = Array.from({ length: 15_000 }, (_, index) => `numbered ${index}`);
		demo.scenario.emitLog('mlflow', numbers.join('\n'));
		const ran = await laketop('logs mlflow --tail 15000', { readsSlowly: true });
		expect(lines(ran.stdout)).toEqual(numbers);
		// One batch of what was read at a time; all of it would be more than 200 kB.
		expect(ran.backlog).toBeLessThan(100_000);
	});

	test('a level, what is left out, and lines around what is found', async () => {
		for (const text of [
			'INFO: fine',
			'before it',
			'ERROR: broken',
			'Traceback (most recent call last):',
			'  File "x.py", line 1',
			'ValueError: found',
			'after it',
			'far away',
			'ERROR: ignored',
		])
			demo.scenario.emitLog('mlflow', text);
		const errors = await laketop('logs mlflow --tail 9 -l error');
		expect(lines(errors.stdout)).toEqual([
			'ERROR: broken',
			'Traceback (most recent call last):',
			'  File "x.py", line 1',
			'ValueError: found',
			'ERROR: ignored',
		]);
		const around = await laketop(['logs', 'mlflow', '--tail', '9', '-g', 'broken|ignored', '-C', '1']);
		expect(lines(around.stdout)).toEqual([
			'before it',
			'ERROR: broken',
			'Traceback (most recent call last):',
			'--',
			'far away',
			'ERROR: ignored',
		]);
		const some = await laketop('logs mlflow --tail 9 -l error --exclude ignored -g ERROR -A 1');
		expect(lines(some.stdout)).toEqual(['ERROR: broken', 'Traceback (most recent call last):']);
		const [document = ''] = lines((await laketop('logs mlflow --tail 1 --json')).stdout);
		expect(documentOf(documents['log-line'], document)).toMatchObject({ level: 'error' });
	});

	test('2 for a service that does not exist, 3 without an engine', async () => {
		expect(await laketop('logs mlflw')).toMatchObject({
			exitCode: 2,
			stdout: '',
			stderr: expect.stringMatching(/no service mlflw; did you mean mlflow\?/),
		});
		await demo.scenario.takeDown('docker');
		expect((await laketop('logs mlflow')).exitCode).toBe(3);
	});

	test('options of the one kind are refused with the other', async () => {
		expect((await laketop('logs --try 1')).stderr).toMatch(/--try requires --task/);
		expect((await laketop('logs mlflow --task x')).stderr).toMatch(/SERVICE cannot be combined with --task or --run/);
		expect((await laketop('logs --since 5m --task x')).exitCode).toBe(2);
	});
});

describe('the log of a task', () => {
	test('of the newest run and try; the last N lines; as documents', async () => {
		const ran = await laketop('logs --task raw_to_bronze');
		expect(ran.exitCode).toBe(0);
		expect(ran.stdout).toMatch(/Marking task as SUCCESS/);
		const last = await laketop('logs --task raw_to_bronze --tail 1');
		expect(lines(last.stdout)).toEqual(lines(ran.stdout).slice(-1));
		const [line = ''] = lines((await laketop('logs --task raw_to_bronze --tail 1 --json')).stdout);
		expect(documentOf(documents['log-line'], line)).toMatchObject({
			container: null,
			task: { task_id: 'raw_to_bronze', try_number: 1 },
		});
	});

	test('-f follows to the end, the retry included, each line once; 1 when it failed', async () => {
		const runId = demo.scenario.triggerRun({ fail_at: 'raw_to_bronze', pace: 2 });
		const first = laketop(`logs --task raw_to_bronze --run ${runId} --try 1 -f`, { signal: interrupt.signal });
		const ran = await laketop(`logs --task raw_to_bronze --run ${runId} -f`, { signal: interrupt.signal });
		expect(ran.exitCode).toBe(1);
		const tries = await Promise.all(
			[1, 2].map(number => laketop(`logs --task raw_to_bronze --run ${runId} --try ${number}`)),
		);
		expect(lines(ran.stdout)).toEqual(tries.flatMap(({ stdout }) => lines(stdout)));
		expect(ran.stderr).toMatch(
			/raw_to_bronze, try 1 \(from Airflow's REST API\)[\s\S]*try 1: up for retry[\s\S]*try 2/,
		);
		// With --try only that try.
		expect(lines((await first).stdout)).toEqual(lines(tries[0]?.stdout ?? ''));
	});

	test('of a whole run: all stages in the order in which they ran', async () => {
		const ran = await laketop('logs --run newest --grep Marking');
		expect(ran.exitCode).toBe(0);
		const stages = lines(ran.stdout).map(line => line.split(' ')[0]);
		expect(stages).toHaveLength(7);
		expect([stages[0], stages[6]]).toEqual(['raw_to_bronze', 'model_registry']);
		expect(ran.stdout).toMatch(/^raw_to_bronze +\| \[.*Marking task as SUCCESS/);
	});

	test('each line behind its own time', async () => {
		const ran = await laketop('logs --task raw_to_bronze --tail 1 --timestamps');
		expect(ran.stdout).toMatch(/^\d{4}-\S+Z \[\d{4}-/);
	});

	test('2 for a task, a run, a try that does not exist', async () => {
		expect((await laketop('logs --task raw_to_bronz')).stderr).toMatch(
			/no task raw_to_bronz; did you mean raw_to_bronze\?/,
		);
		expect((await laketop('logs --task raw_to_bronze --run nowhere')).exitCode).toBe(2);
		expect((await laketop('logs --task raw_to_bronze --try 9')).exitCode).toBe(2);
		expect((await laketop('logs --task raw_to_bronze --dag nowhere')).exitCode).toBe(2);
	});
});
