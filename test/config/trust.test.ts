import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfigFile } from '../../source/config/config-file.ts';
import { type Flags, loadConfig } from '../../source/config/load.ts';
import { allowedByTrust } from '../../source/config/trust.ts';
import { TrustStore } from '../../source/config/trust-store.ts';
import { ConfigError } from '../../source/model/failures/config-error.ts';
import { english } from '../english.ts';

let root = '';
let folder = '';
let environment: Record<string, string>;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'laketop-trust-'));
	folder = join(root, 'clone');
	mkdirSync(folder);
	writeFileSync(join(root, 'pgpass'), 'hidden\n', { mode: 0o600 });
	writeFileSync(join(folder, 'password'), 'hidden\n', { mode: 0o600 });
	environment = { XDG_CONFIG_HOME: join(root, 'config'), XDG_DATA_HOME: join(root, 'data') };
});
afterEach(() => rmSync(root, { recursive: true }));

const path = () => join(folder, 'laketop.yaml');
const elsewhere = 'http://elsewhere:8080';

/** The error of loading this file from the working directory; `fine` if nothing is refused. */
async function said(text: string, more: Record<string, string> = {}, flags: Flags = {}): Promise<string> {
	writeFileSync(path(), text, { mode: 0o600 });
	try {
		await loadConfig(flags, { ...environment, ...more }, folder);
		return 'fine';
	} catch (error) {
		if (error instanceof ConfigError) return `${error.message} | ${english(error.fix)}`;
		throw error;
	}
}

const refused: readonly [what: string, text: string, environment: Record<string, string>, place: string][] = [
	[
		'an address and a password file of the user',
		`airflow:\n  url: ${elsewhere}\n  password_file: ../pgpass\n`,
		{},
		'laketop.yaml:2: airflow.url',
	],
	['a password file elsewhere', 'airflow:\n  password_file: ../pgpass\n', {}, 'laketop.yaml:2: airflow.password_file'],
	[
		'an address and a password file beside it',
		`mlflow: { url: ${elsewhere}, token_file: password }\n`,
		{},
		'mlflow.url',
	],
	[
		'an address and a token of the environment',
		`mlflow: { url: ${elsewhere} }\n`,
		{ LAKETOP_MLFLOW_TOKEN: 'x' },
		'mlflow.url',
	],
	[
		'an address and a token of MLflow itself',
		`mlflow: { url: ${elsewhere} }\n`,
		{ MLFLOW_TRACKING_TOKEN: 'x' },
		'mlflow.url',
	],
	[
		'an address in a profile',
		`profile: p\nprofiles:\n  p:\n    airflow: { url: ${elsewhere} }\n`,
		{ LAKETOP_AIRFLOW_PASSWORD: 'x' },
		'laketop.yaml:4: profiles.p.airflow.url',
	],
	[
		'a project, whose servers would get a secret',
		'project: theirs\n',
		{ LAKETOP_AIRFLOW_PASSWORD: 'x' },
		'laketop.yaml:1: project',
	],
	['an engine', 'docker_host: ssh://ops@elsewhere\n', {}, 'laketop.yaml:1: docker_host'],
	['a command', 'mlflow: { token_command: "echo x" }\n', {}, 'mlflow.token_command'],
	['a command for notices', 'notify: { command: "true" }\n', {}, 'notify.command'],
	['an address for notices', `notify: { webhook: "${elsewhere}" }\n`, {}, 'notify.webhook'],
	['a Compose file elsewhere', 'compose_file: ../compose.yml\n', {}, 'compose_file'],
];

test.each(refused)(
	'a file that was only found may not give %s; one that is trusted may',
	async (_what, text, more, place) => {
		const words = await said(text, more);
		expect(words).toContain(place);
		expect(words).toContain(`laketop trust ${path()}`);
		expect(words).not.toContain('hidden');
		// Named by the user, and so trusted.
		expect(await said(text, more, { config: path() })).toBe('fine');
		new TrustStore(environment).trust(path(), text);
		expect(await said(text, more)).toBe('fine');
		expect(await said(`${text}# changed\n`, more)).toContain('not trusted');
	},
);

