import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { type OpenTerminal, openTerminal } from './harness.ts';

/** The whole program with a config file. */
const program = join(import.meta.dirname, '../../dist/cli.js');

let folder = '';
let demo: DemoStack;
let terminal: OpenTerminal | undefined;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-configured-'));
	demo = await startDemo({ autonomous: false });
});
afterEach(async () => {
	await terminal?.dispose();
	terminal = undefined;
	await demo.close();
	rmSync(folder, { recursive: true });
});

/** Opens the program with this file, named by --config; `$docker` and so on stand for the demo's addresses. */
async function open(text: string, more: string[] = []): Promise<OpenTerminal> {
	const path = join(folder, 'laketop.yaml');
	const addresses = text
		.replaceAll('$docker', demo.dockerHost)
		.replaceAll('$airflow', demo.airflowUrl)
		.replaceAll('$mlflow', demo.mlflowUrl);
	writeFileSync(path, addresses, { mode: 0o600 });
	terminal = await openTerminal({
		command: process.execPath,
		args: [program, '--config', path, ...more],
		cols: 120,
		rows: 40,
		cwd: folder,
		env: { XDG_CONFIG_HOME: '/nonexistent', XDG_STATE_HOME: folder },
	});
	return terminal;
}

const stacks = `
airflow: { url: $airflow, password_command: 'echo asked >> asked; echo right' }
mlflow: { url: $mlflow }
theme: colour-blind
keys: { restart: J, help: [R, '?'], trigger: null }
profiles:
  demo: { docker_host: $docker }
`;

test('stack, password, colours and keys are those of the file', async () => {
	demo.scenario.setPassword('right');
	const term = await open(stacks, ['--profile', 'demo']);
	await term.waitFor(/docker [\d.]+ ✔ +airflow 2\.8\.0 ✔ +mlflow 2\.9\.2 ✔/);
	await term.waitFor(/accuracy/);
	expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe('asked\n');
	// Sky blue for good states, which are green in other themes.
	expect(term.raw().toString()).toContain('\u001B[38;2;86;180;233m');
	const bar = term.screen().at(-1) ?? '';
	expect(bar).toMatch(/J restart/);
	expect(bar).toMatch(/R help/);
	expect(bar).not.toMatch(/trigger/);
	term.write('t');
	term.write('J');
	await term.waitFor(/Restart airflow-\S+\?/);
});

test('a key with two meanings is reported before the screen opens', async () => {
	const term = await open('keys:\n  trigger: J\n  restart: J\n');
	expect(await term.exited).toMatchObject({ exitCode: 2 });
	expect(term.raw().toString().replaceAll(/\s+/g, ' ')).toMatch(
		/laketop\.yaml:2: keys\.trigger: key J is bound to both trigger and restart.* Choose another/,
	);
	expect(term.raw().toString()).not.toContain('\u001B[?1049h');
});

test('a password command that fails leaves the rest of the screen, and says why', async () => {
	const term = await open(stacks.replace('echo right', 'exit 5'), ['--profile', 'demo']);
	await term.waitFor(/failed with exit code 5/);
	await term.waitFor(/accuracy/);
	expect(term.screen().join('\n')).toMatch(/docker [\d.]+ ✔/);
});

test('P goes over to the stack of another profile, and the terminal is whole afterwards', async () => {
	const term = await open(
		`
docker_host: 'unix:///top-level.sock'
profiles:
  here: { docker_host: $docker, airflow: { url: $airflow }, mlflow: { url: $mlflow } }
  nowhere: { docker_host: 'unix:///nonexistent.sock', airflow: { url: 'http://127.0.0.1:9' }, mlflow: { url: 'http://127.0.0.1:9' } }
`,
		['--profile', 'here'],
	);
	await term.waitFor(/docker [\d.]+ ✔ +airflow 2\.8\.0 ✔ +mlflow 2\.9\.2 ✔/);
	term.write('P');
	await term.waitFor(/Switch to stack/);
	term.write('now');
	term.press('enter');
	await term.waitFor(/Docker at unix:\/\/\/nonexistent\.sock/);
	await term.waitFor(/no such socket/);
	term.write('P');
	await term.waitFor(/Switch to stack/);
	term.write('no profile');
	term.press('enter');
	await term.waitFor(/Docker at unix:\/\/\/top-level\.sock/);
	term.write('P');
	await term.waitFor(/Switch to stack/);
	term.write('here');
	term.press('enter');
	await term.waitFor(/airflow-worker +✔ healthy/);
	term.write('q');
	expect(await term.exited).toMatchObject({ exitCode: 0 });
	expect(term.leftovers()).toEqual([]);
});
