/** Connections to real servers that can be closed and opened; requests through them are counted. */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';

export type Way = {
	/** Address for --docker-host or --airflow-url. */
	readonly address: string;
	/** Requests so far whose first line (`POST /v1.41/containers/…/restart`) matches. */
	count(request: RegExp): number;
	/**
	 * Closes the connection after the next such request, when `done` has resolved: the server does what was requested,
	 * and its response is lost. Resolves when that has happened.
	 */
	closeAfter(request: RegExp, done: () => Promise<void>): Promise<void>;
	open(): Promise<void>;
	end(): Promise<void>;
};

/** A connection to the real engine. */
export async function engineThrough(folder: string): Promise<Way> {
	const path = join(folder, `engine-${Math.random().toString(36).slice(2, 8)}.sock`);
	return wayThrough({
		to: () => connect('/var/run/docker.sock'),
		listen: server => server.listen(path),
		addressOf: () => `unix://${path}`,
		closed: () => rmSync(path, { force: true }),
	});
}

/**
 * A connection to a real webserver, at a port of its own that stays the same.
 * @param url `http://localhost:8082`
 */
export async function airflowThrough(url: string): Promise<Way> {
	const { hostname, port: serverPort } = new URL(url);
	let port = 0;
	const portOf = (server: Server) => {
		const address = server.address();
		if (typeof address === 'object' && address !== null) ({ port } = address);
		return port;
	};
	return wayThrough({
		to: () => connect(Number(serverPort), hostname),
		listen: server => server.listen(port, '127.0.0.1'),
		addressOf: server => `http://127.0.0.1:${portOf(server)}`,
		closed: () => undefined,
	});
}

type Ends = {
	readonly to: () => Socket;
	readonly listen: (server: Server) => void;
	readonly addressOf: (server: Server) => string;
	readonly closed: () => void;
};

async function wayThrough(ends: Ends): Promise<Way> {
	const sockets = new Set<Socket>();
	const requests: string[] = [];
	let last: { readonly request: RegExp; readonly asked: () => void } | null = null;
	let server: Server | null = null;

	const close = () => {
		server?.close();
		server = null;
		for (const socket of sockets) socket.destroy();
		ends.closed();
	};
	const accept = (from: Socket) => {
		const to = ends.to();
		// Its response is lost with this connection, not because a server closes its own after the response.
		let isMute = false;
		for (const [one, other] of [
			[from, to],
			[to, from],
		] as const) {
			sockets.add(one);
			one.on('error', () => other.destroy());
			one.on('close', () => {
				sockets.delete(one);
				if (one !== to || !isMute) other.destroy();
			});
		}
		to.on('data', bytes => isMute || from.write(bytes));
		from.on('data', bytes => {
			const asked = [...bytes.toString('latin1').matchAll(/^(?:GET|POST|PATCH|DELETE|HEAD|PUT) \S+/gm)].map(
				([line]) => line,
			);
			requests.push(...asked);
			if (last && asked.some(line => last?.request.test(line))) {
				isMute = true;
				last.asked();
				last = null;
			}
			to.write(bytes);
		});
	};
	const open = async () => {
		const opened = createServer(accept);
		server = opened;
		ends.listen(opened);
		await once(opened, 'listening');
		return ends.addressOf(opened);
	};
	const address = await open();
	return {
		address,
		count: request => requests.filter(line => request.test(line)).length,
		async closeAfter(request, done) {
			const { promise, resolve } = Promise.withResolvers<void>();
			last = { request, asked: resolve };
			await promise;
			await done().finally(close);
		},
		open: async () => {
			await open();
		},
		async end() {
			close();
		},
	};
}
