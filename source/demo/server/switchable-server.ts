import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * - `up`: responds.
 * - `down`: nothing listens; a connection is refused.
 * - `hang`: accepts and never responds.
 * - `reset`: accepts and disconnects, as a published port does while the program behind it is not listening yet.
 */
export type ServerMode = 'up' | 'down' | 'hang' | 'reset';

/** Replaces the next response; with `path`, the next one to a matching path. */
export type Failure = { status: number; body: string; contentType: string; path?: RegExp | undefined };

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Takes over a connection: what follows the request on it is not HTTP. */
export type UpgradeHandler = (path: string, body: Buffer, socket: Socket) => void;

export type SwitchableServer = {
	/** Of an HTTP server; 0 on a socket file. */
	readonly port: number;
	mode(): ServerMode;
	/** Takes effect at once for new connections; `down` and `reset` cut the open ones. */
	setMode(mode: ServerMode): void;
	/** Resolves when the last change of mode is complete. */
	settled(): Promise<void>;
	failNext(failure: Failure): void;
	/** Requests that reached the server, by `METHOD /path` without the query. */
	readonly counts: Map<string, number>;
	close(): Promise<void>;
};

/**
 * A server that can fail in every way that a client must handle. `address` is a socket file, else an ephemeral port.
 */
export async function startServer(
	handler: Handler,
	address?: string,
	upgrade?: UpgradeHandler,
): Promise<SwitchableServer> {
	const counts = new Map<string, number>();
	const failures: Failure[] = [];
	const sockets = new Set<Socket>();
	let mode: ServerMode = 'up';
	let closed = false;

	const server: Server = createServer((request, response) => {
		const path = `${request.method} ${request.url?.split('?')[0]}`;
		counts.set(path, (counts.get(path) ?? 0) + 1);
		if (mode === 'hang') return;
		if (mode !== 'up') {
			request.socket.destroy();
			return;
		}
		respond(handler, failures, request, response);
	});
	server.keepAliveTimeout = 60_000;
	server.on('connection', socket => {
		if (mode === 'reset') {
			socket.destroy();
			return;
		}
		sockets.add(socket);
		socket.on('error', () => socket.destroy());
		socket.on('close', () => sockets.delete(socket));
		// An idle demo must not keep the process alive.
		socket.unref();
	});

	if (upgrade !== undefined) acceptUpgrades(server, upgrade, counts, () => mode);

	const cut = (): void => {
		for (const socket of sockets) socket.destroy();
	};
	await listen(server, address, 0);
	const bound = server.address();
	const port = bound !== null && typeof bound === 'object' ? bound.port : 0;

	// The wanted mode may change while the server is still closing, so this is a loop towards the wanted state and not
	// a queue.
	let work = Promise.resolve();
	const settle = async (): Promise<void> => {
		for (let tries = 0; tries < 50; tries++) {
			const wanted = !closed && mode !== 'down';
			if (wanted === server.listening) return;
			if (!wanted) await stopListening(server, cut);
			else await listen(server, address, port).catch(() => delay(20));
		}
	};
	return {
		port,
		counts,
		mode: () => mode,
		setMode(next) {
			if (next === mode) return;
			mode = next;
			if (next === 'down' || next === 'reset') cut();
			work = work.then(settle);
		},
		settled: () => work,
		failNext(failure) {
			failures.push(failure);
		},
		close() {
			closed = true;
			cut();
			work = work.then(settle);
			return work;
		},
	};
}

function acceptUpgrades(
	server: Server,
	upgrade: UpgradeHandler,
	counts: Map<string, number>,
	mode: () => ServerMode,
): void {
	server.on('upgrade', (request, stream, head) => {
		if (!(stream instanceof Socket)) return stream.destroy();
		const path = request.url?.split('?')[0] ?? '/';
		counts.set(`${request.method} ${path}`, (counts.get(`${request.method} ${path}`) ?? 0) + 1);
		if (mode() === 'hang') return;
		if (mode() !== 'up') return stream.destroy();
		takeOver(stream, head, Number(request.headers['content-length'] ?? 0), body => upgrade(path, body, stream));
	});
}

/** Sends the next failure that matches the path, otherwise the handler's response. */
function respond(handler: Handler, failures: Failure[], request: IncomingMessage, response: ServerResponse): void {
	const at = failures.findIndex(one => one.path?.test(request.url ?? '') ?? true);
	const [failure] = at === -1 ? [] : failures.splice(at, 1);
	if (failure !== undefined) {
		response.writeHead(failure.status, { 'Content-Type': failure.contentType });
		response.end(failure.body);
		return;
	}
	Promise.resolve(handler(request, response)).catch((error: unknown) => {
		if (response.headersSent) response.destroy();
		else response.writeHead(500, { 'Content-Type': 'text/plain' }).end(String(error));
	});
}

function listen(server: Server, address: string | undefined, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		const done = (): void => {
			server.off('error', reject);
			server.unref();
			resolve();
		};
		if (address === undefined) server.listen(port, '127.0.0.1', done);
		else server.listen(address, done);
	});
}

function stopListening(server: Server, cut: () => void): Promise<void> {
	return new Promise(resolve => {
		if (!server.listening) resolve();
		else server.close(() => resolve());
		cut();
	});
}

/** Node's parser stops after the headers of such a request: its body comes first on the connection. */
function takeOver(socket: Socket, head: Buffer, bodyBytes: number, then: (body: Buffer) => void): void {
	let body = head;
	const read = (bytes: Buffer): void => {
		body = Buffer.concat([body, bytes]);
		if (body.length < bodyBytes) return;
		socket.off('data', read);
		socket.pause();
		then(body.subarray(0, bodyBytes));
		if (body.length > bodyBytes) socket.unshift(body.subarray(bodyBytes));
		socket.resume();
	};
	socket.on('data', read);
	read(Buffer.alloc(0));
}
