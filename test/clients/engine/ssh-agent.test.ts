import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DockerClient } from '../../../source/clients/engine/docker.ts';
import { SshConnection } from '../../../source/clients/ssh/ssh-connection.ts';
import { type DemoStack, startDemo } from '../../../source/demo/index.ts';
import { systemClock } from '../../../source/model/time/clock.ts';
import { failureOf } from '../../english.ts';
import { type FakeSsh, fakeSsh } from '../../given/fake-ssh.ts';
import { bePatient } from '../../patience.ts';

let ssh: FakeSsh;
let demo: DemoStack | undefined;
let connection: SshConnection | undefined;
let endPatience = () => {};
beforeEach(() => {
	endPatience = bePatient();
	ssh = fakeSsh();
});
afterEach(async () => {
	endPatience();
	await connection?.close();
	ssh.remove();
	await demo?.close();
	connection = undefined;
	demo = undefined;
});

const host = { kind: 'ssh' as const, address: 'ssh://me@db-host:2222', origin: 'test', tlsDirectory: null };

function engine(): DockerClient {
	connection = new SshConnection(host.address, systemClock);
	return new DockerClient(host, Date.now, connection);
}

test('an engine behind ssh answers as one that is here, over one login and few connections', async () => {
	demo = await startDemo({ autonomous: false });
	ssh.set('engine', demo.dockerHost.replace('unix://', ''));
	const docker = engine();
	const containers = await docker.containers();
	expect(containers.map(({ name }) => name)).toContain('airflow-redis');
	for (const { id } of containers.slice(0, 5)) expect((await docker.inspect(id)).id).toBe(id);
	const [login = '', ...sessions] = ssh.calls();
	// A password prompt would be hidden behind the screen; the user's own forwards are for their own logins.
	expect(login).toMatch(
		/^-o ConnectTimeout=15 -o BatchMode=yes .*-o ControlMaster=yes .*-o ClearAllForwardings=yes .*-N -T -l me -p 2222 -- db-host$/,
	);
	expect(sessions[0]).toMatch(
		/^-o ConnectTimeout=15 -o BatchMode=yes -o ControlMaster=no .*-T -l me -p 2222 -- db-host docker context inspect --format '\{\{\.Endpoints\.docker\.Host\}\}'$/,
	);
	// The engine's socket itself is forwarded: no process for a connection.
	expect(sessions.slice(1)).toEqual([expect.stringMatching(/-O forward -L \S+:\/\S+docker\S*sock /)]);
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

test('an engine whose socket cannot be forwarded, by the docker CLI that is on its host', async () => {
	demo = await startDemo({ autonomous: false });
	ssh.set('engine', demo.dockerHost.replace('unix://', ''));
	ssh.set('context', 'unix:///forbidden.sock');
	const docker = engine();
	expect((await docker.containers()).map(({ name }) => name)).toContain('airflow-redis');
	expect((await docker.containers()).length).toBeGreaterThan(5);
	expect(ssh.calls().filter(words => words.endsWith(' docker system dial-stdio'))).toHaveLength(1);
	expect(ssh.calls().filter(words => words.includes('ControlMaster=yes'))).toHaveLength(1);
});

test.each([
	[
		'Warning: none\nme@db-host: Permission denied (publickey).\n',
		'255',
		/ssh: me@db-host: Permission denied \(publickey\)/,
	],
	['', '3', /ssh exited with code 3/],
])('why ssh cannot log in is what is said', async (refusal, code, words) => {
	ssh.set('refusal', refusal || '\n');
	ssh.set('code', code);
	const error = await engine()
		.containers()
		.catch((thrown: unknown) => thrown);
	expect(failureOf(error)).toMatchObject({
		kind: 'unreachable',
		message: expect.stringMatching(words),
		fix: expect.stringMatching(/ssh -p 2222 me@db-host docker version/),
	});
});

test('a host without docker', async () => {
	ssh.set('command', 'sh: docker: \u001b[31mnot found\n');
	ssh.set('code', '127');
	const error = await engine()
		.containers()
		.catch((thrown: unknown) => thrown);
	expect(failureOf(error)).toMatchObject({
		kind: 'unreachable',
		message: expect.stringMatching(/ssh: sh: docker: [^\u001b]*not found/),
	});
});

test('a machine without ssh', async () => {
	vi.stubEnv('PATH', '/nonexistent');
	const error = await engine()
		.containers()
		.catch((thrown: unknown) => thrown);
	expect(failureOf(error)).toMatchObject({
		kind: 'unreachable',
		message: expect.stringMatching(/ssh is not installed here/),
	});
});
