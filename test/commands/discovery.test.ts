import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { documentOf, runLaketop } from './harness.ts';

let demo: DemoStack;
beforeAll(async () => {
	demo = await startDemo({ autonomous: false });
});
afterAll(() => demo.close());

const limit = { timeout: 60_000 };
const onProject = (project: string, ...words: string[]) =>
	runLaketop([...words, '--docker-host', demo.dockerHost, '--project', project]);

test.each([
	['trigger', '--yes'],
	['trigger', '--dry-run'],
	['clear', '--run', 'newest', '--yes'],
	['pause', 'ml_pipeline_end_to_end', '--yes'],
	['unpause', 'ml_pipeline_end_to_end', '--yes'],
	['dags'],
	['runs'],
	['tasks'],
	['metrics'],
	['models'],
	['source'],
	['logs', '--task', 'raw_to_bronze', '--run', 'newest'],
])('%s of a project that is absent: exit code 3, the reason and the way out', limit, async (...words) => {
	const before = demo.scenario.requests('airflow') + demo.scenario.requests('mlflow');
	const ran = await onProject('nosuch', ...words);
	expect(ran.exitCode).toBe(3);
	expect(ran.stderr).toMatch(/Project nosuch has no containers on this engine \(projects found: mlops\)/);
	expect(ran.stderr).toMatch(/--project|--(airflow|mlflow)-url/);
	expect(demo.scenario.requests('airflow') + demo.scenario.requests('mlflow')).toBe(before);
});

test('status of a project that is absent says so, and shows nothing of another one', limit, async () => {
	const ran = await onProject('nosuch', 'status', '--json');
	const status = documentOf(documents.status, ran.stdout);
	expect(status).toMatchObject({ project: 'nosuch', state: 'unreachable', exit_code: 3, services: [] });
	// The pages of a lakehouse are those of a project of its own.
	expect(status.pages.filter(({ id }) => id === 'airflow' || id === 'mlflow')).toEqual([]);
	expect(status.sources.slice(1)).toMatchObject([
		{ address: null, address_origin: 'unknown', is_guess: false, failure: { kind: 'unconfigured' } },
		{ address: null, address_origin: 'unknown', is_guess: false, failure: { kind: 'unconfigured' } },
	]);
});

test('a profile whose project is absent: nobody is asked, whichever way the profile is chosen', limit, async () => {
	const folder = mkdtempSync(join(tmpdir(), 'laketop-profile-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const file = join(folder, 'laketop.yaml');
	writeFileSync(
		file,
		`docker_host: ${demo.dockerHost}\nprofiles: { gone: { project: nosuch }, here: { project: mlops } }\n`,
	);
	const servers = () => demo.scenario.requests('airflow') + demo.scenario.requests('mlflow');
	const before = servers();
	for (const words of [['trigger', '--yes'], ['dags'], ['metrics'], ['status']]) {
		for (const [given, environment] of [
			[['--profile', 'gone'], {}],
			[[], { LAKETOP_PROFILE: 'gone' }],
		] as const) {
			const ran = await runLaketop([...words, '--config', file, ...given], { environment });
			expect([words, ran.exitCode]).toEqual([words, 3]);
			expect(ran.stdout + ran.stderr).toContain('nosuch');
			expect(ran.stdout + ran.stderr).not.toMatch(/localhost:(8082|5000)/);
		}
	}
	expect(servers()).toBe(before);
	expect((await runLaketop(['dags', '--config', file, '--profile', 'here'])).exitCode).toBe(0);
	expect(servers()).toBeGreaterThan(before);
});

test('config shows what was discovered, from what, and what sets it', limit, async () => {
	const rows = async (...words: string[]) => {
		const ran = await runLaketop(['config', '--json', '--docker-host', demo.dockerHost, ...words]);
		const { values } = documentOf(documents.config, ran.stdout);
		return Object.fromEntries(values.map(row => [row.key, row]));
	};
	const found = await rows();
	expect(found.project).toMatchObject({ value: 'mlops', source: 'the only project with Airflow or MLflow' });
	const [port] = demo.airflowUrl.match(/\d+$/) ?? [];
	expect(found['airflow.url']).toMatchObject({
		value: `http://localhost:${port}`,
		source: 'published port of airflow-webserver',
		problem: null,
		set_with: ['--airflow-url', 'LAKETOP_AIRFLOW_URL', 'airflow.url in the file'],
	});
	expect(found['mlflow.url']?.source).toBe('published port of mlflow');
	const given = await rows('--airflow-url', 'http://far:1', '--project', 'nosuch');
	expect(given['airflow.url']).toMatchObject({ value: 'http://far:1', source: 'flag --airflow-url' });
	expect(given.project).toMatchObject({ value: 'nosuch', source: 'flag --project' });
	expect(given['mlflow.url']).toMatchObject({
		value: '',
		source: 'unknown',
		problem: expect.stringMatching(/^Project nosuch has no containers .*--mlflow-url/),
	});
	const dead = await runLaketop(['config', '--docker-host', 'unix:///nonexistent.sock']);
	expect(dead.exitCode).toBe(0);
	expect(dead.stdout).toMatch(/^airflow\.url +http:\/\/localhost:8082 +guess: the default port +--airflow-url$/m);
});

test('a dead engine: the guess is labelled, gets no login, and is no verdict', limit, async () => {
	const ran = await runLaketop(['status', '--json', '--docker-host', 'unix:///nonexistent.sock']);
	const status = documentOf(documents.status, ran.stdout);
	expect(status.exit_code).toBe(3);
	expect(status.sources.map(({ address_origin, is_guess }) => [address_origin, is_guess])).toEqual([
		['given', false],
		['guess', true],
		['guess', true],
	]);
	expect(status.pages.map(({ is_guess }) => is_guess)).toEqual([true, true]);
	const shown = await runLaketop(['status', '--docker-host', 'unix:///nonexistent.sock']);
	expect(shown.stdout).toMatch(/^no stack found {2}docker failed {2}airflow guessed {2}mlflow guessed\n/);
	const doctor = await runLaketop(['doctor', '--docker-host', 'unix:///nonexistent.sock']);
	expect(doctor.stdout).toMatch(/1 Check the Docker Engine address unix:\S+ \(set by --docker-host\)\n/);
	expect(doctor.stdout).toMatch(
		/\nSkipped \(the Docker Engine is unreachable\): Airflow webserver, .*\n\n0 passed, 1 failed, /,
	);
	expect(doctor.stdout).not.toContain('service is not running');
	const trigger = await runLaketop(['trigger', '--yes', '--docker-host', 'unix:///nonexistent.sock']);
	expect(trigger.exitCode).toBe(3);
	// Whatever responds there is shown with a warning, also as JSON, whose facts would pass for the stack's.
	for (const [command, server, url] of [
		['dags', 'Airflow', 'http://localhost:8082'],
		['runs', 'Airflow', 'http://localhost:8082'],
		['tasks', 'Airflow', 'http://localhost:8082'],
		['metrics', 'MLflow', 'http://localhost:5000'],
		['models', 'MLflow', 'http://localhost:5000'],
	] as const) {
		const { stderr } = await runLaketop([command, '--json', '--docker-host', 'unix:///nonexistent.sock']);
		expect(stderr, command).toContain(
			`${server} at ${url} is a guess because no project was found. It may belong to another stack. Pass --${server.toLowerCase()}-url or --project`,
		);
	}
});
