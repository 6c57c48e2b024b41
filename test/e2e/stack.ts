/**
 * The real stack, which is already up (see .ci/run), without laketop: Airflow's API and docker itself are the truth
 * that the product is checked against.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import * as z from 'zod/mini';
import { homes } from '../scratch-home.ts';
import { type OpenTerminal, openTerminal, type TerminalOptions } from '../terminal/harness.ts';
import { AirflowApi, isActive, type Run } from './airflow-api.ts';

export { isActive, type Run };

export const program = join(import.meta.dirname, '../../dist/cli.js');
export const dagId = 'ml_pipeline_end_to_end';
export const services = [
	'airflow-postgres',
	'airflow-redis',
	'airflow-scheduler',
	'airflow-webserver',
	'airflow-worker',
	'mlflow',
];
/** The pipeline's stages, in order. */
export const stages = [
	'raw_to_bronze',
	'bronze_to_silver',
	'silver_to_gold',
	'feature_engineering',
	'model_training',
	'model_evaluation',
	'model_registry',
];

export type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string; readonly ms: number };
type Environment = Readonly<Record<string, string>>;

/** A folder for what a file's tests leave: the audit file, sockets. */
export function scratchFolder(): { readonly path: string; remove(): void } {
	const path = mkdtempSync(join(tmpdir(), 'laketop-e2e-'));
	return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The environment of laketop's caller: nothing of the tester's own except the path of programs. */
export function bareEnvironment(folder: string, more: Environment = {}): Record<string, string> {
	const { PATH = '' } = process.env;
	const own = { XDG_STATE_HOME: folder, XDG_CONFIG_HOME: folder };
	return { ...homes(), PATH, LANG: 'C.UTF-8', TZ: 'UTC', ...own, ...more };
}

export type Laketop = (
	words: string | readonly string[],
	options?: { readonly environment?: Environment; readonly cwd?: string; readonly input?: string },
) => Promise<Ran>;

/** Runs the built program as a script does: without a terminal, to its end. */
export function laketopIn(folder: string, usualCwd = '/'): Laketop {
	return (words, { environment = {}, cwd = usualCwd, input = '' } = {}) => {
		const argv = typeof words === 'string' ? words.split(' ') : words;
		const startedAt = performance.now();
		return new Promise(resolve => {
			const options = { env: bareEnvironment(folder, environment), cwd, maxBuffer: 64 * 1024 * 1024 };
			const child = execFile(process.execPath, [program, ...argv], options, (error, stdout, stderr) => {
				const code = typeof error?.code === 'number' ? error.code : error ? -1 : 0;
				resolve({ code, stdout, stderr, ms: performance.now() - startedAt });
			});
			child.stdin?.on('error', () => undefined);
			child.stdin?.end(input);
		});
	};
}

/** Opens the built program in a terminal: the screen without words, otherwise a command. */
export function openLaketop(
	folder: string,
	words: readonly string[] = [],
	{ env = {}, ...options }: Partial<TerminalOptions> & { readonly env?: Environment } = {},
): Promise<OpenTerminal> {
	const args = [program, ...words];
	const all = { ...bareEnvironment(folder, env) };
	return openTerminal({ command: process.execPath, args, cols: 120, rows: 40, cwd: '/', ...options, env: all });
}

/** What the command is to print and exit with. */
export const well = (stdout: RegExp) => ({ code: 0, stdout: expect.stringMatching(stdout) });
/** Only on standard error. */
export const refused = (code: number, stderr: RegExp) => ({
	code,
	stdout: '',
	stderr: expect.stringMatching(stderr),
});

/** docker, called in this folder: its output; a failure fails the test. Asynchronous, because terminals have to be read
 * meanwhile. */
export function dockerIn(cwd: string): (...words: string[]) => Promise<string> {
	return (...words) =>
		new Promise((resolve, reject) => {
			execFile('docker', words, { cwd, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
				if (error) reject(new Error(`docker ${words.join(' ')}: ${stderr}`));
				else resolve(stdout.trim());
			});
		});
}
export const docker = dockerIn('/');

const containerAnswer = z.object({
	State: z.object({
		Status: z.string(),
		StartedAt: z.string(),
		ExitCode: z.number(),
		Health: z.optional(z.object({ Status: z.string() })),
	}),
});

export type Known = { readonly state: string; readonly health: string; readonly startedAt: string; exitCode: number };

/** A container from the engine; null if there is none of that name. */
export async function container(name: string): Promise<Known | null> {
	const answer = await docker('inspect', '--type', 'container', name).catch(() => null);
	if (answer === null) return null;
	const { State } = z.array(containerAnswer).parse(JSON.parse(answer))[0] ?? {};
	if (!State) return null;
	return {
		state: State.Status,
		health: State.Health?.Status ?? 'none',
		startedAt: State.StartedAt,
		exitCode: State.ExitCode,
	};
}

export async function startedAt(name: string): Promise<string | undefined> {
	return (await container(name))?.startedAt;
}

const volumeNames = (project: string) =>
	docker('volume', 'ls', '--quiet', '--filter', `label=com.docker.compose.project=${project}`);

/** Names of a Compose project's volumes, sorted. */
export async function volumesOf(project: string): Promise<string[]> {
	return (await volumeNames(project)).split('\n').filter(Boolean).toSorted();
}

/** The folder with the Compose file from which the stack was started: this clone's in CI. */
export async function stackFolder(): Promise<string> {
	const label = '{{index .Config.Labels "com.docker.compose.project.working_dir"}}';
	return docker('inspect', '--format', label, 'airflow-webserver');
}

export const guideApi = new AirflowApi({
	address: 'http://localhost:8082',
	user: 'admin',
	password: 'admin',
	generation: 2,
	dagId,
});

/** A response of Airflow's own API. */
export const airflow: AirflowApi['request'] = (...request) => guideApi.request(...request);
export const runOf = (id: string) => guideApi.runOf(id);
/** All runs of the pipeline, newest first. */
export const allRuns = () => guideApi.allRuns();
/** How many runs the pipeline has. */
export const runCount = () => guideApi.runCount();
/** A run's tasks, by their ids. */
export const tasksOf = (id: string) => guideApi.tasksOf(id);
export const dag = () => guideApi.dag();

let made = 0;

/** An id that no run has yet. */
export const newRunId = () => `e2e_${Date.now()}_${++made}`;

/**
 * Waits until a condition holds, checking twice a second; an error counts as not yet. In the end the last error is
 * thrown.
 */
export async function until(condition: () => Promise<void>, timeoutMs = 120_000): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		try {
			return await condition();
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await delay(500);
		}
	}
}

