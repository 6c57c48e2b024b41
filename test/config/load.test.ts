import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkKeys } from '../../source/command-line/configure/check-keys.ts';
import { resolveDockerHost } from '../../source/config/docker-host.ts';
import { loadConfig } from '../../source/config/load.ts';
import { TrustStore } from '../../source/config/trust-store.ts';
import { tcpAddress } from '../../source/model/engine/engine-address.ts';
import { ConfigError } from '../../source/model/failures/config-error.ts';
import { english } from '../english.ts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Nothing from the environment of the tests gets in. */
const empty = () => ({
	XDG_CONFIG_HOME: join(folder, 'none'),
	XDG_DATA_HOME: join(folder, 'data'),
	DOCKER_CONFIG: join(folder, 'docker'),
});

function file(text: string, mode = 0o600): string {
	const path = join(folder, 'laketop.yaml');
	writeFileSync(path, text);
	chmodSync(path, mode);
	return path;
}

/** A file that may contain anything. */
function trusted(text: string): string {
	const path = file(text);
	new TrustStore(empty()).trust(path, text);
	return path;
}

async function complaint(work: () => unknown): Promise<string> {
	try {
		await work();
	} catch (error) {
		if (error instanceof ConfigError) return `${error.message} | ${english(error.fix)}`;
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
		options: { stats_interval: 2, 'notify.every': 60, 'airflow.url': undefined },
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
	['dag: x\nairflo:\n  url: http://a\n', /laketop\.yaml:2: airflo: unknown option/],
	['dag: x\nairflow:\n  url: nonsense\n', /laketop\.yaml:3: airflow\.url: /],
	['stats_interval: 0\n', /laketop\.yaml:1: stats_interval: /],
	['just a text\n', /laketop\.yaml/],
	[
		'dag: x\nairflow:\n  pasword: secret\n',
		/laketop\.yaml:3: airflow\.pasword: unknown option; did you mean password\?/,
	],
	['dag: 3\n', /laketop\.yaml:1: dag: it must be a string/],
	['read_only: maybe\n', /laketop\.yaml:1: read_only: it must be true or false/],
	['theme: pink\n', /laketop\.yaml:1: theme: choose one of auto, dark, light, colour-blind, mono/],
	['colours:\n  good: greenish\n', /laketop\.yaml:2: colours\.good: unknown colour/],
	['colours:\n  bad: 256\n', /laketop\.yaml:2: colours\.bad: at most 255/],
	['colours:\n  bad: #d55e00\n', /laketop\.yaml:2: colours\.bad: unknown colour; .*in quotes/],
	['keys:\n  restart: { a: b }\n', /laketop\.yaml:2: keys\.restart: use a key/],
	['keys:\n  restart: [x, 77]\n', /laketop\.yaml:2: keys\.restart.*: /],
	['keys:\n  restrat: x\n', /laketop\.yaml:2: keys\.restrat: unknown action restrat; did you mean restart\?/],
	['keys:\n  restart: ["\\e[31mxy"]\n', /laketop\.yaml:2: keys\.restart: unknown key xy/],
	['pages:\n  - name: Grafana\n    url: x\n', /laketop\.yaml:3: pages\.0\.url: not a web address/],
	[
		'profiles:\n  prod:\n    dag: x\n    projct: x\n',
		/laketop\.yaml:4: profiles\.prod\.projct: .* did you mean project\?/,
	],
	['a: &a [x, x]\nb: &b [*a, *a]\n', /laketop\.yaml:1: a: unknown option/],
])('a file that says %j is refused with its line', async (text, words) => {
	const path = file(text);
	expect(await complaint(() => loadConfig({ config: path }, empty(), folder, { checkKeys }))).toMatch(words);
});

const stacks = `
dag: common
airflow: { username: ops, url: 'http://top:8080/' }
keys: { restart: ctrl-r, trigger: W }
profile: prod
profiles:
  prod:
    airflow: { url: 'http://prod:8080' }
    docker_host: ssh://ops@prod
    keys: { trigger: null }
  staging:
    dag: other
  empty:
`;

test('a profile goes before the top level, field by field', async () => {
	const path = trusted(stacks);
	const { config } = await loadConfig({}, empty(), folder);
	expect(config).toMatchObject({
		profile: 'prod',
		profiles: ['prod', 'staging', 'empty'],
		dag: 'common',
		discovery: { airflowUrl: 'http://prod:8080' },
		airflow: { username: 'ops' },
		dockerHost: { address: 'ssh://ops@prod' },
	});
	expect(config.keys).toEqual([
		{ actionId: 'restart', keys: ['ctrl-r'], where: `${path}:4: keys.restart` },
		{ actionId: 'trigger', keys: [], where: `${path}:10: profiles.prod.keys.trigger` },
	]);
});

