/** Passes requests on to a server, and counts them. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';

export type CountingProxy = {
	readonly url: string;
	/** Requests so far. */
	count(): number;
	/** Those of them that carried a login or a token. */
	logins(): number;
	close(): void;
};

/** @param target address of the server; its path is kept */
export async function countingProxy(target: string): Promise<CountingProxy> {
	const { hostname, port, host, pathname } = new URL(target);
	let [requests, logins] = [0, 0];
	const server = createServer((from, to) => {
		requests++;
		const { url: path = '/', method, headers } = from;
		if (headers.authorization !== undefined) logins++;
		// The server checks the name by which it is called, and sets cookies for it.
		const passed = request({ hostname, port, path, method, headers: { ...headers, host } }, answer => {
			to.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
			answer.pipe(to);
		});
		passed.on('error', () => to.destroy());
		to.on('close', () => passed.destroy());
		from.pipe(passed);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
	return {
		url: `http://127.0.0.1:${address.port}${pathname === '/' ? '' : pathname}`,
		count: () => requests,
		logins: () => logins,
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
}
