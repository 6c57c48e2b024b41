import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type AirflowStack, guideStack } from './airflow-stack.ts';
import { logsSuite } from './logs-suite.ts';
import { screenOnStack } from './screen.ts';
import { program } from './stack.ts';

/** Logs of the real engine, read by the program itself. */
const run = promisify(execFile);
const docker = (...words: string[]) => execFileSync('docker', words, { encoding: 'utf8' });
const name = 'laketop-test-numbers';

const closing: (() => unknown)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
});

/** A container that prints numbered lines as fast as it can. Its image is one of the stack's. */
function startNumbers(): void {
	const image = docker('inspect', '-f', '{{.Config.Image}}', 'airflow-redis').trim();
	const loop = 'trap "exit 0" TERM; i=0; while :; do echo "numbered $i"; i=$((i+1)); done';
	// An aborted run may have left it.
	execFileSync('docker', ['rm', '--force', name], { stdio: 'ignore' });
	docker('run', '--detach', '--name', name, '--entrypoint', 'sh', image, '-c', loop);
	closing.push(() => run('docker', ['rm', '--force', name]));
}

/** A connection to the engine that can be cut: it breaks the connections that carry a log. */
async function cuttableEngine(): Promise<{ address: string; cutLogs(): number }> {
	const folder = mkdtempSync(join(tmpdir(), 'laketop-cut-'));
	const path = join(folder, 'docker.sock');
	const logs = new Set<Socket>();
	const server = createServer(from => {
		const to = connect('/var/run/docker.sock');
		// A connection serves several requests, one after the other.
		from.on('data', (request: Buffer) => {
			if (request.toString('latin1').includes('/logs?')) logs.add(from);
		});
		from.pipe(to).pipe(from);
		const end = () => {
			logs.delete(from);
			from.destroy();
			to.destroy();
		};
		for (const socket of [from, to]) socket.on('error', end).on('close', end);
	});
	server.listen(path);
	await once(server, 'listening');
	closing.push(() => {
		server.close();
		rmSync(folder, { recursive: true });
	});
	return {
		address: `unix://${path}`,
		cutLogs() {
			const all = [...logs];
			for (const socket of all) socket.destroy();
			return all.length;
		},
	};
}

/** Reads numbered lines as they are printed: the next expected one, and what came instead of it. */
class Numbers {
	due = 0;
	readonly wrong: string[] = [];
	#rest = '';

	read(text: string): void {
		const lines = (this.#rest + text).split('\n');
		this.#rest = lines.pop() ?? '';
		for (const line of lines) {
			const number = Number(/^numbered (\d+)$/.exec(line)?.[1] ?? Number.NaN);
			if (number !== this.due && this.wrong.length < 20) this.wrong.push(`${line} instead of ${this.due}`);
			this.due = Number.isNaN(number) ? this.due : number + 1;
		}
	}
}

test('thirty seconds of lines at full speed, the stream cut ten times: none is missing, none comes twice', async () => {
	const engine = await cuttableEngine();
	startNumbers();
	const words = ['logs', name, '--follow', '--tail', 'all', '--docker-host', engine.address];
	const laketop = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
	closing.push(() => laketop.kill('SIGKILL'));
	const numbers = new Numbers();
	laketop.stdout.setEncoding('utf8').on('data', (text: string) => numbers.read(text));
	let talk = '';
	laketop.stderr.setEncoding('utf8').on('data', (text: string) => {
		talk += text;
	});
	laketop.on('exit', (code, signal) => {
		talk += `(ended: ${code ?? signal})`;
	});
	const startedAt = Date.now();
	let cuts = 0;
	while (cuts < 10) {
		await delay(2800);
		cuts += engine.cutLogs();
		expect(laketop.exitCode, talk).toBeNull();
	}
	await delay(Math.max(0, startedAt + 30_000 - Date.now()));
	await run('docker', ['stop', '--time', '10', name]);
	const { stdout: end } = await run('docker', ['logs', '--tail', '1', name]);
	const last = Number(/^numbered (\d+)$/.exec(end.trim())?.[1]);
	expect(last).toBeGreaterThan(100_000);
	// The engine reads its log from the beginning for each resumption, some 300,000 lines a second.
	for (let before = -1; numbers.due <= last && numbers.due !== before; ) {
		before = numbers.due;
		for (let waited = 0; waited < 120 && numbers.due <= last && (waited < 5 || numbers.due === before); waited++)
			await delay(1000);
	}
	expect(numbers.wrong, talk).toEqual([]);
	expect(numbers.due).toBe(last + 1);
	expect(talk).toMatch(/retrying/);
	laketop.kill('SIGINT');
	const [code] = await once(laketop, 'exit');
	expect(code).toBe(130);
	console.log(`${last + 1} lines, ${cuts} cuts, read in ${Math.round((Date.now() - startedAt) / 1000)} s`);
}, 1_200_000);

describe('tasks', () => {
	const screen = screenOnStack();
	let stack: AirflowStack;
	beforeAll(async () => {
		stack = await guideStack(screen);
	});
	logsSuite(() => stack);
});