test('--profile goes before LAKETOP_PROFILE, that before the one that the file names', async () => {
	trusted(stacks);
	const profile = async (flag: string | undefined, variable: string | undefined) =>
		(await loadConfig({ profile: flag }, { ...empty(), LAKETOP_PROFILE: variable }, folder)).config;
	expect(await profile('staging', 'empty')).toMatchObject({ profile: 'staging', dag: 'other' });
	expect(await profile(undefined, 'empty')).toMatchObject({
		profile: 'empty',
		dag: 'common',
		discovery: { airflowUrl: 'http://top:8080' },
	});
	expect((await profile(undefined, undefined)).profile).toBe('prod');
	expect((await profile('', 'empty')).profile).toBeNull();
});

test('flags and variables go before a profile too', async () => {
	trusted(stacks);
	const environment = { ...empty(), LAKETOP_AIRFLOW_URL: 'http://variable' };
	const { config } = await loadConfig({ profile: 'staging', dag: 'flag' }, environment, folder);
	expect(config).toMatchObject({ dag: 'flag', discovery: { airflowUrl: 'http://variable' } });
});

test('a profile that does not exist is refused, with those that do', async () => {
	trusted(stacks);
	expect(await complaint(() => loadConfig({ profile: 'stagin' }, empty(), folder))).toBe(
		'--profile: there is no profile stagin; did you mean staging? | Profiles: prod, staging, empty',
	);
	expect(await complaint(() => loadConfig({}, { ...empty(), LAKETOP_PROFILE: 'x' }, folder))).toMatch(
		/^LAKETOP_PROFILE: there is no profile x \| Profiles: prod/,
	);
	file('profile: x\nprofiles: { y: {} }\n');
	expect(await complaint(() => loadConfig({}, empty(), folder))).toMatch(
		/laketop\.yaml:1: profile: there is no profile x/,
	);
	rmSync(join(folder, 'laketop.yaml'));
	expect(await complaint(() => loadConfig({ profile: 'x' }, empty(), folder))).toMatch(/No config file was found/);
});

test.each([
	[{ symbols: 'fancy' }, {}, /^--symbols: choose one of auto/],
	[{ airflowUrl: 'ftp://x' }, {}, /^--airflow-url: not a web address/],
	[{ dockerHost: 'nonsense' }, {}, /^--docker-host: nonsense is not the address/],
	[{ dockerHost: 'x://me:hidden@host' }, {}, /^--docker-host: x:\/\/host is not the address/],
	[{}, { LAKETOP_THEME: 'pink' }, /^LAKETOP_THEME: choose one of auto/],
	[{}, { LAKETOP_STATS_INTERVAL: '99' }, /^LAKETOP_STATS_INTERVAL: at most 60/],
	[{}, { LAKETOP_STATS_INTERVAL: 'x' }, /^LAKETOP_STATS_INTERVAL: x is not a number/],
	[{}, { LAKETOP_READ_ONLY: 'perhaps' }, /^LAKETOP_READ_ONLY=perhaps: invalid value/],
	[{}, { LAKETOP_DOCKER_HOST: 'nonsense' }, /^LAKETOP_DOCKER_HOST: nonsense is not the address/],
	[{}, { MLFLOW_TRACKING_URI: 'http://a:hidden@host' }, /^MLFLOW_TRACKING_URI: it contains a password/],
	[{ config: 'gone.yaml' }, {}, /gone\.yaml: no such config file \| Check --config/],
])('%j %j is refused by the name under which it was given', async (flags, environment, words) => {
	const said = await complaint(() => loadConfig(flags, { ...empty(), ...environment }, folder));
	expect(said).toMatch(words);
	expect(said).not.toContain('hidden');
});

test('without a working directory no file is read', async () => {
	file('dag: x\n');
	const { config, file: path } = await loadConfig({}, { XDG_CONFIG_HOME: folder }, null);
	expect([config.dag, path]).toEqual(['ml_pipeline_end_to_end', null]);
});

test('a password in an address is refused, as an address is seen by everyone', async () => {
	const said = await complaint(() => loadConfig({ airflowUrl: 'http://a:hidden@host' }, empty(), folder));
	expect(said).toMatch(/^--airflow-url: it contains a password/);
	expect(said).not.toContain('hidden');
});

test('a file with a password that others may read is warned of', async () => {
	file('airflow:\n  password: sesame\n', 0o644);
	const { warnings } = await loadConfig({}, empty(), folder);
	expect(warnings).toHaveLength(1);
	expect(english(warnings)[0]).toMatch(/chmod 600/);
	expect(english(warnings)[0]).not.toContain('sesame');
	file('profiles:\n  other:\n    mlflow: { token: secret }\n', 0o644);
	expect((await loadConfig({}, empty(), folder)).warnings).toHaveLength(1);
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
		/Docker context gone does not exist/,
	);
	expect(resolveDockerHost(undefined, { ...empty(), DOCKER_CONTEXT: 'default' }).kind).toBe('unix');
});