/** Waits until these containers are healthy. */
export function untilHealthy(names: readonly string[] = services, timeoutMs = 240_000): Promise<void> {
	return until(async () => {
		const states = await Promise.all(names.map(async name => [name, (await container(name))?.health ?? 'absent']));
		expect(Object.fromEntries(states)).toEqual(Object.fromEntries(names.map(name => [name, 'healthy'])));
	}, timeoutMs);
}

/**
 * Records the state of the stack, which has to be healthy. The returned function restores it: whatever has failed
 * meanwhile, later tests and users find the stack unchanged.
 */
export async function keepAsFound(): Promise<() => Promise<void>> {
	await untilHealthy(services, 60_000);
	const { isPaused } = await dag();
	const known = new Set((await allRuns()).map(({ dag_run_id }) => dag_run_id));
	const folder = await stackFolder();
	const file = join(folder, 'docker-compose-mlops.yml');
	return async () => {
		const paused = await docker('ps', '--quiet', '--filter', 'status=paused');
		if (paused !== '') await docker('unpause', ...paused.split('\n'));
		await docker('compose', '-f', file, 'up', '--detach', '--wait', '--wait-timeout', '240');
		// Scheduled runs are not the tests' own.
		const isOwn = ({ dag_run_id }: Run) => !known.has(dag_run_id) && !dag_run_id.startsWith('scheduled__');
		for (const { dag_run_id } of (await allRuns()).filter(run => isOwn(run) && isActive(run))) {
			await guideApi.end(dag_run_id, 'failed');
		}
		if ((await dag()).isPaused !== isPaused) await guideApi.setPaused(isPaused);
	};
}

/** The actions in the audit file: `restart done`, in order. */
export function recordedActions(folder: string): string[] {
	const entry = z.object({ action: z.string(), event: z.string() });
	const lines = readFileSync(join(folder, 'laketop/audit.jsonl'), 'utf8').trimEnd().split('\n');
	return lines.map(line => {
		const { action, event } = entry.parse(JSON.parse(line));
		return `${action} ${event}`;
	});
}
