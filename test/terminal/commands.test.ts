import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { addressesOf } from '../commands/harness.ts';
import { homes } from '../scratch-home.ts';
import { answer, type OpenTerminal, offendingSequences, openTerminal } from './harness.ts';

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
	// Nothing comes after the first line, which would show that nobody reads any more.
	demo.scenario.emitLog('mlflow', 'the last line');
	const intoHead = '"$@" | head -1; echo "$' + '{PIPESTATUS[0]}"';
	for (const follows of ['logs mlflow -f --tail 1', 'services --watch 600']) {
		const following = await shell(`laketop ${follows} ${intoHead}`);
		expect(following.stderr).toBe('');
		expect(following.stdout).toMatch(/^.*\n0\n$/);
	}
});

test.each(['--version', '--help', 'config', 'man'])(
	'%s on a full disk: exit code 1, and one line says so',
	async words => {
		const full = await shell(`laketop ${words} > /dev/full; echo "$?"`);
		expect(full.stdout).toBe('1\n');
		expect(full.stderr).toMatch(/^laketop: the output cannot be written: ENOSPC[^\n]*\n$/);
	},
);

/** Bytes that a process has written so far. */
const writtenBy = (pid: number) => Number(/^wchar: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);

/** It has written something, and what it writes is not taken any more. */
async function standsStill(pid: number): Promise<void> {
	let before = 0;
	const isStill = () => {
		const now = writtenBy(pid);
		const isSame = now === before && now > 4096;
		before = now;
		return isSame;
	};
	await expect.poll(isStill, { timeout: 20_000, interval: 300 }).toBe(true);
}

function isGone(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return false;
	} catch {
		return true;
	}
}

test.skipIf(process.platform !== 'linux').each([
	['SIGTERM', 143],
	['SIGHUP', 129],
	['SIGINT', 130],
] as const)('%s ends a command whose terminal nobody reads', async (signal, exitCode) => {
	const term = await open('logs mlflow -f');
	await term.waitFor(/\S/);
	term.stopReading();
	// More than a terminal's buffer, and Node's own, take.
	for (let times = 0; times < 4000; times++) demo.scenario.emitLog('mlflow', 'x'.repeat(200));
	await standsStill(term.pid);
	const before = performance.now();
	term.signal(signal);
	await expect.poll(() => isGone(term.pid), { timeout: 10_000 }).toBe(true);
	// A second of its own; the rest is the machine's, which may be busy.
	expect(performance.now() - before).toBeLessThan(5000);
	term.goOnReading();
	expect((await term.exited).exitCode).toBe(exitCode);
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

const restarts = () => Object.keys(demo.scenario.requestCounts('docker')).filter(what => /restart/.test(what));

test('what was typed before the question could be read is no answer, not even the beginning of one', async () => {
	const term = await open('restart airflow-redis');
	// Before the program has asked anything: a whole line, and the beginning of another.
	term.write('y\ry');
	await term.waitFor(/\[y\/N\]/);
	// With the question.
	term.write('y\r');
	await term.waitFor(/ignored an answer that was typed before the question could be read[\s\S]*\[y\/N\]/);
	expect(restarts()).toEqual([]);
	expect(await answer(term, '\r')).not.toBe(0);
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
	expect(await answer(again, 'y\r')).toBe(0);
	expect(again.text()).toMatch(/restart airflow-redis: started again/);
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
