import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { DockerClient } from '../../../source/clients/engine/docker.ts';
import { failureOf } from '../../english.ts';

/** The engine's client against another program, or a faulty engine: raw bytes on a port. */
const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
	for (const socket of sockets) socket.destroy();
	for (const server of servers) server.close();
	servers.length = 0;
});

/** Responds to each request on a connection, the first with number `0`; `path` is the requested path. */
async function listening(answer: (socket: Socket, path: string, count: number) => void): Promise<number> {
	let count = 0;
	const server = createServer(socket => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		socket.on('data', bytes => {
			for (const [, path = ''] of bytes.toString('latin1').matchAll(/^(?:GET|POST) (\S+) HTTP/gm))
				answer(socket, path, count++);
		});
	});
	servers.push(server);
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return address.port;
}

const clientOf = (port: number) =>
	new DockerClient({ kind: 'tcp', address: `tcp://127.0.0.1:${port}`, origin: 'test', tlsDirectory: null });

const failure = async (work: Promise<unknown>) =>
	failureOf(
		await work.then(
			() => new Error('it succeeded'),
			error => error,
		),
	);

const json = (value: unknown, head = '') => {
	const body = JSON.stringify(value);
	return `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n${head}\r\n${body}`;
};

/** Writes without end, no faster than it is read; returns the number of written bytes. */
function pour(socket: Socket, chunk: Buffer): () => number {
	let written = 0;
	const go = () => {
		while (socket.writable) {
			written += chunk.length;
			if (!socket.write(chunk)) return;
		}
	};
	socket.on('drain', go);
	go();
	return () => written;
}

test.each(['/elsewhere', 'http://127.0.0.1:PORT/version', 'not an address', 'ftp://x/'])(
	'a redirect to %s is not followed, and does not end the program',
	async location => {
		const asked: string[] = [];
		const other = await listening((_socket, path) => asked.push(path));
		const port = await listening((socket, path) => {
			if (path === '/elsewhere') asked.push(path);
			const to = location.replace('PORT', String(other));
			socket.write(`HTTP/1.1 302 Found\r\nLocation: ${to}\r\nContent-Length: 0\r\n\r\n`);
		});
		const docker = clientOf(port);
		expect(await failure(docker.version())).toMatchObject({
			kind: 'protocol',
			message: expect.stringMatching(/redirects to \S.* \(302\); redirects are not followed$/),
			fix: 'Check test',
		});
		expect((await failure(docker.events(new AbortController().signal))).kind).toBe('protocol');
		expect((await failure(docker.restart('x'))).kind).toBe('protocol');
		expect(asked).toEqual([]);
	},
);

test('an answer without end is given up, and its connection closed', async () => {
	let written = () => 0;
	let isClosed = false;
	const port = await listening(socket => {
		socket.on('close', () => {
			isClosed = true;
		});
		socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n');
		written = pour(socket, Buffer.alloc(64 * 1024, 0x20));
	});
	const said = await failure(clientOf(port).version());
	expect(said).toMatchObject({ kind: 'protocol', message: expect.stringMatching(/the response is larger than 1 MB$/) });
	await expect.poll(() => isClosed).toBe(true);
	// The system's buffers on the way.
	expect(written()).toBeLessThan(16 * 1024 * 1024);
});

test('an error whose explanation has no end', async () => {
	const port = await listening(socket => {
		socket.write('HTTP/1.1 500 Internal Server Error\r\n\r\n');
		pour(socket, Buffer.alloc(64 * 1024, 0x78));
	});
	expect((await failure(clientOf(port).version())).message).toMatch(/larger than 64 kB$/);
});

test('an event without end is no event', async () => {
	const port = await listening(socket => {
		socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n');
		pour(socket, Buffer.alloc(64 * 1024, 0x78));
	});
	const events = await clientOf(port).events(new AbortController().signal);
	const read = async () => {
		for await (const event of events) throw new Error(`it read ${event.action}`);
	};
	expect(await failure(read())).toMatchObject({
		kind: 'protocol',
		message: expect.stringMatching(/is not a Docker Engine: invalid response \(events\)$/),
	});
});

