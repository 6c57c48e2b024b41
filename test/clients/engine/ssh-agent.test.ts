import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DockerClient } from '../../../source/clients/engine/docker.ts';
import { type DemoStack, startDemo } from '../../../source/demo/index.ts';
import { failureOf } from '../../english.ts';

/**
 * Folder of a program named ssh that replaces the real one: it connects to the demo's engine, and records its
 * arguments.
 */
let folder = '';
let demo: DemoStack | undefined;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-ssh-'));
	vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
});
afterEach(async () => {
	vi.unstubAllEnvs();
	rmSync(folder, { recursive: true });
	await demo?.close();
	demo = undefined;
});

function standIn(script: string): void {
	writeFileSync(join(folder, 'ssh'), `#!${process.execPath}\n${script}`);
	chmodSync(join(folder, 'ssh'), 0o755);
}

const host = { kind: 'ssh' as const, address: 'ssh://me@db-host:2222', origin: 'test', tlsDirectory: null };
const calls = () => readFileSync(join(folder, 'told'), 'utf8').trim().split('\n');

test('an engine behind ssh answers as one that is here, over few connections', async () => {
	demo = await startDemo({ autonomous: false });
	standIn(`
		require('node:fs').appendFileSync(${JSON.stringify(join(folder, 'told'))}, process.argv.slice(2).join(' ') + '\\n');
		const engine = require('node:net').connect(${JSON.stringify(demo.dockerHost.replace('unix://', ''))});
		process.stdin.pipe(engine).pipe(process.stdout);
	`);
	const docker = new DockerClient(host);
	const containers = await docker.containers();
	expect(containers.map(({ name }) => name)).toContain('airflow-redis');
	for (const { id } of containers.slice(0, 5)) expect((await docker.inspect(id)).id).toBe(id);
	expect(new Set(calls())).toEqual(
		new Set(['-o ConnectTimeout=15 -o BatchMode=yes -l me -p 2222 -- db-host docker system dial-stdio']),
	);
	expect(calls().length).toBeLessThan(4);
	// A stream that was abandoned is no failure.
	const leaving = new AbortController();
	const events = await docker.events(leaving.signal);
	demo.scenario.stopContainer('airflow-redis');
	for await (const event of events) {
		expect(event.name).toBe('airflow-redis');
		leaving.abort();
		break;
	}
});

test.each([
	[
		`process.stderr.write('Warning: none\\nme@db-host: Permission denied (publickey).\\n'); process.exit(255);`,
		/ssh: me@db-host: Permission denied \(publickey\)/,
	],
	[
		`process.stderr.write('sh: docker: \\u001b[31mnot found\\n'); process.exit(127);`,
		/ssh: sh: docker: [^\u001b]*not found/,
	],
	['process.exit(3)', /ssh exited with code 3/],
])('what ssh complains about is what is said', async (script, words) => {
	standIn(script);
	const error = await new DockerClient(host).containers().catch((thrown: unknown) => thrown);
	expect(failureOf(error)).toMatchObject({
		kind: 'unreachable',
		message: expect.stringMatching(words),
		fix: expect.stringMatching(/ssh HOST docker version/),
	});
});

test('a machine without ssh', async () => {
	vi.stubEnv('PATH', folder);
	const error = await new DockerClient(host).containers().catch((thrown: unknown) => thrown);
	expect(failureOf(error)).toMatchObject({
		kind: 'unreachable',
		message: expect.stringMatching(/ssh is not installed here/),
	});
});
