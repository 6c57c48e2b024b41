/** A way to the real engine that can be closed and opened: what is asked through it is counted. */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';

export type Engine = {
	/** For --docker-host. */
	readonly address: string;
	/** Requests so far whose first line (`POST /v1.41/containers/…/restart`) matches. */
	count(request: RegExp): number;
	/**
	 * Closes the way after the next such request, when `done` has resolved: the engine does what it was asked, and its
	 * answer is lost. Resolves when that has happened.
	 */
	closeAfter(request: RegExp, done: () => Promise<void>): Promise<void>;
	open(): Promise<void>;
	end(): Promise<void>;
};

export async function engineThrough(folder: string, engine = '/var/run/docker.sock'): Promise<Engine> {
	const path = join(folder, `engine-${Math.random().toString(36).slice(2, 8)}.sock`);
	const sockets = new Set<Socket>();
	const requests: string[] = [];
	let last: { readonly request: RegExp; readonly asked: () => void } | null = null;
	let server: Server | null = null;

	const close = () => {
		server?.close();
		server = null;
		for (const socket of sockets) socket.destroy();
		rmSync(path, { force: true });
	};
	const accept = (from: Socket) => {
		const to = connect(engine);
		for (const [one, other] of [
			[from, to],
			[to, from],
		] as const) {
			sockets.add(one);
			one.on('error', () => other.destroy());
			one.on('close', () => {
				sockets.delete(one);
				other.destroy();
			});
		}
		let isMute = false;
		to.on('data', bytes => isMute || from.write(bytes));
		from.on('data', bytes => {
			const asked = [...bytes.toString('latin1').matchAll(/^(?:GET|POST|DELETE|HEAD|PUT) \S+/gm)].map(([line]) => line);
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
		server = createServer(accept);
		server.listen(path);
		await once(server, 'listening');
	};
	await open();
	return {
		address: `unix://${path}`,
		count: request => requests.filter(line => request.test(line)).length,
		async closeAfter(request, done) {
			const { promise, resolve } = Promise.withResolvers<void>();
			last = { request, asked: resolve };
			await promise;
			await done().finally(close);
		},
		open,
		async end() {
			close();
		},
	};
}
