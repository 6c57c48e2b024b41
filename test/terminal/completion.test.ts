import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addressesOf } from '../commands/harness.ts';
import { demo, environment, program } from './commands-on-demo.ts';

/** Completion by the built program, as requested by a shell. */

/** Makes a process report how long it waited for a processor that others used, in ns (Linux, sched-stats.rst). */
const reportsDelay = `data:text/javascript,${encodeURIComponent(`
import { readFileSync, writeSync } from 'node:fs';
process.on('exit', () => writeSync(2, readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]));
`)}`;

/** Runs a program; the time is that of an idle machine. */
async function timed(args: readonly string[]): Promise<{ ms: number; stdout: string }> {
	const began = performance.now();
	const run = spawn(process.execPath, existsSync('/proc/self/schedstat') ? ['--import', reportsDelay, ...args] : args, {
		env: environment,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let [stdout, stderr] = ['', ''];
	run.stdout.on('data', text => {
		stdout += text;
	});
	run.stderr.on('data', text => {
		stderr += text;
	});
	await once(run, 'close');
	return { ms: performance.now() - began - Number(stderr) / 1e6, stdout };
}

const complete = (...words: string[]) => timed([program, '__complete', ...words, ...addressesOf(demo)]);

test('with servers that hang, the shell has its prompt again within 300 ms', async () => {
	for (const server of ['docker', 'airflow', 'mlflow'] as const) demo.scenario.hang(server);
	for (const kind of ['service', 'task', 'finding', 'model']) {
		const tries: number[] = [];
		// Its other threads wait for a processor too: the best of several tries.
		for (let index = 0; index < 12 && !tries.some(ms => ms < 300); index++) {
			const { ms, stdout } = await complete(kind, 'fix');
			expect(stdout).toBe('');
			tries.push(ms);
		}
		expect(Math.min(...tries), `${kind}: ${tries.map(Math.round).join(', ')} ms`).toBeLessThan(300);
	}
});

test('after a slow answer the next Tab has the names', async () => {
	demo.scenario.hang('docker');
	expect((await complete('service', 'logs')).stdout).toBe('');
	await demo.scenario.bringUp('docker');
	await expect.poll(async () => (await complete('service', 'logs')).stdout, { timeout: 30_000 }).toContain('mlflow\n');
});

const shells = ['bash', 'zsh', 'fish'].filter(shell => spawnSync(shell, ['-c', 'true']).status === 0);

test.each(shells)('%s asks for findings, models and MLflow runs', async shell => {
	const { stdout } = await timed([program, 'completion', shell]);
	for (const kind of [
		...['finding', 'experiment', 'model', 'mlflow-run', 'profile', 'service', 'task'],
		...['metric', 'model-version', 'model-alias', 'model-tag', 'xcom'],
		...['asset', 'produced-asset', 'asking-dag', 'asking-run', 'asking-task', 'option', 'answer-param'],
	])
		expect(stdout).toMatch(new RegExp(`_laketop_ask ${kind}\\b`));
});
