import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Output, OutputClosed } from '../../source/command-line/context/io.ts';
import { documents } from '../../source/command-line/json/documents.ts';
import { parseCommandLine } from '../../source/commands/parse.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { addressesOf, documentOf, type Ran, type RunOptions, runLaketop } from './harness.ts';

/**
 * What scripts depend on: a failed write is reported, an empty value is not taken for another, an unknown name is no
 * success.
 */

let demo: DemoStack;
beforeEach(async () => {
	demo = await startDemo({ autonomous: false });
});
afterEach(() => demo.close());
const laketop = (words: string | readonly string[], options: RunOptions = {}): Promise<Ran> =>
	runLaketop([...(typeof words === 'string' ? words.split(' ') : words), ...addressesOf(demo)], options);

describe('an output that fails', () => {
	const failing = (code: string) =>
		new Writable({
			write(_chunk, _encoding, done) {
				done(Object.assign(new Error(`${code}: it failed`), { code }));
			},
		});

	test('a reader that has gone is no failure; a full disk is one, at the latest at the end', async () => {
		const gone = new Output(failing('EPIPE'));
		await expect(gone.write('x').then(() => gone.end())).rejects.toThrow(OutputClosed);
		expect(gone.failure).toBeNull();
		const full = new Output(failing('ENOSPC'));
		await expect(full.write('x').then(() => full.end())).rejects.toThrow(/ENOSPC/);
		expect(full.failure?.text[0]).toBe('no space left on the disk');
	});
});

describe('logs', () => {
	beforeEach(() => {
		for (let line = 0; line < 500; line++)
			demo.scenario.emitLog('mlflow', line % 10 === 0 ? `wanted ${line}` : `other ${line}`);
	});

	test('what is looked for is looked for in all of the log', async () => {
		const ran = await laketop('logs mlflow --grep wanted');
		expect(ran.stdout.trim().split('\n')).toHaveLength(50);
	});

	test('--tail counts what was found, with what is around it', async () => {
		const few = await laketop('logs mlflow --grep wanted --tail 3');
		expect(few.stdout).toBe('wanted 470\nwanted 480\nwanted 490\n');
		const around = await laketop('logs mlflow --grep wanted --before 1 --after 1 --tail 2');
		expect(around.stdout).toBe('other 479\nwanted 480\nother 481\n--\nother 489\nwanted 490\nother 491\n');
		expect((await laketop('logs mlflow --grep wanted --tail 0')).stdout).toBe('');
		const json = await laketop('logs mlflow --grep wanted --tail 2 --json');
		expect(
			json.stdout
				.trim()
				.split('\n')
				.map(line => JSON.parse(line).text),
		).toEqual(['wanted 480', 'wanted 490']);
		const plain = await laketop('logs mlflow --tail 2');
		expect(plain.stdout).toBe('other 498\nother 499\n');
	});
});

test.each([
	['trigger --yes --conf -', /--conf -: the conf is empty/],
	['trigger --yes --conf @/dev/null', /--conf @\/dev\/null: .* is a device, not a regular file/],
	[['trigger', '--yes', '--run-id', 'a/b c'], /invalid run ID "a\/b c": Airflow allows/],
	['tasks --run nowhere', /has no DAG run nowhere. Run laketop runs /],
	['logs --task raw_to_bronze --run newest --try 5', /has had 1 try so far/],
	['metrics --experiment nowhere', /MLflow has no experiment nowhere/],
	['metrics --experiment lakehouse_ml_pipelin', /did you mean lakehouse_ml_pipeline\?/],
] as const)('%s: 2', async (words, why) => {
	const ran = await laketop(words, { input: '', piped: true });
	expect(ran).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(why) });
});

test('newest is a run everywhere', async () => {
	const newest = documentOf(documents.tasks, (await laketop('tasks --run newest --json')).stdout);
	expect(newest).toEqual({ ...documentOf(documents.tasks, (await laketop('tasks --json')).stdout), at: newest.at });
});

test('a project of which nothing is there is not up', async () => {
	expect(await laketop('services --project nowhere')).toMatchObject({ exitCode: 1 });
});

