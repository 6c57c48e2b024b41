import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { demo, open, program, shell } from './commands-on-demo.ts';
import { answer, offendingSequences } from './harness.ts';

/** The built program's commands, as run by a shell; their output is tested in test/commands. */

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

test('exec gives a shell a terminal with its size, and restores our own', async () => {
	const term = await open('exec airflow-worker sh');
	await term.waitFor(/airflow@\w+:~\$/);
	term.write('stty size\r');
	await term.waitFor(/^40 100$/m);
	term.resize(80, 24);
	// The new size arrives on another path: requested until it has arrived.
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
	// Before the program has asked anything: a complete line, and the start of another.
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
	await term.waitFor(/Restart airflow-redis\? \[y\/N\]/);
	term.press('ctrl-c');
	expect((await term.exited).exitCode).toBe(130);
	expect(Object.keys(demo.scenario.requestCounts('docker')).filter(what => /restart/.test(what))).toEqual([]);
	await term.dispose();
	const again = await open('restart airflow-redis');
	await again.waitFor(/\[y\/N\]/);
	expect(await answer(again, 'y\r')).toBe(0);
	expect(again.text()).toMatch(/Restart airflow-redis: restarted/);
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
		stderr: 'laketop: unknown command "stauts"; did you mean status? See laketop --help.\n',
	});
});

test('--demo runs a command on the embedded stack', async () => {
	const ran = await shell('laketop status --demo');
	expect(ran.code).toBeLessThanOrEqual(1);
	expect(ran.stdout).toMatch(/^mlops .*airflow 2\.8\.0 OK/);
});