test.each([
	['looks, names and keys', 'theme: mono\ndag: etl\nread_only: true\nkeys: { restart: ctrl-r }\n', {}],
	['a project without secrets', 'project: mine\n', {}],
	['an address without secrets', `airflow: { url: ${elsewhere} }\nmlflow: { url: ${elsewhere} }\n`, {}],
	['an address and its own password', `airflow: { url: ${elsewhere}, password: own }\n`, {}],
	['a password file of its own for a server that was found', 'airflow: { password_file: password }\n', {}],
	[
		'a secret of one server beside the address of the other',
		`mlflow: { url: ${elsewhere} }\n`,
		{ LAKETOP_AIRFLOW_PASSWORD: 'x' },
	],
	[
		'an address that the environment replaces',
		`airflow: { url: ${elsewhere} }\n`,
		{ LAKETOP_AIRFLOW_URL: 'http://mine:1', LAKETOP_AIRFLOW_PASSWORD: 'x' },
	],
])('a file that was only found may give %s', async (_what, text, more) => {
	expect(await said(text, more)).toBe('fine');
});

test('a link out of the folder is outside of it', async () => {
	symlinkSync(join(root, 'pgpass'), join(folder, 'link'));
	expect(await said('airflow: { password_file: link }\n')).toContain('outside its folder');
});

test("the user's own file is trusted, in its folder too", async () => {
	const own = join(root, 'config', 'laketop');
	mkdirSync(own, { recursive: true });
	writeFileSync(join(own, 'laketop.yaml'), 'docker_host: ssh://ops@elsewhere\n', { mode: 0o600 });
	for (const from of [folder, own]) {
		expect((await loadConfig({}, environment, from)).config.dockerHost.address).toBe('ssh://ops@elsewhere');
	}
});

test('trust is of one file as it was, is listed, and ends when it is removed', async () => {
	const store = new TrustStore(environment);
	const text = 'docker_host: ssh://ops@elsewhere\n';
	writeFileSync(path(), text);
	store.trust(path(), text);
	expect(store.isTrusted(path(), text)).toBe(true);
	expect(store.isTrusted(join(root, 'laketop.yaml'), text)).toBe(false);
	expect(store.list()).toEqual([{ path: path(), state: 'trusted' }]);
	writeFileSync(path(), 'theme: mono\n');
	expect(store.list()).toEqual([{ path: path(), state: 'changed' }]);
	rmSync(path());
	expect(store.list()).toEqual([{ path: path(), state: 'gone' }]);
	expect(store.forget(path())).toBe(true);
	expect(store.list()).toEqual([]);
	expect(store.forget(path())).toBe(false);
});

test('what others may write says nothing about trust', () => {
	const store = new TrustStore(environment);
	writeFileSync(path(), 'theme: mono\n');
	store.trust(path(), 'theme: mono\n');
	chmodSync(join(root, 'data', 'laketop', 'trusted'), 0o777);
	expect(store.isTrusted(path(), 'theme: mono\n')).toBe(false);
});

test('the preview names all that a file would do, in each of its profiles', async () => {
	writeFileSync(
		path(),
		`docker_host: tcp://elsewhere:1\nprofiles:\n  a:\n    notify: { command: "true" }\n  b:\n    mlflow: { url: ${elsewhere} }\n`,
	);
	const allowed = allowedByTrust(await readConfigFile(path()), { MLFLOW_TRACKING_TOKEN: 'x' });
	expect(allowed.map(({ setting, would }) => `${setting.key}: ${english(would)}`)).toEqual([
		'docker_host: chooses the engine, and so where credentials are sent',
		'notify.command: runs this command',
		'mlflow.url: sends the secret MLFLOW_TRACKING_TOKEN to this address',
	]);
});
