import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { frameProblems, type OpenTerminal, offendingSequences, openTerminal } from './harness.ts';

const program = join(import.meta.dirname, '../../dist/cli.js');
const six = ['airflow-postgres', 'airflow-redis', 'airflow-scheduler', 'airflow-webserver', 'airflow-worker', 'mlflow'];

let terminal: OpenTerminal | undefined;
afterEach(async () => {
	await terminal?.dispose();
	terminal = undefined;
});

async function openDemo(
	cols: number,
	rows: number,
	more: { ambiguousWide?: boolean; background?: string; env?: Record<string, string> } = {},
) {
	terminal = await openTerminal({ command: process.execPath, args: [program, '--demo'], cols, rows, ...more });
	return terminal;
}

test.each([
	[80, 24],
	[120, 40],
	[250, 70],
])('at %i×%i the overview names the six services in an unbroken frame', async (cols, rows) => {
	const term = await openDemo(cols, rows);
	const screen = await term.waitFor(lines => six.every(name => lines.some(line => line.includes(`${name} `))));
	expect(screen.join('\n')).toContain('DEMO');
	await term.waitFor(/raw_to_/);
	await term.waitFor(/accuracy/);
	expect(frameProblems(term.screen(), cols)).toEqual([]);
});

test('a terminal that draws ambiguous characters wide gets narrow ones, and an unbroken frame', async () => {
	const term = await openDemo(120, 40, { ambiguousWide: true });
	await term.waitFor(/airflow-worker .*healthy/);
	await term.waitFor(/accuracy/);
	expect(frameProblems(term.screen(), 120)).toEqual([]);
});

test('t asks before it starts a run, and says what came of it', async () => {
	const term = await openDemo(120, 40);
	await term.waitFor(/raw_to_/);
	await term.waitFor(/airflow 2\.8\.0 ✔/);
	term.write('t');
	await term.waitFor(/Trigger ml_pipeline_end_to_end: params/);
	term.press('enter');
	await term.waitFor(/Trigger ml_pipeline_end_to_end\?/);
	await term.waitFor(/y Yes, do it/);
	term.write('y');
	await term.waitFor(/Trigger ml_pipeline_end_to_end: manual__/);
});

test('? shows the keys, made from the table of actions', async () => {
	const term = await openDemo(120, 40);
	await term.waitFor(/airflow-worker/);
	term.write('?');
	await term.waitFor(/Restart the selected or marked services/);
});

test('resizing keeps the frame whole', async () => {
	const term = await openDemo(120, 40);
	await term.waitFor(/accuracy/);
	term.resize(80, 24);
	await term.waitFor(lines => lines.some(line => line.includes('quit')) && frameProblems(lines, 80).length === 0);
});

test('with NO_COLOR no colour is sent', async () => {
	const term = await openDemo(120, 40, { env: { NO_COLOR: '1' } });
	await term.waitFor(/accuracy/);
	expect(term.raw().toString()).not.toMatch(/\u001B\[[0-9;]*(?:3[0-7]|9[0-7]|4[0-7]|38|48)[0-9;]*m/);
});

test('on a light background the colours are dark ones, and the answer is no key press', async () => {
	const term = await openDemo(120, 40, { background: 'rgb:ffff/ffff/ffff' });
	await term.waitFor(/accuracy/);
	expect(term.raw().toString()).toContain('\u001B[38;2;98;98;98m');
	expect(term.raw().toString()).not.toMatch(/\u001B\[(?:[0-9];)*(?:3[0-7]|9[0-7])m/);
	expect(term.screen().join('\n')).not.toContain('Cancel');
});

test('q leaves the terminal as it was, exit code 0; only known sequences were sent', async () => {
	const term = await openDemo(120, 40);
	await term.waitFor(/accuracy/);
	term.write('q');
	expect(await term.exited).toMatchObject({ exitCode: 0 });
	expect(await term.leftovers()).toEqual([]);
	// Also the query of the cursor's position: how wide the terminal draws.
	const others = offendingSequences(term.raw()).filter(one => !/\[6n|\]11;\?/.test(one));
	expect(others).toEqual([]);
});

test.each(['SIGTERM', 'SIGHUP'] as const)('%s restores the terminal', async signal => {
	const term = await openDemo(120, 40);
	await term.waitFor(/accuracy/);
	term.signal(signal);
	expect((await term.exited).exitCode).toBe(signal === 'SIGTERM' ? 143 : 129);
	expect(await term.leftovers()).toEqual([]);
});

test('a crash restores the terminal, says what happened, and exits with 1', async () => {
	// Loaded before laketop, it throws on request, as a fault of laketop itself would.
	const fault = `data:text/javascript,${encodeURIComponent('process.on("SIGUSR2", () => { throw new Error("a fault of its own") })')}`;
	const args = [`--import=${fault}`, program, '--demo'];
	terminal = await openTerminal({ command: process.execPath, args, cols: 120, rows: 40 });
	const term = terminal;
	await term.waitFor(/airflow-worker/);
	term.signal('SIGUSR2');
	expect((await term.exited).exitCode).toBe(1);
	expect(await term.leftovers()).toEqual([]);
	expect(term.text()).toContain('a fault of its own');
});

test('when the line is cut it ends, and leaves no folder behind', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'laketop-test-'));
	const term = await openDemo(120, 40, { env: { TMPDIR: folder } });
	await term.waitFor(/airflow-worker/);
	const demos = () => readdirSync(folder).filter(name => name.startsWith('laketop-demo'));
	expect(demos()).toHaveLength(1);
	term.hangUp();
	await vi.waitFor(() => expect(demos()).toEqual([]), { timeout: 10_000, interval: 20 });
	rmSync(folder, { recursive: true });
});

test('without a terminal it says so and exits with 2', () => {
	const run = spawnSync(process.execPath, [program, '--demo'], { encoding: 'utf8', input: '' });
	expect(run.status).toBe(2);
	expect(run.stderr).toMatch(/^laketop: the monitor requires a terminal/);
});

test.each([
	[['--frobnicate'], /^laketop: unknown option --frobnicate\. See laketop --help\.\n$/],
	[['--dag'], /option --dag requires a value/],
	[['--airflow-url', 'nonsense'], /--airflow-url: not a web address/],
	[['--docker-host', 'ftp://x'], /is not the address of a Docker Engine/],
	[['--config', '/nonexistent.yaml'], /no such config file/],
	[['frobnicate'], /unknown command "frobnicate"/],
])('bad input %j is one clear line and exit code 2', (flags, words) => {
	const run = spawnSync(process.execPath, [program, ...flags], { encoding: 'utf8' });
	expect(run.stderr).toMatch(words);
	expect(run.status).toBe(2);
});

test('a config file is read by the built program, and a mistake in it named with its line', () => {
	const folder = mkdtempSync(join(tmpdir(), 'laketop-test-'));
	const path = join(folder, 'laketop.yaml');
	writeFileSync(path, 'dag: x\nairflo: y\n');
	const wrong = spawnSync(process.execPath, [program, '--config', path], { encoding: 'utf8' });
	expect(wrong.stderr).toContain('laketop.yaml:2: airflo: unknown option');
	expect(wrong.status).toBe(2);
	writeFileSync(path, 'dag: x\n');
	const right = spawnSync(process.execPath, [program, '--config', path], { encoding: 'utf8', input: '' });
	expect(right.stderr).toMatch(/requires a terminal/);
	rmSync(folder, { recursive: true });
});

test('--version prints the version', () => {
	expect(execFileSync(process.execPath, [program, '--version'], { encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+\n$/);
});
