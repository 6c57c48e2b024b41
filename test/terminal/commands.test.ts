import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { addressesOf } from '../commands/harness.ts';
import { homes } from '../scratch-home.ts';
import { type OpenTerminal, offendingSequences, openTerminal } from './harness.ts';

/** The built program's commands, as a shell runs them; what they say is tested in test/commands. */
const program = join(import.meta.dirname, '../../dist/cli.js');
const environment = { ...homes(), PATH: process.env.PATH, XDG_CONFIG_HOME: '/nonexistent', LANG: 'C.UTF-8' };

let demo: DemoStack;
let terminal: OpenTerminal | undefined;
beforeEach(async () => {
	demo = await startDemo({ autonomous: false });
});
afterEach(async () => {
	await terminal?.dispose();
	terminal = undefined;
	await demo.close();
});

async function open(words: string, cols = 100, rows = 40): Promise<OpenTerminal> {
	terminal = await openTerminal({
		command: process.execPath,
		args: [program, ...addressesOf(demo), ...words.split(' ')],
		cols,
		rows,
		cwd: '/',
		env: environment,
	});
	return terminal;
}

/** Runs it through a shell; the demo serves from this process, which must not be blocked meanwhile. */
async function shell(line: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
	const command = `"${process.execPath}" "${program}"`;
	const run = spawn('bash', ['-c', line.replaceAll('laketop', command), 'bash', ...addressesOf(demo)], {
		env: environment,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const said = { stdout: '', stderr: '' };
	run.stdout.on('data', text => {
		said.stdout += text;
	});
	run.stderr.on('data', text => {
		said.stderr += text;
	});
	const [code] = await once(run, 'close');
	return { code, ...said };
}

test('a closed pipe ends it quietly, also while it follows', async () => {
	const status = await shell('laketop status "$@" | head -1; echo "$' + '{PIPESTATUS[0]}"');
	expect(status.stderr).toBe('');
	expect(status.stdout).toMatch(/^mlops .*\n0\n$/);
	// It is noticed when there is something to write.
	const talking = setInterval(() => demo.scenario.emitLog('mlflow', 'a line'), 50);
	const following = await shell('laketop logs mlflow -f "$@" | head -1; echo "$' + '{PIPESTATUS[0]}"');
	clearInterval(talking);
	expect(following.stderr).toBe('');
	expect(following.stdout).toMatch(/^.*\n0\n$/);
});

test('--watch draws in place on a terminal; Ctrl-C ends it with 130 and leaves the cursor as it was', async () => {
	const term = await open('services --watch 0.3');
	await term.waitFor(/airflow-worker +│ ✔ healthy/);
	demo.scenario.pauseContainer('airflow-worker');
	await term.waitFor(/airflow-worker +│ ‖ paused/);
	expect(term.text().match(/airflow-worker/g)).toHaveLength(1);
	term.press('ctrl-c');
	expect((await term.exited).exitCode).toBe(130);
	expect(await term.leftovers()).toEqual([]);
	expect(offendingSequences(term.raw())).toEqual([]);
});

test('exec gives a shell a terminal, tells its size, and leaves the own one as it was', async () => {
	const term = await open('exec airflow-worker sh');
	await term.waitFor(/airflow@\w+:~\$/);
	term.write('stty size\r');
	await term.waitFor(/^40 100$/m);
	term.resize(80, 24);
	// The new size travels on a road of its own: asked for until it has arrived.
	const asking = setInterval(() => term.write('stty size\r'), 200);
	await term.waitFor(/^24 80$/m);
	clearInterval(asking);
	term.write('exit 3\r');
	expect((await term.exited).exitCode).toBe(3);
	expect(await term.leftovers()).toEqual([]);
});

/** So long a question has to stand before it can be answered, and a little more. */
const readTheQuestion = () => new Promise(resolve => setTimeout(resolve, 800));
const restarts = () => Object.keys(demo.scenario.requestCounts('docker')).filter(what => /restart/.test(what));

test('what was typed before the question could be read is no answer, not even the beginning of one', async () => {
	const term = await open('restart airflow-redis');
	// Before the program has asked anything: a whole line, and the beginning of another.
	term.write('y\ry');
	await term.waitFor(/\[y\/N\]/);
	// With the question.
	term.write('y\r');
	await term.waitFor(/ignored an answer that was typed before the question could be read[\s\S]*\[y\/N\]/);
	await readTheQuestion();
	expect(restarts()).toEqual([]);
	term.write('\r');
	expect((await term.exited).exitCode).not.toBe(0);
	expect(restarts()).toEqual([]);
	expect(term.leftovers()).toEqual([]);
});

test('a change is asked for; Ctrl-C at the question changes nothing', async () => {
	const term = await open('restart airflow-redis');
	await term.waitFor(/restart airflow-redis\? \[y\/N\]/);
	term.press('ctrl-c');
	expect((await term.exited).exitCode).toBe(130);
	expect(Object.keys(demo.scenario.requestCounts('docker')).filter(what => /restart/.test(what))).toEqual([]);
	await term.dispose();
	const again = await open('restart airflow-redis');
	await again.waitFor(/\[y\/N\]/);
	await readTheQuestion();
	again.write('y\r');
	await again.waitFor(/restart airflow-redis: started again/);
	expect((await again.exited).exitCode).toBe(0);
});

test.each([60, 30])('on a terminal of %i columns no row is broken', async cols => {
	const term = await open('status', cols);
	await term.exited;
	const rows = term.screen().filter(row => /^[┌├│└]/.test(row));
	expect(rows).toHaveLength(10);
	expect(rows.every(row => /[┐┤│┘]\s*$/.test(row))).toBe(true);
});

test('help and version need no server and no configuration', () => {
	const run = (...args: string[]) => spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', cwd: '/' });
	expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringMatching(/laketop COMMAND/) });
	expect(run('logs', '--help')).toMatchObject({
		status: 0,
		stdout: expect.stringMatching(/laketop logs \[SERVICE …\]/),
	});
	expect(run('--version')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
	expect(run('stauts')).toMatchObject({
		status: 2,
		stdout: '',
		stderr: 'laketop: there is no command stauts; did you mean status? See laketop --help.\n',
	});
});

test('--demo runs a command on the embedded stack', async () => {
	const ran = await shell('laketop status --demo');
	expect(ran.code).toBeLessThanOrEqual(1);
	expect(ran.stdout).toMatch(/^mlops .*airflow 2\.8\.0 live/);
});
