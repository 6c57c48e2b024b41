import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { SshTarget } from '../../model/engine/ssh-state.ts';

/** A port of the loopback address that leads to a target through ssh. Every user of this machine can connect to it. */
export type LocalPort = { readonly port: number; close(): void };

/** Throws if no port can be opened. */
export async function openLocalPort(
	socketTo: (target: SshTarget) => Promise<string>,
	target: SshTarget,
): Promise<LocalPort> {
	const sockets = new Set<Socket>();
	const server = createServer({ allowHalfOpen: true }, browser => {
		join(browser, socketTo(target), sockets);
	});
	const listen = (port: number) => {
		server.listen(port, '127.0.0.1');
		return once(server, 'listening');
	};
	// The same number keeps bookmarks valid; it may be taken, or need privileges.
	await listen(target.port).catch(() => listen(0));
	const address = server.address();
	return {
		port: typeof address === 'object' && address !== null ? address.port : 0,
		close() {
			server.close();
			for (const socket of sockets) socket.destroy();
		},
	};
}

/** Passes bytes on in both directions; either end that breaks ends the other. */
function join(browser: Socket, path: Promise<string>, sockets: Set<Socket>): void {
	sockets.add(browser);
	browser.once('close', () => sockets.delete(browser)).on('error', () => undefined);
	path.then(
		found => {
			const page = connect({ path: found, allowHalfOpen: true });
			page.once('error', () => browser.destroy()).once('close', () => browser.destroy());
			browser.once('close', () => page.destroy());
			browser.pipe(page).pipe(browser);
		},
		() => browser.destroy(),
	);
}
