import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { resolveDockerHost } from '../../source/config/docker-host.ts';
import { loadConfig } from '../../source/config/load.ts';
import { runLaketop } from '../commands/harness.ts';

/** A stack without a container engine. */
let home = '';
beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), 'laketop-no-engine-'));
});
afterEach(() => {
	vi.restoreAllMocks();
	rmSync(home, { recursive: true });
});

test.each([
	['a flag', { dockerHost: 'none' }, {}],
	['a variable', {}, { LAKETOP_DOCKER_HOST: 'none' }],
])('none is no engine: by %s', async (_name, flags, environment) => {
	const { config } = await loadConfig(flags, { XDG_CONFIG_HOME: home, ...environment }, home);
	expect(config.dockerHost).toMatchObject({ kind: 'none', address: 'none' });
});

test('DOCKER_HOST and a socket keep an engine, whatever addresses are configured', () => {
	const managed = { isManaged: true };
	const host = { DOCKER_CONFIG: home, DOCKER_HOST: 'tcp://build:2375' };
	expect(resolveDockerHost(undefined, host, '', () => undefined, managed).kind).toBe('tcp');
	expect(resolveDockerHost('unix:///nowhere.sock', { DOCKER_CONFIG: home }, '', () => undefined, managed).kind).toBe(
		'unix',
	);
});

test.each([['services'], ['logs', 'airflow-scheduler'], ['restart', 'mlflow', '--yes'], ['up', '--yes'], ['df']])(
	'laketop %s says in one line that there is no engine',
	async (...words) => {
		const ran = await runLaketop([...words, '--docker-host', 'none', '--airflow-url', 'http://127.0.0.1:9']);
		expect(ran.stdout).toBe('');
		expect(ran.stderr).toMatch(/^laketop: This stack has no container engine \(--docker-host none\).*\n$/);
		expect(ran.exitCode).toBe(3);
	},
);

test('an address that nobody configured is not guessed', async () => {
	const ran = await runLaketop(['dags', '--docker-host', 'none', '--mlflow-url', 'http://127.0.0.1:9']);
	expect(ran.stderr).toMatch(/The address of Airflow is unknown: this stack has no containers to discover it from/);
});
