import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { isInstalled, output } from './installed.ts';

/** The docker command on the demo's engine: other Go clients have the same requirements. */

let demo: DemoStack;
beforeAll(async () => {
	demo = await startDemo({ autonomous: false });
});
afterAll(() => demo.close());

const docker = (...args: string[]) =>
	output('docker', args, { DOCKER_HOST: demo.dockerHost, DOCKER_API_VERSION: '1.41', DOCKER_CONFIG: dockerConfig });
// Plugins are beside the system's command; the user's own settings must not count.
const dockerConfig = '/nonexistent';
const six = ['airflow-postgres', 'airflow-redis', 'airflow-scheduler', 'airflow-webserver', 'airflow-worker', 'mlflow'];
const lines = (text: string) => text.trimEnd().split('\n');

const hasDocker = isInstalled('the docker command', 'docker', ['--version']);
const hasCompose = isInstalled("docker's compose plugin", 'docker', ['compose', 'version']);

describe.skipIf(!hasDocker)('docker', () => {
	test('version and info', async () => {
		expect(await docker('version', '--format', '{{.Server.APIVersion}}')).toBe('1.41\n');
		expect(await docker('info', '--format', '{{.Containers}} {{.NCPU}}')).toMatch(/^\d+ 8\n$/);
	});

	test('ps', async () => {
		const all = await docker('ps', '--filter', 'label=com.docker.compose.project=mlops', '--format', '{{.Names}}');
		expect(lines(all).toSorted()).toEqual(six);
		expect(await docker('ps', '-a')).toMatch(/mlflow\s*$/m);
	});

	test('logs', async () => {
		demo.scenario.emitLog('mlflow', 'the last line, 한글');
		expect(await docker('logs', '--tail', '1', 'mlflow')).toBe('the last line, 한글\n');
		expect(lines(await docker('logs', '--timestamps', 'airflow-redis'))[0]).toMatch(/^\d{4}-\d\d-\d\dT\S+Z /);
	});

	test('inspect', async () => {
		const health = await docker('inspect', '--format', '{{.State.Health.Status}} {{.HostConfig.PidsLimit}}', 'mlflow');
		expect(health).toMatch(/^healthy /);
	});

	test('exec', async () => {
		expect(await docker('exec', 'airflow-redis', 'redis-cli', 'ping')).toBe('PONG\n');
	});

	test('events', async () => {
		const since = Math.floor(demo.scenario.now() / 1000) - 1;
		demo.scenario.pauseContainer('airflow-redis');
		demo.scenario.unpauseContainer('airflow-redis');
		const until = String(Math.ceil(demo.scenario.now() / 1000) + 1);
		const seen = await docker('events', '--since', String(since), '--until', until, '--filter', 'event=pause');
		expect(seen).toMatch(/container pause \w+ \(.*name=airflow-redis/);
	});

	test('top', async () => {
		const [title, ...processes] = lines(await docker('top', 'airflow-worker'));
		expect(title).toMatch(/^UID\s+PID\s+PPID/);
		expect(processes.join('\n')).toContain('celery');
	});

	test('stats shows figures for every running container', async () => {
		const format = '{{.Name}}|{{.CPUPerc}}|{{.MemUsage}}|{{.PIDs}}';
		const rows = lines(await docker('stats', '--no-stream', '--format', format, ...six));
		expect(rows.map(row => row.split('|')[0]).toSorted()).toEqual(six);
		for (const row of rows) expect(row).toMatch(/\|\d+\.\d+%\|[1-9]\S*MiB \/ \S+GiB\|[1-9]\d*$/);
	});

	test('system df', async () => {
		expect(await docker('system', 'df')).toMatch(/^Images +[1-9]\d* .*\nContainers +[1-9]/m);
		expect(await docker('system', 'df', '--verbose')).toContain('mlflow');
	});
});

describe.skipIf(!hasCompose)('docker compose', () => {
	test('ls and ps', async () => {
		expect(await docker('compose', 'ls')).toMatch(/^mlops +running\(6\)/m);
		const rows = lines(await docker('compose', '--project-name', 'mlops', 'ps', '--format', '{{.Service}} {{.State}}'));
		expect(rows).toHaveLength(6);
		for (const row of rows) expect(row).toMatch(/ running$/);
	});
});
