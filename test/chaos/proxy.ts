import { createServer as createHttpServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, createServer, type ListenOptions, type Socket } from 'node:net';

/** The address of a server. */
export type Place = { readonly path: string } | { readonly port: number; readonly host: '127.0.0.1' };

/** A response of the server behind, before it is passed on. */
export type Answer = { status: number; headers: Record<string, string>; body: Buffer };

export type Request = { readonly method: string; readonly path: string; readonly headers: string };

/**
 * What the proxy does instead of passing everything on:
 * - `refuse`: nothing listens
 * - `connection`: handles a connection before any request
 * - `answer`: raw bytes after the head of each request
 * - `alter`: the real response, changed; endless ones (events, logs) pass unchanged
 */
export type Misbehaviour =
	| { readonly kind: 'refuse' }
	| { readonly kind: 'connection'; readonly act: (socket: Socket, upstream: Place) => void }
	| { readonly kind: 'answer'; readonly act: (socket: Socket, request: Request, upstream: Place) => void }
	| { readonly kind: 'alter'; readonly act: (answer: Answer, request: IncomingMessage) => Answer };

export type FaultyProxy = {
	/** Its address, which does not change. */
	readonly place: Place;
	/** Requests, or connections if no request is possible, that met a misbehaviour. */
	readonly met: () => number;
	/** Cuts every connection, and misbehaves like this from now on; null: passes everything on. */
	misbehave(how: Misbehaviour | null): Promise<void>;
	close(): Promise<void>;
};

/** A proxy before a server of the stack. `at`: the socket file to listen at; left out: a port. */
export async function startProxy(upstream: Place, at?: string): Promise<FaultyProxy> {
	let mode: Misbehaviour | null = null;
	let met = 0;
	const sockets = new Set<Socket>();
	const http = createHttpServer((request, response) => {
		if (mode?.kind !== 'alter') return void request.socket.destroy();
		const { act } = mode;
		const { method, url: path, headers } = request;
		const to = 'path' in upstream ? { socketPath: upstream.path } : upstream;
		const asked = httpRequest({ ...to, method, path, headers, agent: false }, answer => {
			const isStream = /\/events\?|\/logs\?/.test(path ?? '');
			if (isStream) {
				response.writeHead(answer.statusCode ?? 500, answer.headers);
				response.flushHeaders();
				answer.on('error', () => response.destroy()).pipe(response);
				return;
			}
			const chunks: Buffer[] = [];
			answer.on('data', chunk => chunks.push(chunk));
			answer.on('end', () => {
				const kept = Object.entries(answer.headers).flatMap(([name, value]) =>
					typeof value === 'string' && !/^(content-length|transfer-encoding|connection)$/.test(name)
						? [[name, value] as const]
						: [],
				);
				const cookies = answer.headers['set-cookie'];
				const given = {
					status: answer.statusCode ?? 500,
					headers: Object.fromEntries(kept),
					body: Buffer.concat(chunks),
				};
				const { status, headers: sent, body } = act(given, request);
				met++;
				response.writeHead(status, {
					...sent,
					...(cookies ? { 'set-cookie': cookies } : {}),
					'content-length': body.length,
				});
				response.end(body);
			});
		});
		asked.on('error', () => response.destroy());
		request.pipe(asked);
	});
	const server = createServer({ allowHalfOpen: true }, socket => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy());
		socket.on('close', () => sockets.delete(socket));
		switch (mode?.kind) {
			case undefined:
				return pass(socket, upstream, sockets);
			case 'refuse':
				return void socket.destroy();
			case 'connection':
				met++;
				return mode.act(socket, upstream);
			case 'alter':
				return void http.emit('connection', socket);
			case 'answer': {
				const { act } = mode;
				let head = '';
				socket.on('data', bytes => {
					head += bytes.toString('latin1');
					for (let end = head.indexOf('\r\n\r\n'); end !== -1; end = head.indexOf('\r\n\r\n')) {
						const [, method = '', path = ''] = /^(\w+) (\S+)/.exec(head) ?? [];
						const request = { method, path, headers: head.slice(0, end) };
						const length = Number(/^content-length: (\d+)/im.exec(request.headers)?.[1] ?? 0);
						head = head.slice(end + 4 + length);
						met++;
						act(socket, request, upstream);
					}
				});
				socket.on('end', () => socket.end());
			}
		}
	});
	const listen = (where: ListenOptions) => new Promise<void>(resolve => server.listen(where, resolve));
	const cut = () => {
		for (const socket of sockets) socket.destroy();
	};
	const stopListening = () =>
		new Promise<void>(resolve => {
			if (!server.listening) return resolve();
			server.close(() => resolve());
			cut();
		});
	await listen(at === undefined ? { port: 0, host: '127.0.0.1' } : { path: at });
	const address = server.address();
	const place: Place =
		address !== null && typeof address === 'object' ? { port: address.port, host: '127.0.0.1' } : { path: at ?? '' };
	return {
		place,
		met: () => met,
		async misbehave(how) {
			mode = how;
			met = 0;
			if (how?.kind === 'refuse') return stopListening();
			cut();
			if (!server.listening) await listen(place);
		},
		async close() {
			await stopListening();
			http.close();
		},
	};
}

/** Passes a connection on, both ways, until either side ends it. */
export function pass(socket: Socket, upstream: Place, sockets?: Set<Socket>): void {
	const behind = connect({ ...upstream, allowHalfOpen: true });
	sockets?.add(behind);
	behind.on('error', () => socket.destroy());
	behind.on('close', () => {
		sockets?.delete(behind);
		socket.destroy();
	});
	socket.on('close', () => behind.destroy());
	socket.pipe(behind).pipe(socket);
}