test('a conf with a byte order mark is read as what it says', async () => {
	const path = `${demo.auditFile}.conf.json`;
	writeFileSync(path, '\uFEFF{"rows": 5000}');
	const ran = await laketop(['trigger', '--dry-run', '--conf', `@${path}`]);
	expect(ran).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/with conf \{"rows":5000\}/) });
});

test('a variable that is misspelled is named', async () => {
	const ran = await laketop('services', { environment: { LAKETOP_READONLY: '1' } });
	expect(ran.stderr).toMatch(/unknown variable LAKETOP_READONLY.*LAKETOP_READ_ONLY/);
});

test.each(['0', '0s', '999999999999', '365d'])('--watch %s is no interval', async interval => {
	await expect(parseCommandLine(['status', `--watch=${interval}`])).rejects.toThrow(/more than 0, at most 24 days/);
});

test('an address that is mistyped is not blamed on the container', async () => {
	const addresses = addressesOf(demo);
	const at = addresses.indexOf('--airflow-url');
	const wrong = [...addresses.slice(0, at), '--airflow-url', 'http://localhost:1', ...addresses.slice(at + 2)];
	const ran = await runLaketop(['doctor', '--json', ...wrong]);
	const found = documentOf(documents.doctor, ran.stdout).findings.find(({ rule }) => rule === 'page unreachable');
	expect(found).toMatchObject({ cause_key: 'page.address.cause' });
	expect(found?.cause).toMatch(/http:\/\/localhost:1 is wrong: airflow-webserver is published at/);
	expect(found?.fixes.some(({ can_fix: canMend }) => canMend)).toBe(false);
});

test('only DAG files are tried', async () => {
	for (const path of ['/etc/x.py', '../../tmp/x.py', '/opt/airflow/dags/../x.py']) {
		const ran = await laketop(['--read-only', 'try', path]);
		expect(ran, path).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/only DAG files can be tried/) });
	}
	expect(demo.scenario.requests('docker', '/v1.41/exec')).toBe(0);
});

test('an option that holds a control sequence is shown without it', async () => {
	const words = ['config', '--docker-host', 'unix:///nonexistent.sock', '--dag', 'a\x9d0;t\x9cb\x1b[2J'];
	const { stdout } = await runLaketop(words, { columns: 120 });
	expect(stdout).toContain('flag --dag');
	expect(stdout).not.toMatch(/[\x80-\x9f]|\x1b\[2J|\x1b\]/);
});

test('config of a demo shows the engine of the demo, not the one of this machine', { timeout: 60_000 }, async () => {
	const ran = await runLaketop(['--demo', 'config', '--json'], {
		environment: { DOCKER_HOST: 'tcp://production:2375' },
	});
	const { values } = documentOf(documents.config, ran.stdout);
	expect(values.find(({ key }) => key === 'docker_host')).toMatchObject({
		value: expect.stringMatching(/^unix:.*laketop-demo-/),
		source: 'demo',
	});
	expect(ran.stdout).not.toContain('production');
});

test.each([
	['text/html', '<html>login</html>'],
	['application/json', '{"data": []}'],
])(
	'an answer that breaks the protocol (%s) is exit code 3 in every command',
	{ timeout: 240_000 },
	async (type, body) => {
		const server = createServer((_request, response) => {
			response.setHeader('content-type', type);
			response.end(body);
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const address = server.address();
		const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
		const addresses = ['--docker-host', demo.dockerHost, '--airflow-url', url, '--mlflow-url', url];
		for (const words of ['dags', 'models', 'metrics']) {
			const ran = await runLaketop([words, ...addresses], { compose: demo.compose });
			expect([words, ran.exitCode]).toEqual([words, 3]);
		}
		server.close();
	},
);

test('a demo says which flags it ignores, and takes the others', { timeout: 60_000 }, async () => {
	const ran = await runLaketop(['config', '--demo', '--project', 'shop', '--experiment', 'mine', '--json']);
	expect(ran.stderr).toBe('laketop: --project is ignored: --demo runs its own stack\n');
	const { values } = documentOf(documents.config, ran.stdout);
	expect(values.find(({ key }) => key === 'experiment')?.value).toBe('mine');
});
