import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { type OpenTerminal, openTerminal } from '../terminal/harness.ts';
import { until } from './stack.ts';

/** The whole program on the real stack, which is already up (see .ci/run). */
const program = join(import.meta.dirname, '../../dist/cli.js');
const docker = (...words: string[]) => execFileSync('docker', words, { encoding: 'utf8' });
const services = [
	'airflow-postgres',
	'airflow-redis',
	'airflow-scheduler',
	'airflow-webserver',
	'airflow-worker',
	'mlflow',
];

let terminal: OpenTerminal | undefined;
afterEach(async () => {
	await terminal?.dispose();
	terminal = undefined;
});

async function open(): Promise<OpenTerminal> {
	terminal = await openTerminal({ command: process.execPath, args: [program], cols: 120, rows: 40 });
	return terminal;
}

const healthy = (name: string) => new RegExp(`${name} +✔ healthy`);
const allHealthy = (lines: string[]) => services.every(name => lines.some(line => healthy(name).test(line)));

beforeAll(() => {
	for (const name of services) expect(docker('inspect', '-f', '{{.State.Health.Status}}', name).trim()).toBe('healthy');
});

test('without any configuration the six healthy services are on one screen, with figures', async () => {
	const term = await open();
	await term.waitFor(allHealthy);
	await term.waitFor(/airflow-worker +✔ healthy +\S.* \d+\.\d%/);
	await term.waitFor(/airflow 2\.8\.0 ✔ +mlflow 2\.9\.2 ✔/);
});

test('t and y start a run; seven stages turn green without a further key, and the metrics are there', async () => {
	const term = await open();
	await term.waitFor(/airflow 2\.8\.0 ✔/);
	term.write('t');
	await term.waitFor(/Trigger ml_pipeline_end_to_end: params/);
	term.press('enter');
	await term.waitFor(/Trigger ml_pipeline_end_to_end\?/);
	await term.waitFor(/y Yes, do it/);
	term.write('y');
	await term.waitFor(/● running/, { timeoutMs: 60_000 });
	await term.waitFor(
		lines => {
			const title = lines.find(line => line.includes('2 Pipeline')) ?? '';
			// In boxes, or one behind the other where the pane has less room.
			const stages = lines.join('\n').match(/✔ (raw_to|bronze_to|silver_to|feature_|model_)/g) ?? [];
			return title.includes('✔ success') && stages.length === 7;
		},
		{ timeoutMs: 180_000, what: 'seven successful stages' },
	);
	await term.waitFor(/accuracy +0\.\d+/);
	// The screen shows the same as Airflow's own API. By logical date: a run that never started has no start date, and
	// would be first.
	const answer = await fetch(
		'http://localhost:8082/api/v1/dags/ml_pipeline_end_to_end/dagRuns?limit=1&order_by=-execution_date',
		{ headers: { authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` } },
	);
	expect(await answer.text()).toContain('"state": "success"');
});

test('a container stopped with docker is on the screen, and healthy again after its start', async () => {
	const term = await open();
	await term.waitFor(allHealthy);
	try {
		docker('stop', 'airflow-redis');
		await term.waitFor(/airflow-redis +\S exited \d/, { timeoutMs: 10_000 });
	} finally {
		docker('start', 'airflow-redis');
	}
	await term.waitFor(healthy('airflow-redis'), { timeoutMs: 120_000 });
});

test('with the webserver killed only its pane goes stale, and comes back by itself', async () => {
	const term = await open();
	await term.waitFor(allHealthy);
	await term.waitFor(/airflow 2\.8\.0 ✔ +mlflow 2\.9\.2 ✔/);
	try {
		docker('kill', 'airflow-webserver');
		await term.waitFor(/stale since/, { timeoutMs: 30_000 });
		expect(term.text()).toMatch(/mlflow 2\.9\.2 ✔/);
	} finally {
		docker('start', 'airflow-webserver');
	}
	await term.waitFor(/airflow 2\.8\.0 ✔/, { timeoutMs: 180_000 });
	await term.waitFor(lines => !lines.join('\n').includes('stale since'), { timeoutMs: 60_000 });
});

test('CPU and memory agree with docker stats', async () => {
	const term = await open();
	await term.waitFor(allHealthy);
	// Both figures for each: a container may come with one sample of its CPU time, and needs two.
	for (const name of services) await term.waitFor(new RegExp(`${name} +✔ healthy .* \\d+\\.\\d% .* [KMG]iB +\\d`));
	// At different times, because the servers' work for the first requests ends soon.
	await until(async () => {
		const format = '{{.Name}} {{.CPUPerc}} {{.MemUsage}}';
		const { stdout } = await promisify(execFile)('docker', ['stats', '--no-stream', '--format', format, ...services]);
		const lines = stdout.trim().split('\n');
		expect(lines).toHaveLength(services.length);
		for (const line of lines) agrees(term.screen(), line);
	}, 30_000);
});

/** A container on the screen, and a line of `docker stats`. */
function agrees(screen: readonly string[], line: string): void {
	const [, name = '', cpu = '', memory = ''] = /^(\S+) ([\d.]+)% ([\d.]+\w+) /.exec(line) ?? [];
	const row = screen.find(text => text.startsWith('│') && new RegExp(`^│ [▸ ] ${name} +\\S healthy`).test(text)) ?? '';
	const shownCpu = Number(/ ([\d.]+)%/.exec(row)?.[1]);
	const shownMemory = bytes((/([\d.]+) ([KMG]iB)/.exec(row)?.slice(1) ?? []).join(''));
	// A few percent of a core, and a tenth of the memory, are sampling.
	expect(Math.abs(shownCpu - Number(cpu)), `${row} against ${line}`).toBeLessThan(15);
	expect(shownMemory / bytes(memory), `${row} against ${line}`).toBeGreaterThan(0.9);
	expect(shownMemory / bytes(memory), `${row} against ${line}`).toBeLessThan(1.1);
}

test("a stop is on the screen within half a second of the engine's event", async () => {
	const term = await open();
	await term.waitFor(allHealthy);
	const since = Math.floor(Date.now() / 1000);
	try {
		const seen = term.waitFor(/airflow-redis +\S exited/, { timeoutMs: 20_000 }).then(() => Date.now());
		// Asynchronous, because this process has to read the screen meanwhile.
		await promisify(execFile)('docker', ['stop', 'airflow-redis']);
		const seenAt = await seen;
		const events = docker(
			...['events', '--since', String(since), '--until', String(Math.ceil(Date.now() / 1000) + 1)],
			...['--filter', 'container=airflow-redis', '--filter', 'event=die', '--format', '{{.TimeNano}}'],
		);
		const happenedAt = Number(events.trim().split('\n').at(-1)) / 1e6;
		expect(seenAt - happenedAt).toBeLessThan(500);
	} finally {
		docker('start', 'airflow-redis');
	}
	await term.waitFor(healthy('airflow-redis'), { timeoutMs: 120_000 });
});

function bytes(text: string): number {
	const [, number = '', unit = ''] = /^([\d.]+)(\w+)$/.exec(text) ?? [];
	return Number(number) * 1024 ** ['B', 'KiB', 'MiB', 'GiB'].indexOf(unit);
}
