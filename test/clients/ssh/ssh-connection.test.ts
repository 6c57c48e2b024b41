import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createNetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HttpServer } from '../../../source/clients/http/http.ts';
import { SshConnection } from '../../../source/clients/ssh/ssh-connection.ts';
import type { SshStatus } from '../../../source/model/engine/ssh-state.ts';
import { systemClock } from '../../../source/model/time/clock.ts';
import { failureOf } from '../../english.ts';
import { type FakeSsh, fakeSsh } from '../../given/fake-ssh.ts';
import { bePatient, soon } from '../../patience.ts';

let ssh: FakeSsh;
const closing: (() => unknown)[] = [];
let endPatience = () => {};
beforeEach(() => {
	endPatience = bePatient();
	ssh = fakeSsh();
});
afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
	ssh.remove();
	endPatience();
});

function connection(): SshConnection {
	// Pauses of a second and more between attempts are not awaited here.
	const clock = { ...systemClock, sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms / 20, signal) };
	const made = new SshConnection('ssh://db-host', clock);
	closing.push(() => made.close());
	return made;
}

/** A web server on the "remote host", and what it was sent as Host. */
async function page(): Promise<{ readonly port: number; readonly hosts: string[] }> {
	const hosts: string[] = [];
	const server = createServer((request, response) => {
		hosts.push(request.headers.host ?? '');
		response.end('here');
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	closing.push(() => {
		server.closeAllConnections();
		return new Promise(resolve => server.close(resolve));
	});
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return { port: address.port, hosts };
}

function through(made: SshConnection, port: number): HttpServer {
	const to = { host: '127.0.0.1', port };
	const server = new HttpServer('Airflow', { url: `http://db-host:${port}`, through: { ssh: made, to } });
	closing.push(() => server.close());
	return server;
}

const isRunning = (pid: number) => {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
};

test('addresses of the host are reached over one login, through sockets that only the user can use', async () => {
	const made = connection();
	const [one, two] = [await page(), await page()];
	const [first, second] = await Promise.all([
		through(made, one.port).request({ path: '/' }),
		through(made, two.port).request({ path: '/' }),
	]);
	expect([first.body, second.body]).toEqual(['here', 'here']);
	expect(one.hosts).toEqual([`localhost:${one.port}`]);
	expect(ssh.calls().filter(words => words.includes('ControlMaster=yes'))).toHaveLength(1);
	const path = await made.socketTo({ host: '127.0.0.1', port: one.port });
	expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
	// Only what was asked for: neither here nor there does the user's configuration add forwards.
	// The random name of the private folder, which every call has, may hold `-O` too.
	const forwards = ssh.calls().filter(words => words.includes(' -O '));
	expect(forwards).toHaveLength(2);
	for (const words of forwards) expect(words).toMatch(/^-F none -o ControlPath=\S+ -O forward -L \S+ -- db-host$/);
	const pid = ssh.loginPid();
	await made.close();
	expect(isRunning(pid)).toBe(false);
	expect(existsSync(dirname(path))).toBe(false);
	const error = await made.socketTo({ host: '127.0.0.1', port: one.port }).catch((thrown: unknown) => thrown);
	expect(String(error)).toMatch(/connection has been closed/);
});

test('a connection that broke is made again, and said', async () => {
	const made = connection();
	const told: SshStatus['status'][] = [];
	made.onChange(({ status }) => told.push(status));
	const { port } = await page();
	const server = through(made, port);
	await server.request({ path: '/' });
	ssh.set('refusal', 'ssh: connect to host db-host port 22: Network is unreachable\n');
	process.kill(ssh.loginPid(), 'SIGKILL');
	await vi.waitFor(() => expect(told.filter(one => one === 'lost').length).toBeGreaterThan(1), soon);
	// Nothing waits for the next attempt.
	const error = await server.request({ path: '/' }).catch((thrown: unknown) => thrown);
	expect(failureOf(error)).toMatchObject({
		kind: 'unreachable',
		message: expect.stringMatching(
			/^Airflow at http:\/\/db-host:\d+: ssh: connect to host db-host port 22: Network is/,
		),
	});
	ssh.set('refusal', '');
	await vi.waitFor(() => expect(told.at(-1)).toBe('connected'), soon);
	expect((await server.request({ path: '/' })).body).toBe('here');
	expect(told[0]).toBe('connecting');
	expect(told.filter(one => one === 'connecting')).toHaveLength(1);
});

test('a browser gets a port of the loopback address, until it is closed', async () => {
	const made = connection();
	const { port: pagePort } = await page();
	const target = { host: '127.0.0.1', port: pagePort };
	expect(made.portFor(target)).toBeNull();
	const { port } = await made.openPort(target);
	// Its own number is taken by the page itself.
	expect(port).not.toBe(pagePort);
	expect([(await made.openPort(target)).port, made.portFor(target)]).toEqual([port, port]);
	expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('here');
	await made.closePort(target);
	expect(made.portFor(target)).toBeNull();
	await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
	const again = await made.openPort(target);
	await made.close();
	await expect(fetch(`http://127.0.0.1:${again.port}/`)).rejects.toThrow();
});

test('what the ssh of a crashed laketop leaves behind: nothing', async () => {
	const program = `
		const { SshConnection } = await import(${JSON.stringify(join(import.meta.dirname, '../../../source/clients/ssh/ssh-connection.ts'))});
		const made = new SshConnection('ssh://db-host', { now: Date.now, sleep: () => new Promise(() => {}) });
		console.log(await made.socketTo({ host: '127.0.0.1', port: 1 }));
		process.kill(process.pid, 'SIGKILL');
	`;
	let output = '';
	try {
		const words = ['--experimental-strip-types', '--input-type=module', '-e', program];
		execFileSync(process.execPath, words, { encoding: 'utf8', stdio: 'pipe', env: process.env });
	} catch (error) {
		if (typeof error === 'object' && error !== null && 'stdout' in error) output = String(error.stdout).trim();
	}
	expect(output).toContain(tmpdir());
	await vi.waitFor(() => {
		expect(isRunning(ssh.loginPid())).toBe(false);
		expect(existsSync(dirname(output))).toBe(false);
	}, soon);
});

test("the user's own shared login is used if it is open, and left open without laketop's forwards", async () => {
	// The first connection stands in for the user's own login.
	const users = connection();
	const { port } = await page();
	const folder = dirname(await users.socketTo({ host: '127.0.0.1', port }));
	const pid = ssh.loginPid();
	ssh.set('controlpath', join(folder, 'login'));
	const made = connection();
	const path = await made.socketTo({ host: '127.0.0.1', port });
	expect((await through(made, port).request({ path: '/' })).body).toBe('here');
	expect(ssh.calls().filter(words => words.includes('ControlMaster=yes'))).toHaveLength(1);
	await made.close();
	expect(ssh.calls().at(-1)).toContain(`-O cancel -L ${path}:127.0.0.1:${port}`);
	expect(existsSync(path)).toBe(false);
	expect(isRunning(pid)).toBe(true);
});

test("a socket of the user's shared login at which nothing listens any more", async () => {
	const path = join(tmpdir(), `laketop-stale-${process.pid}`);
	const server = createNetServer(socket => socket.destroy());
	await new Promise<void>(resolve => server.listen(path, resolve));
	closing.push(() => new Promise(resolve => server.close(resolve)));
	ssh.set('controlpath', path);
	const made = connection();
	await made.socketTo({ host: '127.0.0.1', port: 1 });
	expect(ssh.calls().filter(words => words.includes('ControlMaster=yes'))).toHaveLength(1);
});
