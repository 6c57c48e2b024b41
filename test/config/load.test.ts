import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError } from '../../source/config/config-error.ts';
import { resolveDockerHost } from '../../source/config/docker-host.ts';
import { loadConfig } from '../../source/config/load.ts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Nothing of whoever runs the tests gets in. */
const empty = () => ({ XDG_CONFIG_HOME: join(folder, 'none'), DOCKER_CONFIG: join(folder, 'docker') });

function file(text: string, mode = 0o600): string {
	const path = join(folder, 'laketop.yaml');
	writeFileSync(path, text);
	chmodSync(path, mode);
	return path;
}

async function complaint(work: () => unknown): Promise<string> {
	try {
		await work();
	} catch (error) {
		if (error instanceof ConfigError) return `${error.message} | ${error.remedy}`;
		throw error;
	}
	return 'no complaint';
}

test("without anything the guide's defaults are in force", async () => {
	const { config } = await loadConfig({}, empty(), folder);
	expect(config).toMatchObject({
		airflow: { username: 'admin', password: 'admin' },
		dag: 'ml_pipeline_end_to_end',
		experiment: 'lakehouse_ml_pipeline',
		readOnly: false,
		statsIntervalMs: 2000,
		symbols: 'auto',
	});
});

test('flags go before the environment, that before the file', async () => {
	file('dag: from_file\nexperiment: from_file\nproject: from_file\nread_only: true\n');
	const environment = { ...empty(), LAKETOP_DAG: 'from_environment', LAKETOP_EXPERIMENT: 'from_environment' };
	const { config } = await loadConfig({ dag: 'from_flag' }, environment, folder);
	expect(config.dag).toBe('from_flag');
	expect(config.experiment).toBe('from_environment');
	expect(config.discovery.project).toBe('from_file');
	expect(config.readOnly).toBe(true);
});

test.each([
	['airflow:\n  url: [\n', /laketop\.yaml:\d+:\d+: /],
	['dag: x\nairflo:\n  url: http://a\n', /laketop\.yaml:2: airflo: there is no such option/],
	['dag: x\nairflow:\n  url: nonsense\n', /laketop\.yaml:3: airflow\.url: /],
	['stats_interval: 0\n', /laketop\.yaml:1: stats_interval: /],
	['just a text\n', /laketop\.yaml/],
])('a file that says %j is refused with its line', async (text, words) => {
	const path = file(text);
	expect(await complaint(() => loadConfig({ config: path }, empty(), folder))).toMatch(words);
});

test('a password in an address is refused, as an address is seen by everyone', async () => {
	expect(await complaint(() => loadConfig({ airflowUrl: 'http://a:b@host' }, empty(), folder))).toMatch(
		/holds a password/,
	);
});

test('a file with a password that others may read is warned of', async () => {
	file('airflow:\n  password: secret\n', 0o644);
	const { warnings } = await loadConfig({}, empty(), folder);
	expect(warnings).toHaveLength(1);
	expect(warnings[0]).toMatch(/chmod 600/);
	expect(warnings[0]).not.toContain('secret');
});

test('the engine is found as docker finds it: flag, DOCKER_HOST, context, default', async () => {
	expect(resolveDockerHost('tcp://flag:2375', { ...empty(), DOCKER_HOST: 'tcp://env:1' })).toMatchObject({
		address: 'tcp://flag:2375',
		kind: 'tcp',
	});
	expect(resolveDockerHost(undefined, { ...empty(), DOCKER_HOST: 'ssh://ops@far' })).toMatchObject({
		address: 'ssh://ops@far',
		origin: 'DOCKER_HOST',
		kind: 'ssh',
	});
	const digest = createHash('sha256').update('far').digest('hex');
	mkdirSync(join(folder, 'docker', 'contexts', 'meta', digest), { recursive: true });
	writeFileSync(
		join(folder, 'docker', 'contexts', 'meta', digest, 'meta.json'),
		JSON.stringify({ Name: 'far', Endpoints: { docker: { Host: 'tcp://context:2376' } } }),
	);
	writeFileSync(join(folder, 'docker', 'config.json'), JSON.stringify({ currentContext: 'far' }));
	expect(resolveDockerHost(undefined, empty())).toMatchObject({ address: 'tcp://context:2376', origin: 'context far' });
	expect(await complaint(() => resolveDockerHost(undefined, { ...empty(), DOCKER_CONTEXT: 'gone' }))).toMatch(
		/Docker context gone is not known/,
	);
	expect(resolveDockerHost(undefined, { ...empty(), DOCKER_CONTEXT: 'default' }).kind).toBe('unix');
});

test('an ssh destination cannot become an option of ssh', async () => {
	expect(await complaint(() => resolveDockerHost('ssh://-oProxyCommand=x', empty()))).toMatch(/no address/);
});
