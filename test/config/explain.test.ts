import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { explainConfig } from '../../source/config/explain.ts';
import { type Flags, loadConfig } from '../../source/config/load.ts';
import { options } from '../../source/config/options.ts';
import { TrustStore } from '../../source/config/trust-store.ts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-explain-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function explained(flags: Flags, environment: Readonly<Record<string, string>>, text?: string) {
	const path = join(folder, 'laketop.yaml');
	if (text !== undefined) writeFileSync(path, text, { mode: 0o600 });
	const around = {
		XDG_CONFIG_HOME: join(folder, 'none'),
		XDG_DATA_HOME: join(folder, 'data'),
		DOCKER_CONFIG: join(folder, 'docker'),
		...environment,
	};
	if (text !== undefined) new TrustStore(around).trust(path, text);
	const rows = explainConfig(await loadConfig(flags, around, folder));
	return { path, rows, of: (key: string) => rows.find(row => row.key === key) };
}

test('each value has its source', async () => {
	const { path, of, rows } = await explained(
		{ dag: 'flagged', profile: 'prod' },
		{ LAKETOP_AIRFLOW_USERNAME: 'ops', MLFLOW_TRACKING_URI: 'http://mlflow:5000' },
		[
			'experiment: top',
			'read_only: true',
			'stats_interval: 5',
			'pages: [{ name: Grafana, url: "http://localhost:3000" }]',
			'keys: { restart: [ctrl-r, r], freeze: null }',
			'profiles:',
			'  prod:',
			'    docker_host: ssh://ops@prod',
			'    read_only: false',
			'    colours: { good: blue }',
		].join('\n'),
	);
	expect(of('config')).toMatchObject({ key: 'config', value: path, source: 'default' });
	expect(of('profile')).toMatchObject({ key: 'profile', value: 'prod', source: 'flag --profile' });
	expect(of('dag')).toMatchObject({ key: 'dag', value: 'flagged', source: 'flag --dag' });
	expect(of('airflow.username')).toMatchObject({
		key: 'airflow.username',
		value: 'ops',
		source: 'environment LAKETOP_AIRFLOW_USERNAME',
	});
	expect(of('mlflow.url')).toMatchObject({ value: 'http://mlflow:5000', source: 'environment MLFLOW_TRACKING_URI' });
	expect(of('experiment')).toMatchObject({ value: 'top', source: `file ${path}:1` });
	expect(of('read_only')).toMatchObject({ value: 'false', source: `profile prod (${path}:9)` });
	expect(of('docker_host')).toMatchObject({ value: 'ssh://ops@prod', source: `profile prod (${path}:8)` });
	expect(of('stats_interval')).toMatchObject({ value: '5', source: `file ${path}:3` });
	expect(of('pages')).toMatchObject({ value: 'Grafana http://localhost:3000', source: `file ${path}:4` });
	expect(of('keys.restart')).toMatchObject({ value: 'ctrl-r, r', source: `file ${path}:5` });
	expect(of('keys.freeze')).toMatchObject({ value: 'none', source: `file ${path}:5` });
	expect(of('colours.good')).toMatchObject({ value: 'blue', source: `profile prod (${path}:10)` });
	expect(of('airflow.url')).toMatchObject({
		key: 'airflow.url',
		value: '',
		source: 'discovered',
		isDiscovered: true,
	});
	expect(of('symbols')).toMatchObject({ key: 'symbols', value: 'auto', source: 'default' });
	expect(rows.map(row => row.key)).toEqual([...new Set(rows.map(row => row.key))]);
});

test('with nothing given there is a row for every option that has one value', async () => {
	const { rows } = await explained({}, {});
	const single = options
		.filter(option => option.kind !== 'map' && (option.slot ?? option.key) === option.key)
		.map(option => option.key);
	expect(rows.map(row => row.key)).toEqual(['config', 'profile', ...single]);
	expect(new Set(rows.map(row => row.source))).toEqual(new Set(['default', 'discovered']));
});

test.each([
	['environment DOCKER_HOST', { DOCKER_HOST: 'tcp://far:2375' }],
	['environment LAKETOP_DOCKER_HOST', { LAKETOP_DOCKER_HOST: 'tcp://far:2375' }],
	['default', {}],
])('the engine tells its origin: %s', async (source, environment) => {
	const { of } = await explained({}, environment);
	expect(of('docker_host')?.source).toBe(source);
});

test("the engine of a Docker context has the context's name", async () => {
	const meta = join(folder, 'docker', 'contexts', 'meta', createHash('sha256').update('far').digest('hex'));
	mkdirSync(meta, { recursive: true });
	writeFileSync(join(meta, 'meta.json'), '{"Endpoints":{"docker":{"Host":"tcp://context:2376"}}}');
	const { of } = await explained({}, { DOCKER_CONTEXT: 'far' });
	expect(of('docker_host')).toMatchObject({ value: 'tcp://context:2376', source: 'Docker context far' });
});

test('a secret shows which of the three ways is in effect', async () => {
	writeFileSync(join(folder, 'secret'), 'hidden', { mode: 0o600 });
	const { path, rows } = await explained(
		{ config: join(folder, 'laketop.yaml') },
		{ LAKETOP_AIRFLOW_PASSWORD_FILE: 'secret' },
		'airflow: { password: hidden }\nmlflow:\n  password_command: pass show hidden\n  token_command: "TOKEN=hidden printenv TOKEN"\n',
	);
	expect(rows.filter(row => !row.isDefault && /password|token/.test(row.key))).toMatchObject([
		{ key: 'airflow.password_file', value: 'secret', source: 'environment LAKETOP_AIRFLOW_PASSWORD_FILE' },
		{ key: 'mlflow.password_command', value: 'pass •••', source: `file ${path}:3` },
		{ key: 'mlflow.token_command', value: '•••', source: `file ${path}:4` },
	]);
});

test('no secret is shown, wherever it came from', async () => {
	const { rows } = await explained(
		{ dockerHost: 'ssh://ops:hidden1@host' },
		{ LAKETOP_MLFLOW_TOKEN: 'hidden2', MLFLOW_TRACKING_PASSWORD: 'hidden3' },
		'airflow: { password: hidden4 }\nmlflow: { password: hidden5 }\nprofiles: { other: { airflow: { password: hidden6 } } }\n',
	);
	expect(JSON.stringify(rows)).not.toContain('hidden');
	expect(rows.filter(row => row.value === '•••').map(row => row.key)).toEqual([
		'airflow.password',
		'mlflow.password',
		'mlflow.token',
	]);
});
