import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { Agent as SecureAgent } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectionTo } from '../../source/clients/engine/docker-transport.ts';
import { resolveDockerHost } from '../../source/config/docker-host.ts';
import { tcpAddress } from '../../source/model/engine/engine-address.ts';
import type { Message } from '../../source/words/message.ts';
import { english } from '../english.ts';

/** Contexts as `docker context create` of Docker CLI 28.2 writes them. */
let folder = '';
let warnings: Message[] = [];
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-docker-'));
	warnings = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

function context(name: string, docker: object, pems: readonly string[] = []): void {
	const digest = createHash('sha256').update(name).digest('hex');
	const meta = join(folder, 'contexts', 'meta', digest);
	mkdirSync(meta, { recursive: true });
	writeFileSync(
		join(meta, 'meta.json'),
		JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker: { SkipTLSVerify: false, ...docker } } }),
	);
	const tls = join(folder, 'contexts', 'tls', digest, 'docker');
	for (const pem of pems) {
		mkdirSync(tls, { recursive: true });
		writeFileSync(join(tls, pem), `the ${pem}`);
	}
}

const host = (environment: Record<string, string> = {}) =>
	resolveDockerHost(undefined, { DOCKER_CONFIG: folder, ...environment }, undefined, one => warnings.push(one));
const current = (name: string) => writeFileSync(join(folder, 'config.json'), JSON.stringify({ currentContext: name }));
const tlsOf = (name: string) => {
	const { target, isSecure } = connectionTo(host({ DOCKER_CONTEXT: name }), null);
	if (!(target.agent instanceof SecureAgent)) throw new Error('not secure');
	const { ca, cert, key, rejectUnauthorized } = target.agent.options;
	return { isSecure, ca, cert, key, rejectUnauthorized };
};

test('the precedence of docker: DOCKER_HOST, DOCKER_CONTEXT, the current context', () => {
	context('pod', { Host: 'unix:///run/user/1000/podman/podman.sock' });
	context('far', { Host: 'tcp://far:2375' });
	current('pod');
	expect(host()).toMatchObject({ address: 'unix:///run/user/1000/podman/podman.sock', origin: 'context pod' });
	expect(host({ DOCKER_CONTEXT: 'far' }).address).toBe('tcp://far:2375');
	expect(host({ DOCKER_CONTEXT: 'far', DOCKER_HOST: 'tcp://env:2375' }).address).toBe('tcp://env:2375');
	// Empty variables are as if they were not set.
	expect(host({ DOCKER_CONTEXT: '', DOCKER_HOST: '' }).origin).toBe('context pod');
});

test("Podman's own variable counts after Docker's settings, before the default sockets", () => {
	const CONTAINER_HOST = 'unix:///run/user/1000/podman/podman.sock';
	expect(host({ CONTAINER_HOST })).toMatchObject({
		address: CONTAINER_HOST,
		origin: 'CONTAINER_HOST',
		foundBy: { kind: 'environment', variable: 'CONTAINER_HOST' },
	});
	expect(host({ CONTAINER_HOST, DOCKER_HOST: 'tcp://env:2375' }).origin).toBe('DOCKER_HOST');
	context('far', { Host: 'tcp://far:2375' });
	expect(host({ CONTAINER_HOST, DOCKER_CONTEXT: 'far' }).origin).toBe('context far');
});

test('TLS of a context: with client certificate, with the authority alone, without any check', () => {
	context('tls', { Host: 'tcp://far:2376' }, ['ca.pem', 'cert.pem', 'key.pem']);
	context('authority', { Host: 'tcp://far:2376' }, ['ca.pem']);
	context('unchecked', { Host: 'tcp://far', SkipTLSVerify: true });
	context('plain', { Host: 'tcp://far:2375' });
	expect(tlsOf('tls')).toMatchObject({ isSecure: true, ca: 'the ca.pem', cert: 'the cert.pem', key: 'the key.pem' });
	expect(tlsOf('tls').rejectUnauthorized).not.toBe(false);
	expect(tlsOf('authority')).toMatchObject({ isSecure: true, ca: 'the ca.pem', cert: undefined });
	expect(tlsOf('authority').rejectUnauthorized).not.toBe(false);
	expect(tlsOf('unchecked')).toMatchObject({ isSecure: true, ca: undefined, rejectUnauthorized: false });
	expect(tcpAddress(host({ DOCKER_CONTEXT: 'unchecked' })).port).toBe(2376);
	expect(connectionTo(host({ DOCKER_CONTEXT: 'plain' }), null).isSecure).toBe(false);
});

test.each([
	['broken', () => writeFileSync(join(folder, 'config.json'), '{broken')],
	['a folder', () => mkdirSync(join(folder, 'config.json'))],
	['of another shape', () => writeFileSync(join(folder, 'config.json'), '{"currentContext": 5}')],
])("a config.json that is %s is ignored with a warning, as docker's own is", (_, write) => {
	write();
	expect(host().foundBy).toEqual({ kind: 'default' });
	expect(english(warnings)).toEqual([
		`${join(folder, 'config.json')} cannot be read; the current Docker context is unknown, so the default one is used`,
	]);
});

test('without a config.json there is nothing to warn about', () => {
	expect(host().foundBy).toEqual({ kind: 'default' });
	expect(warnings).toEqual([]);
});

test('sockets that exist are candidates, each once: podman-docker links its own to that of Docker', async () => {
	const podman = join(folder, 'podman');
	mkdirSync(podman);
	const server = createServer().listen(join(podman, 'podman.sock'));
	await new Promise(resolve => server.once('listening', resolve));
	const all = () => {
		const { address, alternatives = [] } = host({ XDG_RUNTIME_DIR: folder });
		return [address, ...alternatives.map(one => one.address)].filter(one => one.includes(folder));
	};
	expect(all()).toEqual([`unix://${podman}/podman.sock`]);
	symlinkSync(join(podman, 'podman.sock'), join(folder, 'docker.sock'));
	expect(all()).toEqual([`unix://${folder}/docker.sock`]);
	await new Promise(resolve => server.close(resolve));
});