test('interim answers without end', async () => {
	const port = await listening(socket => {
		pour(socket, Buffer.from('HTTP/1.1 102 Processing\r\n\r\n'.repeat(1000)));
	});
	expect((await failure(clientOf(port).version())).message).toMatch(/too many interim responses$/);
});

test('an upgrade that nobody asked for', async () => {
	const port = await listening(socket =>
		socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n'),
	);
	expect((await failure(clientOf(port).version())).kind).toBe('lost');
});

test('headers without end', async () => {
	const port = await listening(socket => {
		socket.write('HTTP/1.1 200 OK\r\nX-Long: ');
		pour(socket, Buffer.alloc(64 * 1024, 0x78));
	});
	expect((await failure(clientOf(port).version())).message).toMatch(/the response headers are too large$/);
});

test('a connection that was kept open and is closed by now: the request is sent again', async () => {
	const port = await listening((socket, _path, count) => {
		// Closes at the second request on a connection, as a server does when its keep-alive time is over.
		if (count === 1) socket.destroy();
		else socket.write(json([]));
	});
	const docker = clientOf(port);
	expect(await docker.containers()).toEqual([]);
	expect(await docker.containers()).toEqual([]);
});

test('a version that is none does not become a part of addresses', async () => {
	const port = await listening(socket => socket.write(json({ Version: '1', ApiVersion: '1.41/../../x?' })));
	expect((await failure(clientOf(port).version())).message).toMatch(/is not a Docker Engine/);
});

test('a byte order mark is skipped', async () => {
	const body = '\uFEFF[]';
	const port = await listening(socket =>
		socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`),
	);
	expect(await clientOf(port).containers()).toEqual([]);
});

test.each([
	[{ PublicPort: 70_000 }, null],
	[{ PublicPort: -1 }, null],
	[{ PublicPort: 0.5 }, null],
	[{ PublicPort: 8082, IP: '10.1.2.999' }, null],
	[{ PublicPort: 8082, IP: 'fe80::1%eth0' }, 8082],
	[{ PublicPort: 8082, IP: '127.0.0.1' }, 8082],
	[{ PublicPort: '8082' }, 8082],
])('the port %j is published at %s', async (port, published) => {
	const own = { Id: 'abc', Names: ['/mlflow'], State: 'running', Ports: [{ PrivatePort: 5000, Type: 'tcp', ...port }] };
	const docker = clientOf(await listening(socket => socket.write(json([own]))));
	const [container] = await docker.containers();
	expect(container?.name).toBe('mlflow');
	expect(container?.ports.map(one => one.publicPort)).toEqual([published]);
});

test('times that no date can hold', async () => {
	const docker = clientOf(await listening(socket => socket.write(json([{ Id: 'abc', Created: 1e300 }]))));
	expect((await docker.containers())[0]?.createdAt).toBe(0);
});

test('no processes (Podman responds with nothing): reported, if the default columns return nothing either', async () => {
	const asked: string[] = [];
	const port = await listening((socket, path) => {
		asked.push(path);
		socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
	});
	expect(await failure(clientOf(port).processes('abc'))).toMatchObject({
		kind: 'refused',
		message: expect.stringMatching(/cannot list the processes of this container$/),
	});
	expect(asked).toEqual([expect.stringMatching(/top\?ps_args=/), '/containers/abc/top']);
});

test("Podman's events are Docker's under other names", async () => {
	const actor = (attributes: object) => ({ ID: 'abc', Attributes: { name: 'mlflow', ...attributes } });
	const lines = [
		{ Type: 'container', Action: 'died', Actor: actor({ containerExitCode: '3' }), time: 1 },
		{ Type: 'container', Action: 'health_status', Actor: actor({ health_status: 'unhealthy' }), time: 2 },
		{ Type: 'container', Action: 'remove', Actor: actor({}), time: 3 },
	].map(event => JSON.stringify(event));
	const port = await listening(socket =>
		socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${lines.join('\n')}\n`),
	);
	const events = await clientOf(port).events(new AbortController().signal);
	const seen: unknown[] = [];
	for await (const { action, exitCode } of events) seen.push([action, exitCode]);
	expect(seen).toEqual([
		['die', 3],
		['health_status: unhealthy', null],
		['destroy', null],
	]);
});
