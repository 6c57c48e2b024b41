import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { type Monitor, startMonitor } from '../../../source/app/monitor.ts';
import { type DemoStack, startDemo } from '../../../source/demo/index.ts';
import { runLaketop } from '../../commands/harness.ts';
import { demoConfig } from '../../demo-config.ts';
import { soon } from '../../patience.ts';

let demo: DemoStack;
let monitor: Monitor | undefined;
let close: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	await monitor?.stop();
	monitor = undefined;
	for (const one of close) await one();
	close = [];
	await demo.close();
});

/** A proxy in front of the engine's socket that forbids the events, as docker-socket-proxy can. */
async function withoutEvents(status: number): Promise<string> {
	demo = await startDemo({ autonomous: false });
	const folder = mkdtempSync(join(tmpdir(), 'laketop-proxy-'));
	const path = join(folder, 'docker.sock');
	const socketPath = demo.dockerHost.slice('unix://'.length);
	const server = createServer((request, response) => {
		const { method, url, headers } = request;
		if (/\/events\b/.test(url ?? '')) return void response.writeHead(status).end('forbidden');
		const onward = httpRequest({ socketPath, method, path: url, headers }, answer => {
			response.writeHead(answer.statusCode ?? 500, answer.headers);
			answer.pipe(response);
		});
		onward.on('error', () => response.destroy());
		request.pipe(onward);
	});
	// A command in a container takes over the connection.
	server.on('upgrade', ({ method, url, headers }, socket, head) => {
		const onward = httpRequest({ socketPath, method, path: url, headers });
		onward.on('upgrade', (answer, engine, first) => {
			const lines = answer.rawHeaders.map((word, index) => (index % 2 ? `: ${word}\r\n` : word)).join('');
			socket.write(`HTTP/1.1 101 UPGRADED\r\n${lines}\r\n`);
			socket.write(first);
			socket.pipe(engine).pipe(socket);
			for (const one of [socket, engine]) one.on('error', () => [socket, engine].map(end => end.destroy()));
		});
		onward.end(head);
	});
	await new Promise<void>(resolve => server.listen(path, resolve));
	close.push(() => {
		server.closeAllConnections();
		return new Promise(resolve => server.close(resolve));
	});
	close.push(async () => rmSync(folder, { recursive: true, force: true }));
	return `unix://${path}`;
}

test.each([403, 404])('an engine whose events answer %d is polled', async status => {
	const dockerHost = await withoutEvents(status);
	const started = startMonitor({ config: demoConfig({ dockerHost }), compose: demo.compose });
	monitor = started;
	const state = () => started.store.current();
	const stateOf = (name: string) =>
		Object.values(state().containers).find(one => one.container.name === name)?.container.state;
	await vi.waitFor(() => {
		expect(state().feeds.containers.status).toBe('live');
		expect(state().sources.docker).toMatchObject({ withoutEvents: true });
		expect(stateOf('mlflow')).toBe('running');
		expect(state().stack?.project).toBe('mlops');
	}, soon);
	demo.scenario.stopContainer('mlflow');
	await vi.waitFor(() => expect(stateOf('mlflow')).toBe('exited'), soon);
	const [line] = started.checkReport().filter(({ id }) => id === 'events');
	expect(line).toMatchObject({ verdict: 'skipped', answer: { key: 'checks.no events' } });
	expect(state().findings.map(({ rule }) => rule)).not.toContain('engine unreachable');
});

test.each([
	['en', 'does not offer /events'],
	['ko', '/events를 제공하지 않아'],
])('doctor says so (%s), and a change works', { timeout: 60_000 }, async (language, words) => {
	const dockerHost = await withoutEvents(404);
	const doctor = await runLaketop(['doctor', '--docker-host', dockerHost, '--lang', language]);
	expect(doctor.stdout).toContain(words);
	expect((await runLaketop(['restart', 'mlflow', '--yes', '--docker-host', dockerHost])).exitCode).toBe(0);
});
