import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { documentOf } from '../commands/harness.ts';
import type { OpenTerminal } from '../terminal/harness.ts';
import { listeningPorts, type SshServer, startSshServer, withDescendants } from './sshd.ts';
import { docker, laketopIn, newRunId, openLaketop, runOf, scratchFolder, services } from './stack.ts';

/** The real stack behind a real ssh server, at a host that only the configuration of ssh knows. */

const folder = scratchFolder();
const laketop = laketopIn(folder.path);
let ssh: SshServer;
let environment: Readonly<Record<string, string>> = {};
const closing: (() => unknown)[] = [];

beforeAll(async () => {
	ssh = await startSshServer(folder.path);
	environment = { ...ssh.environment, DOCKER_HOST: ssh.address };
});
afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
});
afterAll(async () => {
	await ssh.close();
	folder.remove();
});

const soon = { timeout: 60_000, interval: 50 };
const allLive = /ssh: docker [\d.]+ ✔ +airflow 2\.8\.0 ✔ +mlflow 2\.9\.2 ✔/;

/** No flag but the host, no variable of laketop, and a folder that says nothing about the stack. */
async function open(): Promise<OpenTerminal> {
	const term = await openLaketop(folder.path, ['--docker-host', ssh.address], { env: ssh.environment });
	closing.push(() => term.dispose());
	return term;
}

/** Every pane shows facts of its server. */
async function filled(term: OpenTerminal): Promise<void> {
	await term.waitFor(allLive, { timeoutMs: 120_000 });
	for (const name of services) await term.waitFor(new RegExp(`${name} +✔ healthy`));
	await term.waitFor(/2 Pipeline ─ ml_pipeline_end_to_end ─/);
	await term.waitFor(/3 Logs ─ .*\n.*\d\d:\d\d:\d\d /);
	await term.waitFor(/4 MLflow ─ lakehouse_ml_pipeline/);
}

/** Containers of another project on the same engine: more of Airflow than the stack has, and no MLflow. */
async function startRival(): Promise<void> {
	const image = await docker('inspect', '--format', '{{.Config.Image}}', 'airflow-redis');
	const rivals = ['webserver', 'scheduler', 'triggerer', 'dag-processor', 'worker', 'worker', 'worker'].map(
		(part, index) => ({ name: `a-rival-${part}-${index}`, service: `airflow-${part}` }),
	);
	const names = rivals.map(({ name }) => name);
	// An aborted run may have left them.
	await docker('rm', '--force', ...names);
	closing.push(() => docker('rm', '--force', ...names));
	for (const { name, service } of rivals) {
		const labels = ['project=a-rival', `service=${service}`].flatMap(label => [
			'--label',
			`com.docker.compose.${label}`,
		]);
		await docker('run', '--detach', '--name', name, ...labels, '--entrypoint', 'sleep', image, '600');
	}
}

test('one login fills all panes within five seconds, and nothing listens where others could connect', async () => {
	await startRival();
	const took: number[] = [];
	// The other suites of a run share the processors: the best of three.
	for (let round = 0; round < 3 && !took.some(ms => ms < 5000); round++) {
		const startedAt = performance.now();
		const term = await open();
		await filled(term);
		expect(term.text()).toMatch(/ @ .* \+\d+ proj/);
		took.push(performance.now() - startedAt);
		expect(ssh.connections()).toHaveLength(1);
		const processes = withDescendants(term.pid);
		expect(processes.length).toBeGreaterThan(2);
		expect(listeningPorts(processes)).toEqual([]);
		term.write('q');
		await term.exited;
		await vi.waitFor(() => expect(ssh.connections()).toEqual([]), soon);
		expect(processes.slice(1).flatMap(withDescendants)).toEqual(processes.slice(1));
	}
	console.log(`all panes filled through ssh after ${took.map(Math.round)} ms`);
	expect(Math.min(...took)).toBeLessThan(5000);
});

test('commands: services, a command in a container, a log, a run to its end, the log of a task', async () => {
	const ran = await laketop('services --json', { environment });
	expect(ran).toMatchObject({ code: 0, stderr: '' });
	expect(documentOf(documents.services, ran.stdout).services.map(({ name }) => name)).toEqual(services);
	const pong = await laketop('exec airflow-redis -- redis-cli ping', { environment });
	expect(pong).toMatchObject({ code: 0, stdout: expect.stringContaining('PONG') });
	const logs = await laketop('logs mlflow --tail 1', { environment });
	expect(logs).toMatchObject({ code: 0, stdout: expect.stringMatching(/\S/) });
	const id = newRunId();
	// A change, unlike a look, wants the name of the project where several run on the machine.
	const conf = '{"rows": 2000, "pace": 0.2}';
	const words = ['trigger', '--yes', '--wait', '--run-id', id, '--conf', conf, '--project', 'mlops'];
	const triggered = await laketop(words, { environment });
	expect(triggered, triggered.stderr).toMatchObject({ code: 0 });
	expect((await runOf(id)).state).toBe('success');
	const task = await laketop(['logs', '--task', 'model_training', '--run', id], { environment });
	expect(task).toMatchObject({ code: 0, stdout: expect.stringMatching(/Marking task as SUCCESS|success/i) });
	await vi.waitFor(() => expect(ssh.connections()).toEqual([]), soon);
});

test('a line that breaks is said, keeps what is known, and is restored', async () => {
	const term = await open();
	await filled(term);
	await ssh.close();
	await term.waitFor(/ssh ✖ disconnected/, { timeoutMs: 60_000 });
	for (const name of services) expect(term.text()).toContain(name);
	expect(term.text()).toMatch(/2 Pipeline ─ ml_pipeline_end_to_end ─/);
	await ssh.open();
	await term.waitFor(allLive, { timeoutMs: 120_000 });
	expect(ssh.connections()).toHaveLength(1);
	// One connection ends while the server stays.
	ssh.cut();
	await term.waitFor(/ssh ✖ disconnected/, { timeoutMs: 60_000 });
	await term.waitFor(allLive, { timeoutMs: 120_000 });
	// A crash leaves no process behind.
	const [, ...processes] = withDescendants(term.pid);
	process.kill(term.pid, 'SIGKILL');
	await vi.waitFor(() => expect(ssh.connections()).toEqual([]), soon);
	const isRunning = (pid: number) => {
		try {
			process.kill(pid, 0);
			return true;
		} catch {
			return false;
		}
	};
	await vi.waitFor(() => expect(processes.filter(isRunning)).toEqual([]), soon);
});
