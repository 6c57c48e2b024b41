import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { textWidth } from '../../source/presentation/text.ts';
import { soon } from '../patience.ts';
import { addressesOf, documentOf, type Ran, type RunOptions, runLaketop } from './harness.ts';

/** Commands that change nothing, against servers that the test controls. */

let demo: DemoStack;
beforeEach(async () => {
	demo = await startDemo({ autonomous: false });
});
afterEach(() => demo.close());

function laketop(words: string, options: RunOptions = {}): Promise<Ran> {
	return runLaketop([...words.split(' '), ...addressesOf(demo)], options);
}

const six = ['airflow-postgres', 'airflow-redis', 'airflow-scheduler', 'airflow-webserver', 'airflow-worker', 'mlflow'];

/** Rows of a plain table under its header line, split into words. */
function cells(text: string, title: string): string[][] {
	const lines = text.split('\n');
	const start = lines.findIndex(line => line.startsWith(title));
	const rows = lines.slice(start + 1);
	const end = rows.indexOf('');
	return rows.slice(0, end === -1 ? undefined : end).map(line => line.split(/ {2,}/));
}

describe('status', () => {
	test('healthy: everything on plain lines, exit code 0, nothing on stderr', async () => {
		const ran = await laketop('status');
		expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
		expect(ran.stdout).toMatch(/^mlops {2}docker 20\.10\.\d+ OK {2}airflow 2\.8\.0 OK {2}mlflow 2\.9\.2 OK\n/);
		expect(cells(ran.stdout, 'SERVICE').map(([name, state]) => [name, state])).toEqual(
			six.map(name => [name, 'healthy']),
		);
		expect(ran.stdout).toMatch(
			/^ml_pipeline_end_to_end {2}scheduled__\S+ {2}success {2}started \S+Z, duration \d:\d\d$/m,
		);
		expect(ran.stdout).toMatch(/raw_to_bronze success \d:\d\d > bronze_to_silver success/);
		expect(ran.stdout).toMatch(/accuracy 0\.\d+ \(/);
		expect(ran.stdout).toMatch(/\nhealthy\n$/);
		expect(ran.stdout).not.toContain('\u001B');
	});

	test('--json fits its schema and says the same', async () => {
		const ran = await laketop('status --json');
		const status = documentOf(documents.status, ran.stdout);
		expect(status).toMatchObject({ state: 'healthy', exit_code: 0, problems: [], project: 'mlops' });
		expect(status.services.map(({ name }) => name)).toEqual(six);
		expect(status.sources.map(({ name, state }) => [name, state])).toEqual([
			['docker', 'live'],
			['airflow', 'live'],
			['mlflow', 'live'],
		]);
		expect(status.pipeline.tasks).toHaveLength(7);
		expect(status.scheduler.state).toBe('healthy');
	});

	test('a run that stands still says why, in text and in JSON, and so does laketop tasks', async () => {
		const runId = demo.scenario.triggerRun({ pace: 600 });
		await vi.waitFor(async () => {
			const status = documentOf(documents.status, (await laketop('status --json')).stdout);
			expect(status.pipeline.tasks[0]?.state).toBe('running');
		}, soon);
		demo.scenario.pauseDag('ml_pipeline_end_to_end');
		demo.scenario.setTaskState(runId, 'raw_to_bronze', 'success');
		await vi.waitFor(async () => {
			const status = documentOf(documents.status, (await laketop('status --json')).stdout);
			const waits = status.pipeline.tasks.map(({ waits_for }) => waits_for?.reason);
			expect(waits.slice(1, 3)).toEqual(['dag paused', 'upstream']);
		}, soon);
		expect((await laketop('status')).stdout).toContain('bronze_to_silver: Waiting for its DAG to be unpaused');
		const tasks = documentOf(documents.tasks, (await laketop('tasks --json')).stdout);
		expect(tasks.tasks[1]?.waits_for).toEqual({
			reason: 'dag paused',
			text: 'Waiting for its DAG to be unpaused',
			until: null,
			needs_action: true,
			airflow: [],
		});
		expect(tasks.forecast).not.toBeUndefined();
		expect((await laketop('tasks')).stdout).toMatch(/bronze_to_silver .*Waiting for its DAG to be unpaused/);
	});

	test('degraded: an exited service and an import error; what follows from one is no problem of its own', async () => {
		demo.scenario.setHealth('airflow-worker', 'unhealthy', 'no answer');
		demo.scenario.stopContainer('airflow-redis');
		demo.scenario.addImportError('/opt/airflow/dags/bad.py', 'Traceback\nSyntaxError: invalid syntax');
		const runId = demo.scenario.triggerRun({ pace: 600 });
		demo.scenario.setTaskState(runId, 'raw_to_bronze', 'failed');
		demo.scenario.setRunState(runId, 'failed');
		const ran = await laketop('status --json');
		expect(ran.exitCode).toBe(1);
		const { problems, state } = documentOf(documents.status, ran.stdout);
		expect(state).toBe('degraded');
		expect(problems).toEqual(
			expect.arrayContaining([expect.stringMatching(/^airflow-redis /), expect.stringMatching(/bad\.py/)]),
		);
		const text = await laketop('status');
		expect(text.exitCode).toBe(1);
		expect(text.stdout).toMatch(/\ndegraded: /);
	});

	test('an unreachable server: 3, and the others are still reported', async () => {
		await demo.scenario.takeDown('mlflow');
		const ran = await laketop('status');
		expect(ran.exitCode).toBe(3);
		expect(ran.stdout).toMatch(/mlflow failed\n/);
		expect(ran.stdout).toMatch(/unreachable: MLflow does not respond: .*\n +MLflow at \S+: connection refused/);
		expect(ran.stdout).toContain('airflow-worker');
	});

	test('no engine: 3, and Airflow and MLflow are still reported', async () => {
		await demo.scenario.takeDown('docker');
		const ran = await laketop('status --json');
		expect(ran.exitCode).toBe(3);
		const status = documentOf(documents.status, ran.stdout);
		expect(status.sources.map(({ state }) => state)).toEqual(['failed', 'live', 'live']);
		expect(status.sources[0]?.failure?.kind).toBe('unreachable');
	});

	test('a wrong password: 4, with what to do', async () => {
		demo.scenario.setPassword('another');
		demo.scenario.expireSessions();
		const ran = await laketop('status');
		expect(ran.exitCode).toBe(4);
		expect(ran.stdout).toMatch(/unauthorised: .*\n +Airflow .* rejects user admin.*LAKETOP_AIRFLOW_PASSWORD/);
	});

	test('a missing DAG does not make Airflow unreachable', async () => {
		const ran = await laketop('status --dag nowhere --json');
		expect(ran.exitCode).toBe(1);
		expect(documentOf(documents.status, ran.stdout)).toMatchObject({
			state: 'degraded',
			problems: [expect.stringMatching(/nowhere/)],
		});
	});

	test('on a terminal: borders that line up, symbols, colours; without colours with NO_COLOR', async () => {
		const ran = await laketop('status', { columns: 100 });
		const rows = ran.stdout.replaceAll(/\u001B\[[\d;]*m/g, '').split('\n');
		const table = rows.filter(row => /^[┌├│└]/.test(row));
		expect(table).toHaveLength(10);
		expect(new Set(table.map(textWidth)).size).toBe(1);
		expect(rows.every(row => textWidth(row) <= 100)).toBe(true);
		expect(ran.stdout).toContain('\u001B[32m ✔ healthy');
		const plain = await laketop('status', { columns: 100, environment: { NO_COLOR: '1' } });
		expect(plain.stdout).not.toMatch(/\u001B\[[0-9;]*(?:3[0-7]|9[0-7])[0-9;]*m/);
		const ascii = await laketop('status --symbols ascii', { columns: 80 });
		expect(ascii.stdout).toMatch(/^[\x20-\x7e\n\u001B]*$/);
	});

	test('--watch prints again, one JSON document a line, until it is interrupted: 130', async () => {
		const interrupt = new AbortController();
		let seen = '';
		const watching = laketop('status --watch 0.2 --json', {
			signal: interrupt.signal,
			onOutput: text => {
				seen += text;
				if (seen.split('\n').length > 3) interrupt.abort(130);
			},
		});
		const ran = await watching;
		expect(ran.exitCode).toBe(130);
		const lines = ran.stdout.trimEnd().split('\n');
		expect(lines.length).toBeGreaterThanOrEqual(3);
		for (const line of lines) documentOf(documents.status, line);
	});
});

describe('--watch', () => {
	test.each([
		'services no-such',
		'tasks no_such',
		'runs no_such',
		'tasks --run no_such',
		'models no-such',
		'metrics --experiment no-such',
		'metrics --run no_such',
	])('%s ends at once: repeating cannot find what never was there', async words => {
		const over = AbortSignal.timeout(soon.timeout);
		const ran = await laketop(`${words} --watch 0.2`, { signal: over });
		expect([over.aborted, ran.exitCode, ran.stdout]).toEqual([false, 2, '']);
		expect(ran.stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(/no[-_]such/)]);
	});

	test('an engine that does not answer is waited for', async () => {
		await demo.scenario.takeDown('docker');
		const interrupt = new AbortController();
		const ran = await laketop('services --watch 0.2', {
			signal: interrupt.signal,
			onOutput: () => interrupt.abort(130),
		});
		expect(ran.exitCode).toBe(130);
		expect(ran.stdout).toMatch(/^laketop: Docker at unix:.*no such socket/);
	});
});

describe('services', () => {
	test('the stack, with figures; --all has the lakehouse too', async () => {
		const ran = await laketop('services');
		expect(ran.exitCode).toBe(0);
		const rows = cells(ran.stdout, 'SERVICE');
		expect(rows.map(([name]) => name)).toEqual(six);
		for (const row of rows) expect(row.slice(3, 5).join(' ')).toMatch(/^\d+\.\d% [\d.]+ [KMG]iB$/);
		const all = documentOf(documents.services, (await laketop('services --all --json')).stdout);
		expect(all.services.map(({ name }) => name)).toContain('trino');
	});

	test('some by name; 1 when one is not up; 2 for one that does not exist, with the nearest', async () => {
		demo.scenario.pauseContainer('mlflow');
		const ran = await laketop('services mlflow airflow-redis');
		expect(ran.exitCode).toBe(1);
		expect(cells(ran.stdout, 'SERVICE').map(([name, state]) => [name, state])).toEqual([
			['mlflow', 'paused'],
			['airflow-redis', 'healthy'],
		]);
		const wrong = await laketop('services airflow-wrker');
		expect(wrong).toMatchObject({ exitCode: 2, stdout: '' });
		expect(wrong.stderr).toMatch(/^laketop: The stack has no service airflow-wrker; did you mean airflow-worker\? /);
	});

	test('no engine: 3, in words and as a document', async () => {
		await demo.scenario.takeDown('docker');
		const ran = await laketop('services --json');
		expect(ran.exitCode).toBe(3);
		expect(ran.stderr).toMatch(/^laketop: Docker at unix:\S+ \(--docker-host\): no such socket\. Check --docker-host/);
		expect(documentOf(documents.error, ran.stdout)).toMatchObject({
			command: 'services',
			exit_code: 3,
			error: { kind: 'unreachable' },
			is_usage: false,
		});
	});
});

describe('dags', () => {
	test('all, some, and as a document', async () => {
		const ran = await laketop('dags');
		expect(ran.exitCode).toBe(0);
		expect(cells(ran.stdout, 'DAG').map(([id]) => id)).toContain('ml_pipeline_end_to_end');
		const some = documentOf(documents.dags, (await laketop('dags MLOPS --json')).stdout);
		expect(some.dags.map(({ dag_id }) => dag_id)).toEqual(['ml_pipeline_end_to_end']);
		expect(some.dags[0]?.newest_run).toMatchObject({ state: 'success' });
		expect((await laketop('dags nosuch')).stdout).toMatch(/^DAG /);
		const order = async (by: string) =>
			documentOf(documents.dags, (await laketop(`dags --sort ${by} --json`)).stdout).dags;
		const next = (await order('next')).flatMap(dag => (dag.next_run_at ? [Date.parse(dag.next_run_at)] : []));
		expect(next).toEqual(next.toSorted((a, b) => a - b));
		const last = (await order('last')).flatMap(dag =>
			dag.newest_run?.started_at ? [Date.parse(dag.newest_run.started_at)] : [],
		);
		expect(last.length).toBeGreaterThan(1);
		expect(last).toEqual(last.toSorted((a, b) => b - a));
	});

	test('1 when a file cannot be imported, with its reason', async () => {
		demo.scenario.addImportError('/opt/airflow/dags/bad.py', 'Traceback\nSyntaxError: invalid syntax');
		const ran = await laketop('dags');
		expect(ran.exitCode).toBe(1);
		expect(ran.stdout).toContain('/opt/airflow/dags/bad.py: SyntaxError: invalid syntax');
	});

	test('only Airflow is called if its address is given', async () => {
		await laketop('dags');
		expect(demo.scenario.requests('docker')).toBe(0);
		expect(demo.scenario.requests('mlflow')).toBe(0);
	});

	test('refused: 4; unreachable: 3', async () => {
		demo.scenario.setPassword('another');
		demo.scenario.expireSessions();
		expect((await laketop('dags')).exitCode).toBe(4);
		await demo.scenario.takeDown('airflow');
		expect((await laketop('dags')).exitCode).toBe(3);
	});
});

describe('runs and tasks', () => {
	test('runs newest first, in a state, up to a number', async () => {
		const runId = demo.scenario.triggerRun({ rows: 5 });
		const document = documentOf(documents.runs, (await laketop('runs --limit 3 --json')).stdout);
		expect(document.runs).toHaveLength(3);
		expect(document.runs[0]).toMatchObject({ dag_run_id: runId, conf: { rows: 5 } });
		const failed = documentOf(documents.runs, (await laketop('runs --state failed --json')).stdout);
		expect(failed.runs.every(({ state }) => state === 'failed')).toBe(true);
		expect((await laketop('runs')).stdout).toMatch(new RegExp(`^DAG RUN .*\n${runId.replaceAll('+', '\\+')} `));
	});

	test('a running task shows its usual duration, in tasks and in their JSON', async () => {
		const runId = demo.scenario.triggerRun();
		demo.scenario.setTaskState(runId, 'raw_to_bronze', 'running');
		expect((await laketop('tasks')).stdout).toMatch(/raw_to_bronze +\S+ +\S+ +\d+:\d\d\/0:0\d/);
		const { tasks } = documentOf(documents.tasks, (await laketop('tasks --json')).stdout);
		expect(tasks[0]?.usual_ms).toBeGreaterThan(1000);
		expect(tasks[1]?.usual_ms).toBeNull();
	});

	test('tasks of the newest run in order; 1 when it failed, with the reason', async () => {
		const done = await laketop('tasks');
		expect(done.exitCode).toBe(0);
		expect(
			cells(done.stdout, 'TASK')
				.map(([task, state]) => [task, state])
				.slice(0, 2),
		).toEqual([
			['raw_to_bronze', 'success'],
			['bronze_to_silver', 'success'],
		]);
		const runId = demo.scenario.triggerRun({ fail_at: 'raw_to_bronze', pace: 0.1 });
		await vi.waitFor(
			async () =>
				expect(
					documentOf(documents.tasks, (await laketop(`tasks --run ${runId} --json`)).stdout).tasks[0]?.failure,
				).toBeTruthy(),
			{ ...soon, interval: 200 },
		);
		expect((await laketop(`tasks --run ${runId}`)).stdout).toMatch(/raw_to_bronze .*(Failure|Error)/);
		demo.scenario.setRunState(runId, 'failed');
		expect((await laketop(`tasks --run ${runId}`)).exitCode).toBe(1);
	});

	test('a run that goes on after a clear has a forecast', async () => {
		const { run } = documentOf(documents.tasks, (await laketop('tasks --json')).stdout);
		const runId = run?.dag_run_id ?? '';
		expect((await laketop(`clear --run ${runId} --task model_registry --yes`)).exitCode).toBe(0);
		await vi.waitFor(
			async () => {
				const tasks = documentOf(documents.tasks, (await laketop(`tasks --run ${runId} --json`)).stdout);
				expect(tasks.run?.state).toBe('running');
				expect(tasks.forecast?.remaining_ms).toEqual(expect.any(Number));
			},
			{ ...soon, interval: 200 },
		);
	});

	test('2 for a DAG or a run that does not exist', async () => {
		const noDag = await laketop('runs ml_pipeline_end_to_ed');
		expect(noDag).toMatchObject({ exitCode: 2, stdout: '' });
		expect(noDag.stderr).toMatch(/Airflow has no DAG ml_pipeline_end_to_ed; did you mean ml_pipeline_end_to_end\?/);
		expect((await laketop('tasks nowhere')).exitCode).toBe(2);
		expect((await laketop('tasks --run nowhere')).exitCode).toBe(2);
	});
});

describe('models and metrics', () => {
	test('models', async () => {
		const { versions } = documentOf(documents.models, (await laketop('models --json')).stdout);
		const newestFirst = versions.map(({ version }) => Number(version)).toSorted((a, b) => b - a);
		expect(versions.map(({ name, version }) => [name, Number(version)])).toEqual(
			newestFirst.map(version => ['lakehouse_model', version]),
		);
		expect(versions.filter(({ aliases }) => aliases.includes('champion'))).toHaveLength(1);
		expect(cells((await laketop('models lakehouse_model')).stdout, 'MODEL')).toHaveLength(versions.length);
		expect((await laketop('models lakehouse_modl')).stderr).toMatch(/did you mean lakehouse_model\?/);
	});

	test('the newest version against the champion, whose run is fetched', async () => {
		const { comparisons, versions } = documentOf(documents.models, (await laketop('models --json')).stdout);
		const newest = versions[0]?.version;
		const champion = versions.find(({ aliases }) => aliases.includes('champion'))?.version;
		expect(champion).not.toBe(newest);
		expect(comparisons).toMatchObject([{ model: 'lakehouse_model', champion, champion_mark: '@champion', newest }]);
		// What the pipeline notes on a version is what its run measured.
		const f1 = (version: string | undefined) => Number(versions.find(one => one.version === version)?.tags.f1_score);
		const compared = comparisons[0]?.metrics.find(({ key }) => key === 'f1_score');
		expect(compared?.champion).toBeCloseTo(f1(champion), 3);
		expect(compared?.newest).toBeCloseTo(f1(newest), 3);
		expect(comparisons[0]?.metrics.map(({ key }) => key)).toEqual(expect.arrayContaining(['accuracy', 'f1_score']));
		expect((await laketop('models')).stdout).toMatch(
			new RegExp(
				`\\nlakehouse_model v${newest} / v${champion} @champion +\\S+ +\\d\\S* +\\d\\S* +(better|worse|equal)\\n`,
			),
		);
	});

	test('metrics: the latest of each; NaN and infinities are words in JSON', async () => {
		demo.scenario.setMlflowMetric('model_registry', 'accuracy', Number.NaN);
		const { metrics } = documentOf(documents.metrics, (await laketop('metrics --json')).stdout);
		expect(metrics.find(({ key }) => key === 'accuracy')?.value).toBe('NaN');
		expect(cells((await laketop('metrics')).stdout, 'METRIC').map(([key]) => key)).toContain('f1_score');
	});

	test('metrics of a run: by name, by id, by DAG run', async () => {
		const byName = documentOf(documents.metrics, (await laketop('metrics --run model_training --json')).stdout);
		expect(byName.runs).toMatchObject([{ run_name: 'model_training', params: { layer: 'model' } }]);
		const [{ run_id = '', tags = {} } = {}] = byName.runs;
		const byId = documentOf(documents.metrics, (await laketop(`metrics --run ${run_id.slice(0, 8)} --json`)).stdout);
		expect(byId.runs).toEqual(byName.runs);
		const ofRun = documentOf(documents.metrics, (await laketop(`metrics --run ${tags.dag_run_id} --json`)).stdout);
		expect(ofRun.runs.map(({ run_name }) => run_name)).toContain('raw_to_bronze');
		expect((await laketop('metrics --run nowhere')).exitCode).toBe(2);
	});
});

test('what a server says is harmless: no control sequence gets through, wide characters keep the columns', async () => {
	const evil = '\u001B]0;owned\u0007\u001B[2J\u009B31m';
	const runId = demo.scenario.triggerRun({ pace: 600, note: `${evil}한글 메모 🙂` });
	demo.scenario.setTaskState(runId, 'raw_to_bronze', `odd${evil}상태`);
	for (const words of ['runs', 'tasks', 'status']) {
		const ran = await laketop(words, { columns: 220, environment: { NO_COLOR: '1' } });
		const text = ran.stdout.replaceAll(/\u001B\[(?:(?:0|1|4|22|24|39);?)+m/g, '');
		expect(text).not.toMatch(/[\u001B\u0007\u009B]/);
		const table = text.split('\n').filter(row => /^[┌├│└]/.test(row));
		expect(new Set(table.map(textWidth)).size, text).toBe(1);
		if (words !== 'status') expect(text).toMatch(/한글|상태/);
	}
});
