import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AirflowV1Client } from '../../source/clients/airflow/v1/airflow-v1.ts';
import { MlflowClient } from '../../source/clients/mlflow/mlflow.ts';
import { type Flags, loadConfig } from '../../source/config/load.ts';
import { runCommand } from '../../source/config/secret-command.ts';
import { prepareSecrets } from '../../source/config/secrets.ts';
import { startDemo } from '../../source/demo/index.ts';
import { ConfigError } from '../../source/model/failures/config-error.ts';
import { type Secret, secretText } from '../../source/model/secrets/secret.ts';
import { render } from '../../source/words/message.ts';
import { english, failureOf } from '../english.ts';
import { soon } from '../patience.ts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = () => join(folder, 'laketop.yaml');

/** Loads this file, named by --config unless the flags say otherwise. */
async function load(text: string, more: { flags?: Flags; environment?: object; mode?: number } = {}) {
	writeFileSync(path(), text);
	chmodSync(path(), more.mode ?? 0o600);
	const environment = { PATH: process.env.PATH, XDG_CONFIG_HOME: join(folder, 'none'), ...more.environment };
	return loadConfig(more.flags ?? { config: path() }, environment, folder);
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

/** Runs the command of a secret as a client would, but passes on its own error. */
const run = (secret: Secret | undefined) => (typeof secret === 'function' ? secret() : secret);

test('a password comes from a file beside the config file: its first line', async () => {
	writeFileSync(join(folder, 'password'), 'p w\r\nsecond\n', { mode: 0o600 });
	const { config, warnings } = await load('airflow: { password_file: password }\nmlflow: { token_file: ./password }\n');
	expect([config.airflow.password, await run(config.mlflow.token)]).toEqual(['p w', 'p w']);
	expect(warnings).toEqual([]);
});

test('a password file that others may read is warned of', async () => {
	writeFileSync(join(folder, 'password'), 'hidden');
	chmodSync(join(folder, 'password'), 0o640);
	const { warnings } = await load('airflow: { password_file: password }\n');
	expect(english(warnings)).toEqual([
		`${join(folder, 'password')} contains a secret and other users can read it: chmod 600 ${join(folder, 'password')}`,
	]);
});

test.each([
	[
		'airflow:\n  password_file: gone\n',
		/laketop\.yaml:2: airflow\.password_file: \/.*\/gone cannot be read \(no such file\)/,
	],
	['airflow:\n  password_file: .\n', /cannot be read \(it is a directory, not a regular file\)/],
	['mlflow:\n  token_file: empty\n', /laketop\.yaml:2: mlflow\.token_file: .*empty has an empty first line/],
	[
		'airflow:\n  password: x\n  password_file: empty\n',
		/laketop\.yaml:3: airflow\.password_file: .*:2: airflow\.password sets it already/,
	],
	['airflow:\n  password_file: x\n  password_command: x\n', /sets it already \| Remove one of the two/],
])('%j is refused', async (text, words) => {
	writeFileSync(join(folder, 'empty'), '\nhidden\n', { mode: 0o600 });
	const said = await complaint(() => load(text));
	expect(said).toMatch(words);
	expect(said).not.toContain('hidden');
});

test('the strongest says which of the three ways it is: a file that is not used is not read', async () => {
	writeFileSync(join(folder, 'password'), 'from profile', { mode: 0o600 });
	const text = [
		'airflow: { password_file: gone }',
		'mlflow: { token: top }',
		'profiles:',
		'  a: { airflow: { password: plain } }',
		'  b: { airflow: { password_file: password }, mlflow: { token_command: echo profile } }',
	].join('\n');
	const of = async (profile: string, environment = {}) =>
		(await load(text, { flags: { config: path(), profile }, environment })).config;
	expect((await of('a')).airflow.password).toBe('plain');
	expect((await of('b')).airflow.password).toBe('from profile');
	expect(await run((await of('b')).mlflow.token)).toBe('profile');
	expect((await of('b', { LAKETOP_AIRFLOW_PASSWORD: 'variable' })).airflow.password).toBe('variable');
	expect((await of('a', { LAKETOP_AIRFLOW_PASSWORD_FILE: 'password' })).airflow.password).toBe('from profile');
});

test('a command prints the password, once, when it is asked for', async () => {
	const { config } = await load('airflow: { password_command: "echo run >> runs; printf \'p w\\nmore\'" }\n');
	expect(existsSync(join(folder, 'runs'))).toBe(false);
	const { password } = config.airflow;
	expect(await Promise.all([run(password), run(password)])).toEqual(['p w', 'p w']);
	expect(await run(password)).toBe('p w');
	expect(readFileSync(join(folder, 'runs'), 'utf8')).toBe('run\n');
});

test.each([
	[
		'echo hidden; echo hidden >&2; exit 3',
		/laketop\.yaml:2: airflow\.password_command: the command failed with exit code 3/,
	],
	['no-such-program-hidden', /the command failed with exit code 127/],
	['true', /the output of the command has an empty first line/],
	['kill -9 $$', /the command was killed by SIGKILL/],
	['yes hidden', /the command prints too much for a secret/],
])('a command that fails says how, never what it printed: %s', async (command, words) => {
	const { config } = await load(`airflow:\n  password_command: "${command}"\n`);
	const said = await complaint(() => run(config.airflow.password));
	expect(said).toMatch(words);
	expect(said).not.toContain('hidden');
});

test('a command that does not end is ended, with all that it began', async () => {
	const command = 'echo hidden; sleep 60 & echo $! > pid; wait';
	const said = await complaint(() => runCommand(command, 'x.yaml:1: key', folder, { PATH: process.env.PATH }, 1500));
	expect(said).toBe('x.yaml:1: key: the command did not finish within 1.5s | Try the command in a shell');
	const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
	// Where nobody reaps it, an ended process stays as a zombie.
	const isAlive = () => {
		try {
			return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
		} catch {
			return false;
		}
	};
	await vi.waitFor(() => expect(isAlive()).toBe(false), soon);
});

test('a command gets no input and no terminal', async () => {
	const { config } = await load(
		'airflow: { password_command: "cat; (: < /dev/tty) 2>/dev/null && echo tty || echo none" }\n',
	);
	expect(await run(config.airflow.password)).toBe('none');
});

test('a file that was only found in the working directory runs no command', async () => {
	const text = 'airflow:\n  password_command: echo x > ran\n';
	const said = await complaint(() => load(text, { flags: {} }));
	expect(said).toMatch(/laketop\.yaml:2: airflow\.password_command: runs this command, but the file is not trusted/);
	expect(said).toContain(`--config ${path()}`);
	expect(await complaint(() => load(text, { flags: {}, environment: { LAKETOP_CONFIG: path() } }))).toBe(
		'no complaint',
	);
	// A password from elsewhere overrides the command.
	expect(await complaint(() => load(text, { flags: {}, environment: { LAKETOP_AIRFLOW_PASSWORD: 'x' } }))).toBe(
		'no complaint',
	);
	rmSync(path());
	mkdirSync(join(folder, 'own', 'laketop'), { recursive: true });
	writeFileSync(join(folder, 'own', 'laketop', 'laketop.yaml'), text, { mode: 0o600 });
	expect(await complaint(() => loadConfig({}, { XDG_CONFIG_HOME: join(folder, 'own') }, folder))).toBe('no complaint');
	expect(existsSync(join(folder, 'ran'))).toBe(false);
});

test('a file that others may write runs no command', async () => {
	const said = await complaint(() => load('airflow: { password_command: echo x }\n', { mode: 0o620 }));
	expect(said).toMatch(/commands do not run from a file that others can write/);
});

test('clients read the password when they log in, and report why there is none', async () => {
	const demo = await startDemo({ autonomous: false });
	const airflow = async (command: string) => {
		const { config } = await load(`airflow: { username: admin, password_command: "${command}" }\n`);
		return new AirflowV1Client(demo.airflowUrl, config.airflow);
	};
	const right = await airflow('echo admin');
	const failing = await airflow('exit 7');
	try {
		expect(await right.dags()).not.toEqual([]);
		const failure = failureOf(await failing.dags().catch(error => error));
		expect(failure.kind).toBe('unauthorised');
		expect(failure.message).toMatch(/airflow\.password_command: the command failed with exit code 7/);
		const { config } = await load("mlflow: { token_command: sh -c 'exit 8' }\n");
		const mlflow = new MlflowClient(demo.mlflowUrl, config.mlflow);
		expect(failureOf(await mlflow.version().catch(error => error)).message).toMatch(/exit code 8/);
		await mlflow.close();
	} finally {
		await Promise.all([right.close(), failing.close(), demo.close()]);
	}
});

test('who waits for a command can give up; it runs on for the others', async () => {
	const { config } = await load(
		'mlflow: { token_command: "sh -c \'while [ ! -e go ]; do sleep 0.02; done; echo done\'" }\n',
	);
	const mlflow = new MlflowClient('http://127.0.0.1:9', config.mlflow);
	const giveUp = new AbortController();
	const asked = mlflow.version(giveUp.signal).catch(error => error);
	giveUp.abort(new Error('given up'));
	expect(await asked).toMatchObject({ message: 'given up' });
	writeFileSync(join(folder, 'go'), '');
	expect(await secretText(config.mlflow.token ?? '')).toBe('done');
	await mlflow.close();
});

test('commands are run before the screen is drawn, and those that fail are passed over', async () => {
	const { config } = await load(
		'airflow: { password_command: "exit 1" }\nmlflow: { token_command: "sh -c \'echo x >> ran; echo t\'" }\n',
	);
	const said: string[] = [];
	await prepareSecrets(config, line => said.push(render(line, 'en')));
	expect(readFileSync(join(folder, 'ran'), 'utf8')).toBe('x\n');
	expect(await run(config.mlflow.token)).toBe('t');
	expect(readFileSync(join(folder, 'ran'), 'utf8')).toBe('x\n');
	expect(said).toEqual([]);
});

test('a token command runs without a shell, and again when another token is needed', async () => {
	const { config } = await load(
		`airflow: { token_command: "sh -c 'echo run >> runs; wc -l < runs'" }\nmlflow: { token_command: "printf %s 'a b|$HOME'" }\n`,
	);
	expect(await run(config.mlflow.token)).toBe('a b|$HOME');
	const { token = '' } = config.airflow;
	expect(await Promise.all([secretText(token), secretText(token)])).toEqual(['1', '1']);
	expect(await Promise.all([secretText(token, 'again'), secretText(token, 'again')])).toEqual(['2', '2']);
	expect(await secretText(token)).toBe('2');
});

test('a token file is read again when another token is needed', async () => {
	writeFileSync(join(folder, 'token'), 'first', { mode: 0o600 });
	const { config } = await load('airflow: { token_file: token }\n');
	const { token = '' } = config.airflow;
	writeFileSync(join(folder, 'token'), 'second');
	expect(await secretText(token)).toBe('first');
	expect(await secretText(token, 'again')).toBe('second');
});

test.each(['print-token | head -1', 'echo $TOKEN', "printf 'open", '~/bin/token', 'get-token > file'])(
	'what only a shell could run is refused as a token command: %s',
	async command => {
		const said = await complaint(() => load(`airflow:\n  token_command: ${JSON.stringify(command)}\n`));
		expect(said).toMatch(/laketop\.yaml:2: airflow\.token_command: the command runs without a shell/);
	},
);

test('a token command that does not exist is reported without its arguments', async () => {
	const { config } = await load('airflow: { token_command: no-such-program --password hidden }\n');
	const said = await complaint(() => run(config.airflow.token));
	expect(said).toMatch(/airflow\.token_command: the command cannot be run/);
	expect(said).not.toContain('hidden');
});
