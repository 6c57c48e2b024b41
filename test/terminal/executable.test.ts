import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/root.ts';
import { homes } from '../scratch-home.ts';
import { frameProblems, openTerminal } from './harness.ts';

/**
 * The executable, built and started as on a host without Node: from this process's environment it gets only the empty
 * home.
 */

const folder = mkdtempSync(join(tmpdir(), 'laketop-executable-test-'));
const file = join(folder, 'laketop');

beforeAll(() => {
	execFileSync(process.execPath, [join(root, 'scripts/executable.ts'), file], {
		stdio: ['ignore', 'ignore', 'inherit'],
	});
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => spawnSync(file, args, { cwd: folder, env: homes(), encoding: 'utf8', input: '' });

test('--version and --help', () => {
	expect(run('--version')).toMatchObject({ stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '', status: 0 });
	expect(run('--help')).toMatchObject({ stdout: expect.stringContaining('laketop'), stderr: '', status: 0 });
});

test('every part of it is inside: commands, configuration, manual page, the refusal without a terminal', () => {
	expect(run('completion', 'bash')).toMatchObject({ stdout: expect.stringContaining('trigger'), status: 0 });
	expect(run('config', '--json')).toMatchObject({ stdout: expect.stringContaining('"values"'), status: 0 });
	expect(run('man')).toMatchObject({ stdout: expect.stringMatching(/laketop/i), status: 0 });
	expect(run('--nonsense')).toMatchObject({ stderr: expect.stringMatching(/^laketop: .*--nonsense/), status: 2 });
	expect(run()).toMatchObject({
		stdout: '',
		stderr: expect.stringMatching(/^laketop: .*requires a terminal/),
		status: 2,
	});
});

test('the demo in a terminal: all services, a whole frame, and q leaves the terminal as it was', async () => {
	await using terminal = await openTerminal({ command: file, args: ['--demo'], cols: 120, rows: 40, cwd: folder });
	for (const name of ['airflow-postgres', 'airflow-scheduler', 'airflow-worker', 'mlflow']) {
		await terminal.waitFor(new RegExp(`${name} `));
	}
	await terminal.waitFor(/accuracy/);
	expect(frameProblems(terminal.screen(), 120)).toEqual([]);
	terminal.write('?');
	await terminal.waitFor(/Restart the selected or marked services/);
	terminal.press('esc');
	await terminal.waitFor(lines => !lines.some(line => line.includes('Restart the selected')));
	terminal.write('q');
	expect(await terminal.exited).toMatchObject({ exitCode: 0 });
	expect(terminal.leftovers()).toEqual([]);
});

test('it weighs little more than Node, which is nearly all of it', () => {
	// The script and its compiled code are under four megabytes, the rest is Node; `strip` takes a seventh off.
	expect(statSync(file).size).toBeLessThan(statSync(process.execPath).size + 5e6);
});