test('TLS: a missing certificate is named', async () => {
	const environment = { ...empty(), DOCKER_HOST: 'tcp://far:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder };
	writeFileSync(join(folder, 'ca.pem'), '');
	expect(await complaint(() => resolveDockerHost(undefined, environment))).toMatch(
		/^DOCKER_HOST: TLS needs \S+\/cert\.pem, which does not exist \| Set DOCKER_CERT_PATH/,
	);
	for (const name of ['cert.pem', 'key.pem']) writeFileSync(join(folder, name), '');
	expect(resolveDockerHost(undefined, environment)).toMatchObject({ kind: 'tcp', tlsDirectory: folder });
});

test.each([
	'tcp://10.0.0.300:2375',
	'tcp://host:70000',
	'tcp://host:0',
	'tcp://:2375',
	'https://256.1.1.1',
	'ssh://%zz@host',
])('%s is refused, not passed on', async address => {
	expect(await complaint(() => resolveDockerHost(address, {}))).toMatch(/^--docker-host: \S+ is not the address/);
});

test.each([
	['tcp://host', { hostname: 'host', port: 2375, isSecure: false }],
	['tcp://host:80', { hostname: 'host', port: 80, isSecure: false }],
	['https://host', { hostname: 'host', port: 2376, isSecure: true }],
	['https://host:443', { hostname: 'host', port: 443, isSecure: true }],
	['tcp://[::1]:2375', { hostname: '::1', port: 2375, isSecure: false }],
])('%s is reached at %j', (address, reached) => {
	expect(tcpAddress(resolveDockerHost(address, {}))).toEqual(reached);
});

test('an ssh destination cannot become an option of ssh', async () => {
	expect(await complaint(() => resolveDockerHost('ssh://-oProxyCommand=x', empty()))).toMatch(/not the address/);
});

test('the Compose file: relative to the config file that names it, or to the folder where a flag does', async () => {
	const path = file('compose_file: stack/compose.yml\n');
	const { config } = await loadConfig({ config: path }, empty(), '/elsewhere');
	expect(config.composeFiles).toEqual([join(folder, 'stack/compose.yml')]);
	const flagged = await loadConfig({ config: path, composeFile: 'mine.yml' }, empty(), '/elsewhere');
	expect(flagged.config.composeFiles).toEqual(['/elsewhere/mine.yml']);
	const several = await loadConfig({ config: path, composeFile: 'base.yml:/srv/prod.yml' }, empty(), '/elsewhere');
	expect(several.config.composeFiles).toEqual(['/elsewhere/base.yml', '/srv/prod.yml']);
	expect(several.config.stackOptions).toContainEqual({
		flag: '--compose-file',
		value: '/elsewhere/base.yml:/srv/prod.yml',
		isOfProject: true,
	});
	expect((await loadConfig({}, empty(), '/elsewhere')).config.composeFiles).toBeUndefined();
});

test.each([
	['auto', { LANG: 'ko_KR.UTF-8' }, 'ko'],
	['auto', { LANG: 'ko_KR.UTF-8', LC_ALL: 'C.UTF-8' }, 'en'],
	['auto', { LC_MESSAGES: 'ko', LANG: 'en_US.UTF-8' }, 'ko'],
	['auto', { LANG: 'kok_IN' }, 'en'],
	['auto', {}, 'en'],
	['en', { LANG: 'ko_KR.UTF-8' }, 'en'],
	['ko', {}, 'ko'],
] as const)('language %s with %j is %s', async (lang, environment, language) => {
	const { config } = await loadConfig({ lang }, environment, null);
	expect(config.language).toBe(language);
});

test('the values that everybody in the program may read hold no secret, and not where one is', async () => {
	writeFileSync(join(folder, 'pass'), 'hidden1\n', { mode: 0o600 });
	const environment = {
		...empty(),
		LAKETOP_AIRFLOW_PASSWORD_FILE: join(folder, 'pass'),
		LAKETOP_MLFLOW_TOKEN: 'hidden2',
		LAKETOP_NOTIFY_WEBHOOK: 'https://example.com/hidden3',
		LAKETOP_NOTIFY_EVERY: '5',
	};
	const { config } = await loadConfig({}, environment, folder);
	expect(config.options['notify.every']).toBe(5);
	expect(Object.keys(config.options)).not.toContain('airflow.password_file');
	expect(JSON.stringify(config.options)).not.toMatch(/hidden|pass/);
});
