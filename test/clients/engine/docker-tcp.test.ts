import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { DockerClient } from '../../../source/clients/engine/docker.ts';
import { type DemoStack, startDemo } from '../../../source/demo/index.ts';
import { connectionProblem } from '../../../source/model/failures/failure.ts';
import { english } from '../../english.ts';

let demo: DemoStack | undefined;
let server: Server | undefined;
const sockets = new Set<Socket>();
afterEach(async () => {
	for (const socket of sockets) socket.destroy();
	server?.close();
	await demo?.close();
});

/** The demo's engine on a port of this machine. */
async function overTcp(path: string): Promise<number> {
	const listening = createServer({ allowHalfOpen: true }, client => {
		const engine = connect(path);
		for (const socket of [client, engine]) {
			sockets.add(socket);
			socket.on('error', () => undefined);
		}
		client.pipe(engine).pipe(client);
	});
	server = listening;
	await new Promise<void>(resolve => listening.listen(0, '127.0.0.1', resolve));
	const address = listening.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return address.port;
}

test.each(['127.0.0.1', 'localhost'])('an engine on a port of %s', async name => {
	demo = await startDemo({ autonomous: false });
	const port = await overTcp(demo.dockerHost.slice('unix://'.length));
	const host = { kind: 'tcp' as const, address: `tcp://${name}:${port}`, origin: 'test', tlsDirectory: null };
	const docker = new DockerClient(host);
	const containers = await docker.containers();
	const redis = containers.find(one => one.name === 'airflow-redis');
	expect((await docker.inspect(redis?.id ?? '')).id).toBe(redis?.id);
});

test.each([
	'SELF_SIGNED_CERT_IN_CHAIN',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'CERT_HAS_EXPIRED',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'ERR_TLS_CERT_ALTNAME_INVALID',
])('a certificate that is not accepted: %s', code => {
	expect(english(connectionProblem(Object.assign(new Error('no'), { code })))).toEqual({
		kind: 'protocol',
		words: `its TLS certificate is not trusted (${code})`,
	});
});
